// Changes to sessions: drop, repeat, swap, split, join, and what a frame can have wrong
// (docs/fuzzing.md).
#pragma once

#include "fuzz/generate.hpp"
#include "fuzz/session.hpp"

namespace wsproof::fuzz {

/// One change, chosen by the dice; some change nothing where there is nothing to change.
void mutate(Session& session, Dice& dice, Phases const& phases);

/// Of a second session a piece behind a piece of the first.
Session crossed(Session const& first, Session const& second, Dice& dice);

}  // namespace wsproof::fuzz
