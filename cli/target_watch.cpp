// What is behind a target: its process, what that uses and how it ended, and its libraries.
#include <fmt/format.h>

#include <limits>

#include "cli/target.hpp"

namespace wsproof::cli {

void Target::read_pid(Values const& values) {
    if (!values.is_set("pid")) return;
    auto const number = values.number("pid", 0);
    if (is_spawned())
        throw UsageError("--pid: a spawned server is watched anyway; leave out --pid or --spawn");
    if (number == 0 || number > std::numeric_limits<int>::max())
        throw UsageError(fmt::format("--pid: {} is the number of no process", number));
    pid_ = static_cast<int>(number);
    if (auto const why = net::why_unwatchable(pid_))
        throw UsageError(fmt::format("--pid: {}", *why));
}

void Target::read_libraries(Values const& values) {
    libraries_ = values.list("server-lib");
    for (auto const& library : libraries_) {
        auto const at = library.rfind('@');
        bool const whole = at != std::string::npos && at != 0 && at + 1 < library.size();
        if (!whole)
            throw UsageError(fmt::format(
                "--server-lib: '{}' is no NAME@VERSION: write it as ws@8.17.0", library));
    }
}

void Target::watch(int pid, net::Watched whom) {
    auto watch = std::make_unique<net::ProcessWatch>(pid, whom);
    std::lock_guard const lock(mutex_);
    watch_ = std::move(watch);
}

std::optional<play::ProcessSpan> Target::process() {
    std::lock_guard const lock(mutex_);
    return watch_ ? watch_->span() : std::nullopt;
}

std::optional<std::string> Target::exit_words() {
    std::lock_guard const lock(mutex_);
    if (process_) return process_->exit_words();
    // How somebody else's child ended is for its parent to know.
    if (watch_ && watch_->ended()) return fmt::format("ended (process {})", pid_);
    return std::nullopt;
}

}  // namespace wsproof::cli
