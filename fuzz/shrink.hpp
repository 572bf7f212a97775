// Makes a session smaller as long as it comes to the same: writes, outputs, bytes (delta
// debugging).
#pragma once

#include <functional>

#include "fuzz/session.hpp"

namespace wsproof::fuzz {

/// Whether a session still does what the first one did.
using StillDoes = std::function<bool(Session const&)>;

/// Tries at most so many sessions.
Session shrink(Session session, StillDoes const& still_does, std::size_t most_tries);

}  // namespace wsproof::fuzz
