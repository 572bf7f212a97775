#include <algorithm>

#include "reports/model.hpp"

namespace wsproof::report {
namespace {

bool has(Report const& report, play::Verdict verdict) {
    return std::any_of(report.results.begin(), report.results.end(),
                       [&](play::Result const& result) { return result.verdict == verdict; });
}

/// A shard into which nothing falls has done its part; that of the whole is for `merge` to say.
bool is_empty_part(Report const& report) {
    auto const& shards = report.run.shards;
    return report.cases.empty() && !shards.empty() && shards.size() < shards.front().of;
}

/// Something was judged, and nothing that was to be judged was left open.
bool judged_all(Report const& report) {
    auto const judged = [](play::Result const& result) {
        return result.verdict != play::Verdict::skipped &&
               result.verdict != play::Verdict::inconclusive;
    };
    return report.run.state == run::State::complete && !has(report, play::Verdict::inconclusive) &&
           (is_empty_part(report) ||
            std::any_of(report.results.begin(), report.results.end(), judged));
}

bool anything_breaks(Report const& report) {
    auto const breaches = breaches_of(report);
    auto const& findings = report.security.findings;
    return std::any_of(findings.begin(), findings.end(),
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
    return report.fail_on_severity && finding.severity >= *report.fail_on_severity;
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
