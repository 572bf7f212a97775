// A campaign against one target: sessions over many connections at once, findings confirmed, made
// small and told; what kills the target is found out (docs/fuzzing.md).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/finding.hpp"
#include "fuzz/generate.hpp"
#include "harness/play/player.hpp"
#include "harness/run/profile.hpp"
#include "harness/script/catalogue.hpp"

namespace wsproof::fuzz {

struct Plan {
    std::uint64_t seed = 0;
    Phases phases = {};
    unsigned jobs = 8;                                             ///< connections at once
    std::optional<std::uint64_t> runs = std::nullopt;              ///< sessions at most
    std::optional<std::chrono::milliseconds> time = std::nullopt;  ///< then nothing new is begun
    std::optional<std::size_t> stop_after = std::nullopt;          ///< so many findings
    bool strict = false;  ///< departures that the RFC lets off lightly are findings too
    bool judges = true;   ///< false: findings are what ends the target or does it harm
    bool minimize = true;
    std::size_t most_tries = 400;  ///< to make one finding smaller
    /// Whether findings of this signature are known: they are told and do not count. Empty: none.
    std::function<bool(std::string const&)> is_known = {};
    std::vector<script::Variant> regressions = {};  ///< played first
    std::vector<Session> corpus = {};               ///< to build on, of earlier campaigns
    std::vector<wire::Bytes> words = {};            ///< of a dictionary
    std::uint64_t memory_limit = 0;                 ///< bytes of the target's process; 0: none
    /// Who lets nobody in for so long is hung.
    std::chrono::milliseconds hang_timeout{1500};
};

struct Figures {
    std::uint64_t sessions = 0;
    std::uint64_t exchanges = 0;     ///< steps that were judged
    std::uint64_t inconclusive = 0;  ///< sessions that came to no judgement
    std::size_t findings = 0;
    std::size_t coverage = 0;  ///< states × inputs of the reference
    std::size_t restarts = 0;
    std::chrono::milliseconds time{0};
};

struct Observer {
    /// From one thread at a time.
    std::function<void(Finding&)> on_finding = {};
    std::function<void(Figures const&)> on_progress = {};  ///< a few times a second
    std::function<bool()> should_stop = {};
    /// How the process of the target ended, once it has; empty: it cannot be seen.
    std::function<std::optional<std::string>()> target_exit = {};
    std::function<bool()> restart_target = {};   ///< empty: it cannot be
    std::function<std::string()> log = {};       ///< the last lines that the target wrote
    std::function<std::uint64_t()> memory = {};  ///< bytes of its process
    /// Looks whether the target has been anywhere new since it was asked last (--cov).
    std::function<bool()> has_new_edges = {};
};

enum class End : std::uint8_t { done, stopped, target_lost };

struct Outcome {
    End end = End::done;
    std::string words = {};  ///< when the target is lost
    Figures figures = {};
    std::vector<Finding> findings = {};
    std::vector<Session> corpus = {};
};

/// `profile`: as calibration found the target; `setting` with that applied.
Outcome run(Plan const& plan, script::Catalogue const& catalogue, run::Profile const& profile,
            play::Setting const& setting, play::Connect const& connect, Observer const& observer);

/// Cases of the catalogue that may be played with traffic before them: short ones, that no time
/// decides and that need nothing which the target has not.
std::vector<script::Variant const*> bases_for(script::Catalogue const& catalogue,
                                              run::Profile const& profile,
                                              play::Setting const& setting, Phases const& phases);

}  // namespace wsproof::fuzz
