// What a spec of Autobahn chooses: its globs, and the same choice in the grammar of -s.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "cli/autobahn_spec.hpp"
#include "harness/script/catalogue.hpp"

namespace wsproof::cli {

/// Patterns of agents are about the whole name.
bool agent_matches(std::string const& pattern, std::string const& agent);

/// Autobahn's globs are regular expressions in which '.' is a dot and '*' is anything, and which
/// are about the start of a number: "1*" takes 10.1.1. Without '*' a pattern is a number as it
/// stands. Those of exclude-agent-cases are about whole numbers.
class AutobahnChoice {
public:
    /// Throws UsageError for a number that Autobahn does not have, and for a pattern that cannot be
    /// read.
    AutobahnChoice(AutobahnSpec const& spec, script::Catalogue const& catalogue);

    std::set<std::string> const& numbers() const { return numbers_; }
    /// Those of them that no case stands for.
    std::vector<std::string> without_case() const;
    /// Patterns of `cases` that match nothing, as in many public specs.
    std::vector<std::string> const& idle_patterns() const { return idle_; }

    /// For -s. Every expression matches something.
    std::vector<std::string> expressions() const;

    /// Those of the numbers that are left out for an agent.
    std::set<std::string> excluded_for(std::string const& agent) const;
    /// The same for [[skip]]: a case that stands for a number that is wanted is not skipped.
    std::vector<std::string> skips_for(std::string const& agent) const;

private:
    struct Candidate {
        std::string variant = {};
        std::vector<std::string> numbers = {};  ///< all that it has
    };

    bool has_case(std::set<std::string> const& numbers) const;
    std::vector<std::string> patterns_for(std::string const& agent) const;

    AutobahnSpec const& spec_;
    std::set<std::string> numbers_ = {};
    std::vector<std::string> idle_ = {};
    std::vector<Candidate> candidates_ = {};
};

}  // namespace wsproof::cli
