// Failures that a project knows of (docs/gate.md), and what became of them in a run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wsproof::report {

/// What has become of an entry.
enum class Fate : std::uint8_t {
    known,     ///< it fails, as the entry says
    fixed,     ///< it no longer fails
    expired,   ///< it fails, as the entry says, but the entry counts no longer
    changed,   ///< it fails in another way, which the entry does not excuse
    stale,     ///< there is no such case
    unjudged,  ///< this run does not tell
};

/// An entry of a baseline: what may fail, how, why, and how long.
struct KnownFailure {
    std::string target = {};     ///< empty: any
    std::string subject = {};    ///< cases, as -s takes them; or a rule, or a finding
    std::string signature = {};  ///< "*": any
    std::string why = {};
    std::string until = {};  ///< the last day on which it counts, "2027-03-01"; empty: for good
    std::size_t line = 0;    ///< of the file
    Fate fate = Fate::unjudged;
    std::vector<std::string> covers = {};  ///< variants, rules, findings of which that is said
};

struct Baseline {
    std::string path = {};
    std::vector<KnownFailure> entries = {};
    std::size_t judged = 0;    ///< variants when it was written; 0: unknown
    bool allow_fewer = false;  ///< fewer than that are no shortfall
    bool strict = false;       ///< what is fixed, expired or stale breaks the gate

    /// The entry that says this of a variant, a rule or a finding.
    KnownFailure const* entry_for(std::string_view name, Fate fate) const;
    std::size_t count(Fate fate) const;
    /// The entries that have to be edited or removed.
    std::size_t outdated() const;
};

/// What `wsproof baseline update` writes where a reason belongs.
inline constexpr std::string_view no_reason = "TODO";

/// The entries that still lack one.
std::vector<KnownFailure const*> unexplained(Baseline const& baseline);
/// "an entry does not say why", "3 entries do not say why (lines 5, 9, 13)"; empty: all say it.
std::string unexplained_words(Baseline const& baseline);

/// "known: tracked in #214 (until 2027-03-01)".
std::string excuse_words(KnownFailure const& entry);

}  // namespace wsproof::report
