// `wsproof merge`: one report out of the shards of a run, or out of runs that each played a part.
#include "reports/merge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/baseline_file.hpp"
#include "cli/exit_code.hpp"
#include "cli/outputs.hpp"
#include "cli/reports.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "reports/baseline/hold.hpp"
#include "reports/json_result.hpp"
#include "reports/security/derive.hpp"

namespace wsproof::cli {
namespace {

/// Parts keep the transcripts that they have, unless somebody wants fewer.
Outputs outputs_of(Values values) {
    values.set("keep-transcripts", {.words = {"all"}, .source = Source::builtin});
    return {values, false};
}

void check(std::vector<report::Part> const& parts, bool force, Terminal& terminal) {
    if (auto const words = report::unmergeable_of(parts); !words.empty()) throw UsageError(words);
    auto const misfit = report::misfit_of(parts);
    if (misfit.empty()) return;
    if (!force) throw UsageError(misfit + "; --force joins them all the same");
    terminal.remark(fmt::format("wsproof: {}\n", misfit));
}

/// What the parts found out beside the results: the first that looked, and what any has seen twice.
report::Security security_of_parts(std::vector<report::Part> const& parts) {
    report::Security known;
    for (auto const& [name, report] : parts) {
        auto const& security = report.security;
        if (!known.has_something()) known = security;
        if (known.remarks.empty()) known.remarks = security.remarks;
        for (auto const& finding : security.findings) known.findings.push_back(finding);
    }
    return known;
}

/// Findings are causes of all results together, not the sum of what the parts made of theirs.
report::Security security_of_all(report::Report const& report, report::Security const& known) {
    if (!known.has_something()) return {};
    auto const catalogue = script::embedded_catalogue();
    auto security = report::security_of(
        report, catalogue, {.exposure = known.exposure, .origin_check = known.origin_check},
        play::by_reference(catalogue, report.setting));
    security.remarks = known.remarks;
    for (auto& finding : security.findings)
        finding.confirmed = std::ranges::any_of(
            known.findings, [&](auto const& one) { return one.id == finding.id && one.confirmed; });
    return security;
}

/// What is known is held against the whole.
std::optional<report::Baseline> baseline_of_parts(Values const& values,
                                                  std::vector<report::Part> const& parts) {
    if (auto baseline = baseline_of(values, report::target_id(parts.front().report)))
        return baseline;
    for (auto const& part : parts)
        if (part.report.baseline) return part.report.baseline;
    return std::nullopt;
}

}  // namespace

int merge(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    auto const outputs = outputs_of(values);
    if (outputs.takes_stdout()) terminal.results_to_stderr();
    std::vector<report::Part> parts;
    for (auto const& path : values.positionals) {
        parts.push_back({.name = path, .report = read_report(path)});
        if (values.is_set("fail-on")) parts.back().report.fail_on = fail_on_of(values);
    }
    check(parts, values.flag("force"), terminal);
    auto const known = security_of_parts(parts);
    auto const baseline = baseline_of_parts(values, parts);
    auto report = report::merge(std::move(parts));
    report.run.argv = invocation.argv;
    report.security = security_of_all(report, known);
    if (baseline) report::hold(report, *baseline, script::embedded_catalogue());
    report.exit_code = report::exit_code_of(report);
    if (auto const trouble = outputs.trouble()) {
        terminal.remark(fmt::format("wsproof: {}\n", *trouble));
        return exit_code::incomplete;
    }
    auto const failures = outputs.write(report, terminal);
    for (auto const& failure : failures) terminal.remark(fmt::format("wsproof: {}\n", failure));
    terminal.result(report::text(report, terminal.text_options()));
    bool const unwritten = !failures.empty() || terminal.failed();
    return unwritten ? exit_code::graver(report.exit_code, exit_code::incomplete)
                     : report.exit_code;
}

}  // namespace wsproof::cli
