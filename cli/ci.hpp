// What the service that runs a CI job shows beside its log. GitHub's: a summary of the step and
// annotations of the pull request. TeamCity's: the tests, one by one.
#pragma once

#include <cstddef>
#include <string>

#include "cli/parse.hpp"
#include "cli/terminal.hpp"
#include "reports/sarif/sarif.hpp"

namespace wsproof::cli {

class Ci {
public:
    /// Looks at GITHUB_STEP_SUMMARY and GITHUB_ACTIONS, which --no-step-summary and
    /// --gha-annotations 0 overrule, and at TEAMCITY_VERSION.
    Ci(Values const& values, Environment const& environment);

    /// What cannot be told there is remarked upon, and is no failure.
    void tell(report::Report const& report, report::SarifLocation const& location,
              Terminal& terminal) const;

private:
    void add_to_summary(report::Report const& report, Terminal& terminal) const;

    bool in_teamcity_ = false;
    std::string summary_;  ///< a file; empty: there is none
    std::size_t most_annotations_ = 0;
};

}  // namespace wsproof::cli
