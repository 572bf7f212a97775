// `wsproof diff`: what has changed between two reports of a target.
#include "cli/exit_code.hpp"
#include "cli/reports.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "reports/compare/difference.hpp"

namespace wsproof::cli {

int diff(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    auto older = read_report(values.positionals.front());
    auto newer = read_report(values.positionals.back());
    if (values.is_set("fail-on")) older.fail_on = newer.fail_on = fail_on_of(values);
    // One gate for both, or a stricter one would look like a change.
    older.fail_on = newer.fail_on;
    older.fail_on_severity = newer.fail_on_severity;
    auto const difference = report::difference(older, newer);
    terminal.result(report::text(difference, terminal.text_options()));
    if (terminal.failed()) return exit_code::incomplete;
    return difference.is_regression() ? exit_code::failed : exit_code::ok;
}

}  // namespace wsproof::cli
