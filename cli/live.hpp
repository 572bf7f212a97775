// What a run shows while it goes on: a status line on a terminal, a line per failure and a
// heartbeat elsewhere.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "cli/terminal.hpp"
#include "harness/run/run.hpp"

namespace wsproof::cli {

class Live {
public:
    Live(Terminal& terminal, bool quiet);
    ~Live();
    Live(Live const&) = delete;
    Live& operator=(Live const&) = delete;

    void show(play::Result const& result, run::Progress const& progress);
    /// Takes the status line away.
    void end();

private:
    std::string status(run::Progress const& progress) const;

    Terminal& terminal_;
    ProgressStyle style_;
    std::chrono::steady_clock::time_point began_;
    std::chrono::steady_clock::time_point shown_;
    bool line_is_up_ = false;
};

}  // namespace wsproof::cli
