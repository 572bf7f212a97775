// What the tests of harness/net hear from a peer.
#pragma once

#include <chrono>
#include <string>

#include "harness/net/target.hpp"

namespace wsproof::net::testing {

/// Everything until the end or the deadline.
struct Heard {
    std::string text = {};
    play::Received::Kind end = play::Received::Kind::timeout;
};

Heard hear(play::Peer& peer, std::chrono::milliseconds time = std::chrono::seconds{10});

/// The reason why no connection came about; "dropped" or "connected" where one did.
std::string why_unreachable(TargetOptions const& options);

}  // namespace wsproof::net::testing
