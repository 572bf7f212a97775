// An implementation in process as a peer in virtual time, with the opening handshake answered for
// it where it has none.
#pragma once

#include <string>

#include "fuzz/kit/include/wsproof/kit.hpp"
#include "harness/play/peer.hpp"

namespace wsproof::kit {

/// Each connection gets a server of its own. What one of them throws goes to `thrown` in words, and
/// is a reset to the player; both arguments have to outlive the result.
play::Connect to_server(Options const& options, Factory const& factory, std::string& thrown);

}  // namespace wsproof::kit
