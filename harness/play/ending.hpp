// How a connection ends: politely, where the case has left it open; and the word for it.
#pragma once

#include "harness/play/connection.hpp"
#include "harness/play/player.hpp"

namespace wsproof::play {

/// Closes what a case left open, so that the target is not left with the connection. Never judged.
void close_politely(Connection& connection, Stage const& stage, bool wait);

Ending ending_of(Connection const& connection, bool wrong_code);

CloseRecord close_record(Connection const& connection);

}  // namespace wsproof::play
