// Everything of a report but its results, as JSON: who ran what against whom, and what follows.
#pragma once

#include "reports/node.hpp"
#include "reports/redact.hpp"

namespace wsproof::report {

inline constexpr std::string_view format_name = "wsproof-report";
inline constexpr std::string_view format_version = "1.0";
inline constexpr std::string_view schema_url = "https://wsproof.example/schema/report-1.json";

Json format_json();
Json tool_json(Report const& report);
Json run_json(Report const& report, Redactor const& redactor);
Json targets_json(Report const& report, Redactor const& redactor);
Json rules_json(Report const& report);
Json cases_json(Report const& report);
Json summary_json(Report const& report);
Json gate_json(Report const& report);

/// Refuses what is not a report, or one of a newer major version.
void check_format(Node const& report);
/// Fills in everything but the results.
void read_head(Node const& node, Report& report);
/// What the end of a run adds: how it went and what the target turned out to be.
void read_end(Node const& node, Report& report);

}  // namespace wsproof::report
