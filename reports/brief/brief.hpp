// Reports to be read in passing: in an issue, a pull request, a spreadsheet, a README.
#pragma once

#include <cstddef>
#include <string>

#include "reports/model.hpp"
#include "reports/sarif/sarif.hpp"

namespace wsproof::report {

/// What a comment on GitHub takes is 65,535 bytes, a step summary 1,024 kB.
inline constexpr std::size_t markdown_limit = 60'000;

/// GitHub's Markdown, at most `limit` bytes: what breaks the gate first, then what could not be
/// judged, then what else departs. What has no room is counted. Nothing that a peer sent is markup.
std::string markdown(Report const& report, std::size_t limit = markdown_limit);

/// A row a test (reports/tests/tests.hpp), as RFC 4180 has it. No cell is a formula to a
/// spreadsheet.
std::string csv(Report const& report);

/// Workflow commands of GitHub: an error for what breaks the gate, a warning for what could not be
/// judged, at most `most` of each and one more line that counts the rest, and one for entries of
/// the baseline without a reason. GitHub shows ten of a
/// kind.
std::string github_annotations(Report const& report, SarifLocation const& location,
                               std::size_t most);

/// GitLab's code quality (a JSON array of issues), each at the location, for a server has no file.
std::string code_quality(Report const& report, SarifLocation const& location);

/// OpenMetrics: gauges of verdicts, findings, time, for GitLab's widget and for Prometheus.
std::string metrics(Report const& report);

/// "must 412/412" in green or red; grey when only a part was judged, whatever came of it.
struct Badge {
    std::string label = {};
    std::string message = {};
    std::string colour = {};  ///< "brightgreen", "red", "lightgrey"
};
Badge badge(Report const& report);
/// A picture that needs nobody else.
std::string badge_svg(Report const& report);
/// What https://shields.io/badges/endpoint-badge reads.
std::string badge_json(Report const& report);

}  // namespace wsproof::report
