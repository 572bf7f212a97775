// Changes to sessions: drop, repeat, swap, split, join, and what a frame can have wrong
// (docs/fuzzing.md).
#pragma once

#include "fuzz/generate.hpp"
#include "fuzz/session.hpp"

namespace wsproof::fuzz {

/// One change, chosen by the dice; some change nothing where there is nothing to change.
void mutate(Session& session, Dice& dice, Phases const& phases);

/// Puts a word somewhere into the payload data of a message that is not compressed, if there is
/// one.
void put_word(Session& session, wire::ByteView word, Dice& dice);

/// Of a second session a piece behind a piece of the first.
Session crossed(Session const& first, Session const& second, Dice& dice);

}  // namespace wsproof::fuzz
