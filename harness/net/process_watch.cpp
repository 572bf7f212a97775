#include "harness/net/process_watch.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>
#include <stop_token>
#include <string_view>
#include <system_error>
#include <thread>

namespace wsproof::net {
namespace {

using play::ProcessFigures;
using play::ProcessSpan;

constexpr std::chrono::milliseconds between_looks{250};

/// What /proc/PID/stat says (proc(5)).
struct Stat {
    char state = '?';
    int group = 0;
    std::uint64_t threads = 0;
    std::uint64_t started = 0;  ///< in ticks since the machine was: with the pid, its identity
    std::uint64_t memory = 0;   ///< resident, in bytes

    bool lives() const { return state != 'Z' && state != 'X'; }
};

std::optional<Stat> stat_of(int pid) {
    std::ifstream file(fmt::format("/proc/{}/stat", pid));
    std::string line;
    if (!std::getline(file, line)) return std::nullopt;
    auto const name_end = line.rfind(')');  // the name may hold anything
    if (name_end == std::string::npos) return std::nullopt;
    std::istringstream fields(line.substr(name_end + 1));
    Stat stat;
    std::string skipped;
    std::uint64_t pages = 0;
    fields >> stat.state >> skipped >> stat.group;
    for (int i = 6; i < 20; ++i) fields >> skipped;
    fields >> stat.threads >> skipped >> stat.started >> skipped >> pages;
    if (!fields) return std::nullopt;
    stat.memory = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return stat;
}

/// Nothing where it is not ours to read.
std::optional<std::uint64_t> descriptors_of(int pid) {
    std::error_code error;
    std::filesystem::directory_iterator at(fmt::format("/proc/{}/fd", pid), error);
    std::uint64_t count = 0;
    for (; !error && at != std::filesystem::directory_iterator(); at.increment(error)) ++count;
    return error ? std::nullopt : std::optional(count);
}

void add(ProcessFigures& to, Stat const& stat, int pid) {
    to.memory += stat.memory;
    to.threads += stat.threads;
    to.descriptors += descriptors_of(pid).value_or(0);
}

ProcessFigures figures_of_group(int group) {
    ProcessFigures all;
    std::error_code error;
    std::filesystem::directory_iterator at("/proc", error);
    for (; !error && at != std::filesystem::directory_iterator(); at.increment(error)) {
        auto const name = at->path().filename().string();
        int pid = 0;
        auto const [end, trouble] = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (trouble != std::errc{} || end != name.data() + name.size()) continue;
        auto const stat = stat_of(pid);
        if (stat && stat->group == group && stat->lives()) add(all, *stat, pid);
    }
    return all;
}

}  // namespace

std::optional<std::string> why_unwatchable(int pid) {
    auto const stat = stat_of(pid);
    if (!stat || !stat->lives()) return fmt::format("there is no process {}", pid);
    if (!descriptors_of(pid))
        return fmt::format("process {} is not ours to read: run wsproof as its user", pid);
    return std::nullopt;
}

struct ProcessWatch::State {
    State(int pid_, Watched whom_) : pid{pid_}, whom{whom_} {
        if (auto const stat = stat_of(pid)) started = stat->started;
        look();
        thread = std::jthread([this](std::stop_token const& stop) {
            std::unique_lock lock(mutex);
            while (!wake.wait_for(lock, stop, between_looks, [] { return false; }) &&
                   !stop.stop_requested())
                look();
        });
    }

    bool ended() const {
        auto const stat = stat_of(pid);
        return !stat || !stat->lives() || stat->started != started;
    }

    /// What a process held whose end has come is no longer to be seen: the figures stay.
    void look() {
        if (whom == Watched::one && ended()) return;
        ProcessFigures now;
        if (whom == Watched::group)
            now = figures_of_group(pid);
        else if (auto const stat = stat_of(pid))
            add(now, *stat, pid);
        if (now == ProcessFigures{}) return;
        if (!span) span = ProcessSpan{static_cast<std::uint64_t>(pid), now, now, now};
        auto& highest = span->highest;
        highest.memory = std::max(highest.memory, now.memory);
        highest.descriptors = std::max(highest.descriptors, now.descriptors);
        highest.threads = std::max(highest.threads, now.threads);
        span->after = now;
    }

    int pid;
    Watched whom;
    std::uint64_t started = 0;
    std::mutex mutex = {};
    std::condition_variable_any wake = {};
    std::optional<ProcessSpan> span = std::nullopt;
    std::jthread thread = {};  ///< ends before the rest does
};

ProcessWatch::ProcessWatch(int pid, Watched whom) : state_(std::make_unique<State>(pid, whom)) {}

ProcessWatch::~ProcessWatch() = default;

bool ProcessWatch::ended() const {
    return state_->ended();
}

std::optional<ProcessSpan> ProcessWatch::span() {
    std::lock_guard const lock(state_->mutex);
    state_->look();
    return state_->span;
}

}  // namespace wsproof::net
