// How a target is told to stop: --shutdown-command, or --shutdown-signal for one that wsproof has
// started.
#include <fmt/format.h>

#include <array>
#include <csignal>
#include <string_view>
#include <thread>
#include <utility>

#include "cli/target.hpp"

namespace wsproof::cli {
namespace {

using std::chrono::milliseconds;

/// So long a command may take to say that it failed; some last until the target has ended.
constexpr milliseconds time_to_fail{500};
constexpr milliseconds pause{5};

std::string last_line(std::string log) {
    while (log.ends_with('\n')) log.pop_back();
    auto const line = log.substr(log.rfind('\n') + 1);
    return line.empty() ? line : ": " + line;
}

}  // namespace

int signal_number(std::string_view option, std::string name) {
    constexpr std::array<std::pair<std::string_view, int>, 7> known{{{"TERM", SIGTERM},
                                                                     {"INT", SIGINT},
                                                                     {"KILL", SIGKILL},
                                                                     {"HUP", SIGHUP},
                                                                     {"QUIT", SIGQUIT},
                                                                     {"USR1", SIGUSR1},
                                                                     {"USR2", SIGUSR2}}};
    if (name.starts_with("SIG")) name.erase(0, 3);
    for (auto const& [word, number] : known)
        if (word == name) return number;
    if (auto const number = parse_number(name); number && *number > 0 && *number < 32)
        return static_cast<int>(*number);
    throw UsageError(fmt::format("--{}: '{}' is no signal: write TERM, INT or KILL", option, name));
}

void Target::read_stopping(Values const& values) {
    auto& stopping = setting_.stopping;
    stop_command_ = values.text("shutdown-command");
    shutdown_signal_ = signal_number("shutdown-signal", values.text("shutdown-signal", "TERM"));
    stopping.grace = values.duration("shutdown-grace", stopping.grace);
    if (values.is_set("shutdown-command") && stop_command_.empty())
        throw UsageError("--shutdown-command is empty: give a command that stops the target");
    if (values.is_set("shutdown-signal") && !is_spawned())
        throw UsageError(
            "--shutdown-signal goes to a server that wsproof has started: give --spawn, or "
            "--shutdown-command");
    constexpr milliseconds longest{120'000};
    if (stopping.grace < milliseconds{100} || stopping.grace > longest)
        throw UsageError("--shutdown-grace: give a duration from 100ms to 120s");
    if (stop_command_.empty() && !is_spawned()) return;
    for (auto const* const name : {"shutdown-command", "shutdown-signal", "shutdown-grace"}) {
        if (!values.is_set(name)) continue;
        further_flags_.push_back(fmt::format("--{}", name));
        further_flags_.push_back(values.text(name));
    }
    stopping.by_command = !stop_command_.empty();
    stopping.tell = [this] { return tell_to_stop(); };
    stopping.sees_process = is_spawned();
    if (is_spawned())
        stopping.exit_words = [this] {
            std::lock_guard const lock(mutex_);
            return process_ ? process_->gone_words() : std::nullopt;
        };
}

std::optional<std::string> Target::tell_to_stop() {
    if (stop_command_.empty()) {
        std::lock_guard const lock(mutex_);
        if (process_) process_->signal(shutdown_signal_);
        return std::nullopt;
    }
    auto options = spawn_;
    options.command = stop_command_;
    try {
        stopper_ = std::make_unique<net::Process>(std::move(options));
    } catch (std::runtime_error const& error) {
        return fmt::format("--shutdown-command: {}", error.what());
    }
    auto const deadline = std::chrono::steady_clock::now() + time_to_fail;
    while (stopper_->running() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(pause);
    auto const words = stopper_->exit_words();
    if (!words || words == "exited with 0") return std::nullopt;
    return fmt::format(
        "--shutdown-command '{}' {}{}; give a command that makes the target stop, and that exits "
        "with 0",
        stop_command_, *words, last_line(stopper_->log_tail(1)));
}

}  // namespace wsproof::cli
