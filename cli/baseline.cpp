// `wsproof baseline update|check|prune`: the list of known failures, held against a report.
#include <fmt/format.h>

#include <filesystem>

#include "cli/baseline_edit.hpp"
#include "cli/baseline_file.hpp"
#include "cli/config.hpp"
#include "cli/exit_code.hpp"
#include "cli/outputs.hpp"
#include "cli/reports.hpp"
#include "cli/selection.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "reports/baseline/hold.hpp"
#include "reports/json_result.hpp"

namespace wsproof::cli {
namespace {

class BaselineVerb {
public:
    BaselineVerb(Values const& values, Environment const& environment)
        : values_(values), terminal_(values, environment) {}

    int run() {
        auto const& what = values_.positionals.front();
        if (what != "update" && what != "check" && what != "prune")
            throw UsageError(fmt::format(
                "`wsproof baseline` does not know '{}': write update, check or prune", what));
        auto report = report_to_hold();
        auto const file = file_for(what);
        auto held = file.baseline_for(report::target_id(report));
        held.strict = values_.flag("strict-baseline");
        held.allow_fewer = values_.flag("allow-fewer");
        report::hold(report, std::move(held), load_cases(values_));
        report.exit_code = report::exit_code_of(report);
        if (what == "check") return tell(report);
        if (what == "update") return write(file, with_failures(file, report));
        return write(file, without_outdated(file, *report.baseline));
    }

private:
    report::Report report_to_hold() const {
        auto const& words = values_.positionals;
        auto const folder = std::filesystem::path(values_.text("report-dir", "wsproof-report"));
        auto const path = words.size() > 1 ? words[1] : (folder / "report.json").string();
        auto report = read_report(path);
        if (values_.is_set("fail-on")) report.fail_on = fail_on_of(values_);
        return report;
    }

    /// `update` may begin one.
    BaselineFile file_for(std::string const& what) const {
        auto const path = values_.text("baseline");
        if (path.empty())
            throw UsageError(
                "`wsproof baseline` needs --baseline FILE, or baseline under [run] of "
                "wsproof.toml");
        std::error_code ignored;
        if (what == "update" && !std::filesystem::exists(path, ignored))
            return parse_baseline(path, empty_baseline());
        return *baseline_file_of(values_);
    }

    int tell(report::Report const& report) {
        terminal_.result(report::text_baseline(report, terminal_.text_options()));
        terminal_.remark(warning_of(*report.baseline));
        return terminal_.failed() ? exit_code::graver(report.exit_code, exit_code::incomplete)
                                  : report.exit_code;
    }

    int write(BaselineFile const& file, std::string const& text) {
        auto const after = parse_baseline(file.path, text);
        auto const folder = std::filesystem::path(file.path).parent_path();
        std::error_code ignored;  // what follows from it is said by write_file
        if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
        if (auto const trouble = write_file(file.path, text)) {
            terminal_.remark(fmt::format("wsproof: {}\n", *trouble));
            return exit_code::incomplete;
        }
        terminal_.result(fmt::format("{}: {} known, {} before\n", file.path, after.entries.size(),
                                     file.entries.size()));
        terminal_.remark(warning_of({.path = file.path, .entries = after.entries}));
        return terminal_.failed() ? exit_code::incomplete : exit_code::ok;
    }

    Values const& values_;
    Terminal terminal_;
};

}  // namespace

int baseline(Invocation& invocation, Environment const& environment) {
    static_cast<void>(load_config(invocation, environment));
    return BaselineVerb(invocation.values, environment).run();
}

}  // namespace wsproof::cli
