// What a report tells of a campaign of `wsproof fuzz` (docs/fuzzing.md). Its findings that came
// again are results as well, with their bytes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace wsproof::report {

struct FuzzFinding {
    std::string id = {};         ///< "F-3a91c07e"; its result has the variant "found/F-3a91c07e"
    std::string harm = {};       ///< "violation", "crash", "hang", "memory", "sanitizer"
    std::string signature = {};  ///< what it is, the same in every run
    std::string words = {};      ///< how the process ended, what its log says
    std::string file = {};       ///< its case file; empty: none was written
    std::uint64_t session = 0;   ///< the number of the first that came to it; 0: a regression
    std::size_t frames = 0;      ///< that the case sends
    std::size_t times = 1;       ///< sessions that came to it
    bool confirmed = true;       ///< it came again when it was played alone
    std::vector<std::string> faults = {};  ///< mistakes of the reference that do the same
    std::string known = {};                ///< why the baseline excuses it; empty: it does not

    /// What may have been chance does not, nor what is known. That a server ended is certain, even
    /// where nobody can tell which session it was.
    bool counts() const { return known.empty() && (confirmed || harm != "violation"); }

    bool operator==(FuzzFinding const&) const = default;
};

struct Fuzzing {
    std::uint64_t sessions = 0;
    std::uint64_t exchanges = 0;     ///< steps that were judged
    std::uint64_t inconclusive = 0;  ///< sessions that came to no judgement
    std::size_t coverage = 0;        ///< states × inputs of the reference that were gone through
    std::size_t restarts = 0;        ///< of the target
    std::chrono::milliseconds time{0};
    std::vector<FuzzFinding> findings = {};

    bool operator==(Fuzzing const&) const = default;
};

/// True when there is one that counts.
bool has_findings(Fuzzing const& fuzzing);

}  // namespace wsproof::report
