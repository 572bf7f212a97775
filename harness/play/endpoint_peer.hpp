// The reference endpoint as a peer, in process and in virtual time: the proof tests and self-test.
#pragma once

#include "harness/play/peer.hpp"
#include "reference_impl/protocol/endpoint.hpp"

namespace wsproof::play {

/// Each connection gets a new endpoint of that role with an application that echoes every message.
Connect to_reference(wire::Role role, reference::Options options = {},
                     reference::Faults faults = {});

}  // namespace wsproof::play
