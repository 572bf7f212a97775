// The verbs `shutdown` and `gone`.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "harness/play/performance.hpp"
#include "harness/play/words.hpp"

namespace wsproof::play {
namespace {

using std::chrono::milliseconds;

/// Between two looks at whether the target is still there.
constexpr milliseconds pause{20};

bool names(std::string_view exit_words, std::span<std::string_view const> signals) {
    return std::ranges::any_of(signals, [&](std::string_view signal) {
        return exit_words.find(signal) != std::string_view::npos;
    });
}

/// How a process ended that was told to stop.
Judgement judged(std::string const& words) {
    static constexpr std::array<std::string_view, 6> crashes{"(SIGSEGV)", "(SIGABRT)", "(SIGBUS)",
                                                             "(SIGFPE)",  "(SIGILL)",  "(SIGTRAP)"};
    if (names(words, crashes))
        return because(fmt::format("the server crashed when it was told to stop: it {}", words),
                       "crashed");
    auto const deed = "the server has ended: it " + words;
    bool const orderly = !words.starts_with("exited with ") || words == "exited with 0" ||
                         words.find("(SIG") != std::string::npos;
    bool const unheard = words.starts_with("was killed by");
    if (orderly && !unheard) return {.reason = deed, .actual = words};
    auto const note = unheard ? "the signal itself ended it: nothing in it handles the signal"
                              : "it was told to stop, and did so with an exit code other than 0";
    return {.verdict = Verdict::lenient,
            .reason = fmt::format("{}: {}", deed, note),
            .actual = words,
            .kind = unheard ? "ended by the signal" : "exit code",
            .notes = {note}};
}

}  // namespace

/// A part of the grace, which is the owner's word and not scaled, and a second for whoever is to be
/// done when it is over.
milliseconds Performance::time_of_step() const {
    constexpr unsigned whole = 100;
    constexpr milliseconds to_be_done{1000};
    auto const part = step_->of_grace;
    if (part == 0) return stage_.scaled(step_->within);
    auto const time = setting().stopping.grace * part / whole;
    return part < whole ? time : time + stage_.scaled(to_be_done);
}

void Performance::perform(script::Shutdown const&) {
    judging_ = true;
    triggered_ = true;
    kept_.clear();
    for (auto& [on, it] : connections_) it.flush();
    stage_.told_to_stop = true;
    // A second telling does not begin the time anew, but may take some.
    constexpr int graces = 4;
    stage_.case_time = std::chrono::duration_cast<milliseconds>(elapsed()) +
                       setting().stopping.grace * graces + setting().case_time;
    auto const index = dialled_++;
    if (auto const words = tell_to_stop(index)) {
        result_.not_told = *words;
        throw Inconclusive{because("the target could not be told to stop: " + *words, "not told")};
    }
    stage_.recorder.add(Entry{.time = elapsed(),
                              .connection = index,
                              .direction = Direction::local,
                              .kind = EntryKind::note,
                              .words = "the target is told to stop",
                              .flag = Flag::trigger});
}

/// What went wrong stands in the recording as a connection that could not be made, for a replay.
std::optional<std::string> Performance::tell_to_stop(std::size_t index) {
    auto const& tell = setting().stopping.tell;
    if (!tell) {
        try {
            connect_();
        } catch (Unreachable const& unreachable) {
            return unreachable.what();
        }
        return std::nullopt;
    }
    auto words = tell();
    if (words) note_unreachable(index, *words);
    return words;
}

void Performance::perform(script::Gone const&) {
    if (connections_.empty()) throw std::logic_error{"\"gone\" without a connection"};
    auto& clock = connections_.begin()->second;
    auto const within = time_of_step();
    auto const deadline = clock.elapsed() + within;
    auto const index = dialled_++;
    auto words = ended(index);
    while (!words && setting().stopping.tell && clock.elapsed() < deadline) {
        clock.sleep(pause);
        words = ended(index);
    }
    if (words) return take(judged(*words));
    if (!setting().stopping.tell) clock.sleep(within);  // a recording of one that stayed
    if (!setting().stopping.sees_process)
        return take({.verdict = Verdict::note,
                     .reason = "its port still takes connections: it may be another server's",
                     .actual = "the port still takes connections",
                     .kind = "port still open"});
    auto judgement =
        because(fmt::format("expected the server to end; it is still there after {} ms",
                            grouped(static_cast<std::uint64_t>(within.count()))),
                "still there");
    judgement.expected = {"the end of the server"};
    judgement.timed_out = true;
    fail(std::move(judgement));
}

/// How it ended; a port that refuses connections is all that can be seen of some.
std::optional<std::string> Performance::ended(std::size_t index) {
    if (auto const& exit_words = setting().stopping.exit_words) {
        auto words = exit_words();
        if (words) note_unreachable(index, *words);
        return words;
    }
    try {
        connect_();
        return std::nullopt;
    } catch (Unreachable const& unreachable) {
        if (setting().stopping.tell) note_unreachable(index, unreachable.what());
        return unreachable.what();
    }
}

/// True when the target was told by a command and goes on as if it had not been.
bool Performance::still_lets_in() {
    auto const& stopping = setting().stopping;
    if (!stage_.told_to_stop || !stopping.by_command) return false;
    auto const index = dialled_++;
    try {
        connect_();
        return true;
    } catch (Unreachable const& unreachable) {
        if (stopping.tell) note_unreachable(index, unreachable.what());
        return false;
    }
}

}  // namespace wsproof::play
