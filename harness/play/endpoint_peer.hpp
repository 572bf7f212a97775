// The reference endpoint as a peer, in process and in virtual time: the proof tests and self-test.
#pragma once

#include "harness/play/peer.hpp"
#include "harness/play/player.hpp"
#include "reference_impl/protocol/endpoint.hpp"

namespace wsproof::play {

/// Each connection gets a new endpoint of that role with an application that echoes every message.
Connect to_reference(wire::Role role, reference::Options options = {},
                     reference::Faults faults = {});

/// A server that can be told to stop. All of its connections have one clock, so that they are for
/// one thread.
struct Stoppable {
    Connect connect = {};
    Stopping stopping = {};
};
Stoppable to_stoppable_reference(reference::Options options = {}, reference::Faults faults = {});

/// The secure port of such a server as it looks to whoever does not speak TLS (RFC 8446 6.2): an
/// alert, and the end.
Connect to_secure_port(reference::Options options = {}, reference::Faults faults = {});

}  // namespace wsproof::play
