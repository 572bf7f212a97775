#include "harness/run/repetition.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace wsproof::run {
namespace {

using play::Verdict;
using Plays = std::vector<play::Result>;

/// From bad to good.
constexpr std::array badness{Verdict::broken,  Verdict::fail, Verdict::inconclusive,
                             Verdict::lenient, Verdict::note, Verdict::skipped,
                             Verdict::pass};

bool went_well(play::Result const& result) {
    return result.verdict != Verdict::fail && result.verdict != Verdict::inconclusive;
}

std::size_t worst_of(Plays const& plays) {
    auto const rank = [](play::Result const& result) {
        return std::ranges::find(badness, result.verdict);
    };
    auto const worst = std::ranges::min_element(plays, {}, rank);
    return static_cast<std::size_t>(worst - plays.begin());
}

/// "1 of 3 plays: fail: the peer sent a Pong": a note for each verdict but the one that counts.
std::vector<std::string> other_verdicts(Plays const& plays, Verdict counts) {
    std::vector<std::string> notes;
    for (auto const verdict : badness) {
        auto const first = std::ranges::find(plays, verdict, &play::Result::verdict);
        if (verdict == counts || first == plays.end()) continue;
        auto const times = std::ranges::count(plays, verdict, &play::Result::verdict);
        notes.push_back(std::to_string(times) + " of " + std::to_string(plays.size()) +
                        " plays: " + std::string(play::name_of(verdict)) + ": " + first->reason);
    }
    return notes;
}

}  // namespace

bool wants_another_play(Repetition const& repetition, Plays const& plays) {
    if (repetition.repeat > 1) return plays.size() < repetition.repeat;
    return !went_well(plays.back()) && plays.size() <= repetition.retries;
}

play::Result settled(Repetition const& repetition, Plays plays) {
    bool const by_retry = repetition.repeat <= 1 && went_well(plays.back());
    auto const which = by_retry ? plays.size() - 1 : worst_of(plays);
    auto const notes = other_verdicts(plays, plays[which].verdict);
    auto result = std::move(plays[which]);
    result.attempts = static_cast<unsigned>(plays.size());
    result.flaky = !notes.empty();
    result.notes.insert(result.notes.end(), notes.begin(), notes.end());
    return result;
}

}  // namespace wsproof::run
