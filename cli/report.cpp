// `wsproof report`: renders a report again, also from the journal of a run that was killed.
#include <fmt/format.h>

#include "cli/baseline_file.hpp"
#include "cli/exit_code.hpp"
#include "cli/outputs.hpp"
#include "cli/reports.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "reports/baseline/hold.hpp"
#include "reports/journal.hpp"
#include "reports/json.hpp"
#include "reports/json_result.hpp"

namespace wsproof::cli {

namespace {

std::string text_of(std::string const& path) {
    auto text = read_file(path);
    if (!text) throw UsageError(fmt::format("{}: the file cannot be read", path));
    return *std::move(text);
}

}  // namespace

report::Report read_report(std::string const& path) {
    auto const text = text_of(path);
    try {
        return report::is_journal(text) ? report::read_journal(text, path)
                                        : report::read_json(text, path);
    } catch (report::ReportError const& error) {
        throw UsageError(error.what());
    }
}

std::vector<report::Report> read_reports_briefly(std::string const& path) {
    auto const text = text_of(path);
    try {
        if (report::is_journal(text)) return {report::read_journal(text, path)};
        return report::read_json_briefly(text, path);
    } catch (report::ReportError const& error) {
        throw UsageError(error.what());
    }
}

int render(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    Outputs const outputs(values, false);
    if (outputs.takes_stdout()) terminal.results_to_stderr();
    auto report = read_report(values.positionals.front());
    if (values.is_set("fail-on")) {
        report.fail_on = fail_on_of(values);
        report.exit_code = report::exit_code_of(report);
    }
    if (auto baseline = baseline_of(values, report::target_id(report))) {
        report::hold(report, *std::move(baseline), script::embedded_catalogue());
        report.exit_code = report::exit_code_of(report);
    }
    if (auto const trouble = outputs.trouble()) {
        terminal.remark(fmt::format("wsproof: {}\n", *trouble));
        return exit_code::incomplete;
    }
    auto const failures = outputs.write(report, terminal);
    for (auto const& failure : failures) terminal.remark(fmt::format("wsproof: {}\n", failure));
    if (!values.is_set("report")) terminal.result(report::text(report, terminal.text_options()));
    bool const unwritten = !failures.empty() || terminal.failed();
    // That of a campaign says whether anything was found, and says it again.
    auto const code = report.fuzzing ? report.exit_code : exit_code::ok;
    return unwritten ? exit_code::graver(code, exit_code::incomplete) : code;
}

}  // namespace wsproof::cli
