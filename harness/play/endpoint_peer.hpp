// The reference endpoint as a peer, in process and in virtual time: the proof tests and self-test.
#pragma once

#include "harness/play/peer.hpp"
#include "reference_impl/protocol/endpoint.hpp"

namespace wsproof::play {

/// Each connection gets a new endpoint of that role with an application that echoes every message.
Connect to_reference(wire::Role role, reference::Options options = {},
                     reference::Faults faults = {});

/// The secure port of such a server as it looks to whoever does not speak TLS (RFC 8446 6.2): an
/// alert, and the end.
Connect to_secure_port(reference::Options options = {}, reference::Faults faults = {});

}  // namespace wsproof::play
