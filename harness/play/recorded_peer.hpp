// A transcript as a peer: what arrived arrives again, whatever is sent.
#pragma once

#include "harness/play/peer.hpp"
#include "harness/play/transcript.hpp"

namespace wsproof::play {

/// Connections in the order in which the recording has them. The transcript must be complete.
Connect replaying(Transcript const& transcript);

}  // namespace wsproof::play
