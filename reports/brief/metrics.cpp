#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "reports/brief/brief.hpp"
#include "reports/json_result.hpp"
#include "reports/names.hpp"

namespace wsproof::report {
namespace {

void gauge(std::string& text, std::string_view name, std::string_view help, double value,
           std::string const& target) {
    text += fmt::format("# TYPE {0} gauge\n# HELP {0} {1}\n{0}{{target=\"{2}\"}} {3}\n", name, help,
                        target, value);
}

void add_results(std::string& text, Report const& report, std::string const& target) {
    text += "# TYPE wsproof_results gauge\n# HELP wsproof_results Cases, by level and verdict.\n";
    for (auto const& [level, tally] : report.tally())
        for (auto const& [verdict, count] : tally)
            text += fmt::format("wsproof_results{{target=\"{}\",level=\"{}\",verdict=\"{}\"}} {}\n",
                                target, names::level.of(level), play::name_of(verdict), count);
}

}  // namespace

std::string metrics(Report const& report) {
    auto const target = target_id(report);  // letters that need no escape
    std::string text;
    if (report.fuzzing) {
        gauge(text, "wsproof_fuzz_sessions", "Sessions of the campaign.",
              static_cast<double>(report.fuzzing->sessions), target);
        gauge(text, "wsproof_fuzz_findings", "Findings that came again.",
              static_cast<double>(
                  std::ranges::count_if(report.fuzzing->findings, &FuzzFinding::counts)),
              target);
    } else {
        add_results(text, report, target);
        gauge(text, "wsproof_flaky", "Results that differed from play to play.",
              static_cast<double>(flaky_results(report)), target);
        gauge(text, "wsproof_rules_broken", "Standing rules that were broken.",
              static_cast<double>(breaches_of(report).size()), target);
    }
    if (report.baseline)
        gauge(text, "wsproof_known_failures", "Failures that the baseline excuses.",
              static_cast<double>(report.baseline->count(Fate::known)), target);
    gauge(text, "wsproof_exit_code", "Exit code of the run.", report.exit_code, target);
    gauge(text, "wsproof_duration_seconds", "Wall time of the run.",
          std::chrono::duration<double>(report.run.duration).count(), target);
    return text + "# EOF\n";
}

}  // namespace wsproof::report
