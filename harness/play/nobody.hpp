// Nobody: the connection that a target which is stopping does not make.
#pragma once

#include <memory>

#include "harness/play/peer.hpp"

namespace wsproof::play {

/// A transport that was reset before it began, as TCP tells whoever finds nobody listening.
std::unique_ptr<Peer> nobody();

}  // namespace wsproof::play
