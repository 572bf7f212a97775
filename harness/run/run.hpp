// Chooses variants and plays them against a target: order, jobs, twins, sanity, loss of the target.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/play/player.hpp"
#include "harness/run/profile.hpp"
#include "harness/run/repetition.hpp"
#include "harness/script/catalogue.hpp"

namespace wsproof::run {

enum class State : std::uint8_t { complete, interrupted, target_lost, unreachable, budget_spent };

struct Plan {
    std::vector<script::Variant const*> variants = {};  ///< selected for the target's role
    unsigned jobs = 2;
    bool sanity = true;                                   ///< bracket the run with the sanity case
    std::optional<std::size_t> fail_fast = std::nullopt;  ///< stop after so many failures
    std::map<std::string, std::string> skips = {};        ///< ids the user leaves out, and why
    Repetition repetition = {};                           ///< not of cases that stop the target
    /// No case is started any more when this time is over.
    std::optional<std::chrono::milliseconds> budget = std::nullopt;
};

struct Progress {
    std::size_t done = 0;
    std::size_t total = 0;
    std::size_t failed = 0;
};

/// Called from one thread at a time, in the order in which verdicts become known.
struct Observer {
    /// Once a variant; again for one that was the target's end, or was under way when it came.
    std::function<void(play::Result const&, Progress const&)> on_result = {};
    std::function<bool()> should_stop = {};  ///< asked between cases
    /// Is a spawned target still running? Empty: unknown. Words name how it ended.
    std::function<std::optional<std::string>()> target_exit = {};
    /// Starts a spawned target again after a crash; false: cannot.
    std::function<bool()> restart_target = {};
};

struct Outcome {
    State state = State::complete;
    std::string lost_at = {};                ///< id of the variant that the target did not survive
    std::string words = {};                  ///< what happened, for people
    std::vector<play::Result> results = {};  ///< one a planned variant, in the order of their ids
};

/// Plays the plan. Twins come first: a variant whose twin did not pass is inconclusive.
Outcome execute(Plan const& plan, script::Catalogue const& catalogue, Profile const& profile,
                play::Setting const& setting, play::Connect const& connect,
                Observer const& observer = {});

}  // namespace wsproof::run
