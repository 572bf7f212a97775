// Cases that are played more than once: when, and what their plays come to together.
#pragma once

#include <vector>

#include "harness/play/player.hpp"

namespace wsproof::run {

struct Repetition {
    unsigned retries = 0;  ///< plays of a case that did not go well, until one does
    unsigned repeat = 1;   ///< plays of every case
};

/// With what it has come to so far: is it to be played again?
bool wants_another_play(Repetition const& repetition, std::vector<play::Result> const& plays);

/// One result for all plays, of which there is one at least. The worst counts, but of retries the
/// one that went well. It is flaky when their verdicts differ, and notes what the others were.
play::Result settled(Repetition const& repetition, std::vector<play::Result> plays);

}  // namespace wsproof::run
