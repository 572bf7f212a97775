#include <fmt/format.h>

#include <algorithm>

#include "reports/model.hpp"

namespace wsproof::report {
namespace {

bool has(Report const& report, play::Verdict verdict) {
    return std::any_of(report.results.begin(), report.results.end(),
                       [&](play::Result const& result) { return result.verdict == verdict; });
}

bool is_part(Report const& report) {
    auto const& shards = report.run.shards;
    return !shards.empty() && shards.size() < shards.front().of;
}

/// A shard into which nothing falls has done its part; that of the whole is for `merge` to say.
bool is_empty_part(Report const& report) {
    return report.cases.empty() && is_part(report);
}

/// Something was judged, and nothing that was to be judged was left open.
bool judged_all(Report const& report) {
    return report.run.state == run::State::complete && !has(report, play::Verdict::inconclusive) &&
           (is_empty_part(report) || judged_results(report) != 0) &&
           shortfall_words(report).empty();
}

bool anything_breaks(Report const& report) {
    auto const breaches = breaches_of(report);
    auto const& findings = report.security.findings;
    return (report.baseline && report.baseline->strict && report.baseline->outdated() != 0) ||
           std::any_of(findings.begin(), findings.end(),
                       [&](Finding const& finding) { return breaks_gate(report, finding); }) ||
           std::any_of(report.results.begin(), report.results.end(),
                       [&](play::Result const& result) { return report.breaks_gate(result); }) ||
           std::any_of(breaches.begin(), breaches.end(),
                       [&](BreachSummary const& breach) { return breaks_gate(report, breach); });
}

/// A campaign has no list of what is to be judged: it is complete when it has come to its end. What
/// came again counts, whatever the level of its rule.
GateVerdict gate_of(Report const& report, Fuzzing const& fuzzing) {
    if (has_findings(fuzzing)) return GateVerdict::failed;
    return report.run.state == run::State::complete && fuzzing.sessions != 0
               ? GateVerdict::ok
               : GateVerdict::incomplete;
}

int exit_code_of_campaign(Report const& report) {
    switch (gate_of(report)) {
        case GateVerdict::failed:
            return 5;
        case GateVerdict::ok:
            return 0;
        case GateVerdict::incomplete:
            break;
    }
    return 7;
}

}  // namespace

bool has_findings(Fuzzing const& fuzzing) {
    return std::any_of(fuzzing.findings.begin(), fuzzing.findings.end(),
                       [](FuzzFinding const& finding) { return finding.counts(); });
}

bool breaks_gate(Report const& report, Finding const& finding) {
    return report.fail_on_severity && finding.severity >= *report.fail_on_severity &&
           !excuse_for(report, finding.id);
}

KnownFailure const* excuse_for(Report const& report, std::string_view name) {
    return report.baseline ? report.baseline->entry_for(name, Fate::known) : nullptr;
}

std::string_view gate_word(Report const& report, std::string_view name, bool breaks) {
    if (breaks) return "breaks";
    if (!report.baseline) return "ok";
    if (excuse_for(report, name)) return "known";
    return report.baseline->entry_for(name, Fate::fixed) ? "fixed" : "ok";
}

std::size_t judged_results(Report const& report) {
    return static_cast<std::size_t>(
        std::ranges::count_if(report.results, [](play::Result const& result) {
            return result.verdict != play::Verdict::skipped &&
                   result.verdict != play::Verdict::inconclusive;
        }));
}

std::size_t flaky_results(Report const& report) {
    return static_cast<std::size_t>(std::ranges::count(report.results, true, &play::Result::flaky));
}

std::string shortfall_words(Report const& report) {
    if (auto const flaky = flaky_results(report); report.fail_on_flaky && flaky != 0)
        return fmt::format("flaky results: {}, and --fail-on-flaky does not accept them", flaky);
    constexpr std::size_t percent = 98;
    if (!report.baseline || report.baseline->allow_fewer || is_part(report) || report.fuzzing)
        return {};
    auto const judged = judged_results(report);
    if (judged * 100 >= report.baseline->judged * percent) return {};
    return fmt::format(
        "{} cases were judged, {} when the baseline was written: --allow-fewer accepts that",
        judged, report.baseline->judged);
}

GateVerdict gate_of(Report const& report) {
    if (report.fuzzing) return gate_of(report, *report.fuzzing);
    if (anything_breaks(report)) return GateVerdict::failed;
    return judged_all(report) ? GateVerdict::ok : GateVerdict::incomplete;
}

int exit_code_of(Report const& report) {
    if (has(report, play::Verdict::broken)) return 6;
    if (report.run.state == run::State::unreachable) return 3;
    if (report.run.state == run::State::target_lost) return 4;
    if (report.fuzzing) return exit_code_of_campaign(report);
    if (anything_breaks(report)) return 1;
    return judged_all(report) ? 0 : 7;
}

std::string exit_words(Report const& report) {
    auto const code = exit_code_of(report);
    bool const is_forgiven = report.exit_code == 0 && code != 0;
    return is_forgiven ? exit_words(code) + ", which --exit-zero lets pass"
                       : exit_words(report.exit_code);
}

std::string exit_words(int exit_code) {
    switch (exit_code) {
        case 0:
            return "nothing breaks the gate";
        case 1:
            return "the gate is broken";
        case 2:
            return "usage";
        case 3:
            return "the target could not be reached";
        case 4:
            return "the target was lost during the run";
        case 5:
            return "a new finding";
        case 6:
            return "a case or wsproof itself is wrong";
        case 7:
            return "incomplete: not every selected case was judged";
        case 130:
        case 143:
            return "interrupted";
        default:
            return "see wsproof help exit-codes";
    }
}

}  // namespace wsproof::report
