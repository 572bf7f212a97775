// Whether the target is still there, and which session ended it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <thread>
#include <utility>

#include "fuzz/campaign_run.hpp"
#include "fuzz/shrink.hpp"

namespace wsproof::fuzz {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t most_restarts = 10'000;
constexpr std::size_t looked_into = 3;  ///< ends of one kind, before it is only started again
constexpr std::size_t most_tries_with_restarts = 300;
constexpr std::chrono::seconds time_for_tries{15};

/// Lines that the sanitizers of gcc and clang write.
constexpr std::array sanitizer_marks{"ERROR: AddressSanitizer",  "ERROR: LeakSanitizer",
                                     "WARNING: MemorySanitizer", "WARNING: ThreadSanitizer",
                                     "runtime error: ",          "panic: ",
                                     "thread 'main' panicked"};

std::string line_at(std::string const& text, std::size_t at) {
    auto const begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
    return text.substr(begin, text.find('\n', at) - begin);
}

Finding finding_of(Harm harm, std::string signature, std::string const& words) {
    Finding finding;
    finding.harm = harm;
    finding.signature = std::move(signature);
    finding.words = words;
    finding.result.reason = words;
    finding.result.verdict = play::Verdict::fail;
    return finding;
}

}  // namespace

std::optional<std::string> Campaign::exit_words() const {
    return observer_.target_exit ? observer_.target_exit() : std::nullopt;
}

/// The last line of the target's log that a sanitizer wrote; empty: there is none.
std::string Campaign::sanitizer_words() const {
    if (!observer_.log) return {};
    auto const log = observer_.log();
    std::size_t last = 0;
    bool any = false;
    for (std::string_view const mark : sanitizer_marks)
        if (auto const at = log.rfind(mark); at != std::string::npos) {
            last = std::max(last, at);
            any = true;
        }
    return any ? line_at(log, last) : std::string{};
}

bool Campaign::may_be_gone(play::Result const& result) const {
    if (result.unreachable) return true;
    bool const went_well =
        result.verdict == play::Verdict::pass || result.verdict == play::Verdict::skipped;
    if (went_well) return false;
    auto const is_silent = result.signature.find("no answer") != std::string::npos ||
                           result.signature.find("no reaction") != std::string::npos ||
                           result.verdict == play::Verdict::inconclusive;
    return exit_words().has_value() || is_silent;
}

/// Of a server that was never well no more is asked than that it is there.
bool Campaign::is_well(play::Result const& sane) const {
    if (!is_sane_) return !sane.unreachable;
    return sane.verdict == play::Verdict::pass || sane.verdict == play::Verdict::skipped;
}

/// A server that is busy deserves more than one look.
bool Campaign::is_there() {
    auto const sane = model_.judge(Session{}, 0);
    auto const until = play::Clock::now() + plan_.hang_timeout;
    for (milliseconds pause{100};; pause *= 2) {
        if (exit_words()) return false;
        if (is_well(play::play(sane.variant, setting_, connect_))) return true;
        if (play::Clock::now() >= until) return false;
        std::this_thread::sleep_for(pause);
    }
}

/// Nothing else runs meanwhile; the lock is held.
void Campaign::investigate() {
    auto const exit = exit_words();
    auto const sanitizer = sanitizer_words();
    auto words = exit ? "it " + *exit : std::string{"it lets nobody in any more"};
    if (!sanitizer.empty()) words += "; its log says: " + sanitizer;
    lose(exit ? Harm::crash : Harm::hang, words);
}

/// Finds out which session it was, tells it, and starts the target again.
void Campaign::lose(Harm harm, std::string const& words) {
    auto suspects = std::vector<Trial>(recent_.begin(), recent_.end());
    recent_.clear();
    std::ranges::stable_partition(suspects, &Trial::went_wrong);
    auto const signature = (harm == Harm::crash ? "crash: " : "hang: ") + words;
    bool const is_old = ++times_[signature] > looked_into;
    auto const killer = is_old ? std::nullopt : culprit(suspects, harm);
    if (!is_old && !suspects.empty()) {
        auto const& trial = killer ? *killer : suspects.front();
        auto finding = finding_of(harm, signature, words);
        finding.session = trial.made.number;
        finding.confirmed = killer.has_value();
        auto judged = trial.made.judged;
        if (killer && plan_.minimize && observer_.restart_target) {
            auto const until = play::Clock::now() + time_for_tries;
            StillDoes const still_does = [&](Session const& candidate) {
                return play::Clock::now() < until &&
                       does_harm(model_.judge(candidate, trial.made.number), harm);
            };
            judged = model_.judge(shrink(trial.made.session, still_does, most_tries_with_restarts),
                                  trial.made.number);
        }
        describe(finding, std::move(judged), plan_.seed);
        keep(std::move(finding));
    }
    if (!is_there() && !restart()) {
        outcome_.end = End::target_lost;
        outcome_.words = words;
        finished_ = true;
    }
}

std::optional<Campaign::Trial> Campaign::culprit(std::vector<Trial> const& suspects, Harm harm) {
    if (!restart()) return std::nullopt;
    for (auto const& trial : suspects) {
        if (observer_.should_stop && observer_.should_stop()) break;
        if (does_harm(trial.made.judged, harm)) return trial;
    }
    return std::nullopt;
}

/// The target is well again afterwards, if it can be.
bool Campaign::does_harm(Judged const& judged, Harm harm) {
    play::play(judged.variant, setting_, connect_);
    // A process takes a moment to die, and its end a moment to be seen.
    for (int look = 0; look < 10 && harm == Harm::crash && !exit_words(); ++look) {
        auto const sane = play::play(model_.judge(Session{}, 0).variant, setting_, connect_);
        if (sane.verdict == play::Verdict::pass) break;
        std::this_thread::sleep_for(milliseconds(20));
    }
    bool const gone = harm == Harm::crash ? exit_words().has_value() : !is_there();
    if (gone) restart();
    return gone;
}

bool Campaign::restart() {
    if (!observer_.restart_target || outcome_.figures.restarts >= most_restarts) return false;
    ++outcome_.figures.restarts;
    return observer_.restart_target();
}

/// Memory and log of a target that is still there. The lock is held.
void Campaign::look_at_process() {
    auto const sanitizer = sanitizer_words();
    auto const memory = observer_.memory ? observer_.memory() : 0;
    bool const too_big = plan_.memory_limit != 0 && memory > plan_.memory_limit;
    bool const told = !sanitizer.empty() && sanitizer != sanitizer_told_;
    if (!too_big && !told) return;
    sanitizer_told_ = sanitizer;
    auto finding =
        too_big
            ? finding_of(Harm::memory, "memory: beyond the limit",
                         fmt::format("its process has {} MiB of memory", memory >> 20U))
            : finding_of(Harm::sanitizer, "sanitizer: " + sanitizer, "its log says: " + sanitizer);
    if (++times_[finding.signature] != 1) return;
    auto const trial = recent_.empty() ? Trial{} : recent_.front();
    finding.session = trial.made.number;
    describe(finding, trial.made.judged, plan_.seed);
    keep(std::move(finding));
    if (too_big) restart();
}

}  // namespace wsproof::fuzz
