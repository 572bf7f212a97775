// `wsproof compare`: many implementations beside each other, from reports or measured anew.
#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <optional>
#include <thread>

#include "cli/compare_outputs.hpp"
#include "cli/compare_spec.hpp"
#include "cli/exit_code.hpp"
#include "cli/files.hpp"
#include "cli/reports.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "harness/run/nearest.hpp"
#include "reports/json.hpp"

namespace wsproof::cli {
namespace {

class CompareVerb {
public:
    CompareVerb(Invocation const& invocation, Environment const& environment)
        : values_(invocation.values),
          terminal_(values_, environment),
          outputs_(values_),
          catalogue_(load_cases(values_)) {
        if (outputs_.takes_stdout()) terminal_.results_to_stderr();
        if (values_.is_set("spec")) spec_.emplace(invocation, environment);
        if (!spec_ && values_.positionals.empty())
            throw UsageError(
                "`wsproof compare` needs reports, or --spec FILE; see `wsproof compare --help`");
        if (outputs_.options().view == report::View::reference_fails &&
            !values_.is_set("reference"))
            throw UsageError("--only reference-fails needs --reference NAME");
    }

    int run() {
        if (values_.is_set("previous")) previous_ = read_comparison(values_.text("previous"));
        read();
        check_names();
        if (auto const trouble = outputs_.trouble()) {
            terminal_.remark(fmt::format("wsproof: {}; nothing was run\n", *trouble));
            return exit_code::incomplete;
        }
        int code = exit_code::ok;
        if (spec_)
            code = spec_->measure(terminal_, [&](auto part) { maker_.add(std::move(part)); });
        return tell(matrix(), code);
    }

private:
    /// As many at once as there are processors: what is left of a report is small, the report is
    /// not.
    void read() {
        auto const& paths = values_.positionals;
        auto const at_once = std::max(1U, std::thread::hardware_concurrency());
        for (std::size_t from = 0; from < paths.size(); from += at_once) {
            std::vector<std::future<std::vector<report::Report>>> batch;
            for (auto at = from; at < std::min(paths.size(), from + at_once); ++at)
                batch.push_back(std::async(std::launch::async, read_reports_briefly, paths[at]));
            for (auto at = from; auto& reports : batch) take(paths[at++], reports.get());
        }
    }

    static report::Previous read_comparison(std::string const& path) {
        auto const text = read_file(path);
        if (!text) throw UsageError(fmt::format("--previous: the file '{}' cannot be read", path));
        try {
            return report::read_previous(*text, path);
        } catch (report::ReportError const& error) {
            throw UsageError(error.what());
        }
    }

    void take(std::string const& path, std::vector<report::Report> reports) {
        for (auto& report : reports) {
            if (report.fuzzing)
                throw UsageError(fmt::format(
                    "{}: the report of a campaign of `wsproof fuzz`: only runs of cases can be "
                    "compared",
                    path));
            maker_.add({.name = path, .report = std::move(report)});
        }
    }

    /// Before anything is measured, so that no result waits for a name that nobody has.
    void check_names() const {
        auto known = spec_ ? spec_->names() : std::vector<std::string>();
        for (auto const& column : maker_.so_far().columns) known.push_back(column.name);
        for (auto const* const option : {"columns", "reference"})
            for (auto const& name : values_.list(option))
                if (std::ranges::find(known, name) == known.end()) refuse(option, name, known);
    }

    [[noreturn]] static void refuse(std::string_view option, std::string const& name,
                                    std::vector<std::string> const& known) {
        auto const near = run::nearest(name, known);
        throw UsageError(fmt::format("--{}: there is no implementation '{}': {}", option, name,
                                     near.empty()
                                         ? fmt::format("there is {}", fmt::join(known, ", "))
                                         : fmt::format("did you mean '{}'?", near)));
    }

    report::Matrix matrix() {
        auto matrix = maker_.take([&](std::string const& id) -> std::optional<std::size_t> {
            auto const* const variant = catalogue_.find(id);
            if (variant == nullptr) return std::nullopt;
            return variant->steps.size();
        });
        std::vector<std::size_t> columns;
        for (auto const& name : values_.list("columns"))
            if (auto const at = matrix.column_named(name)) columns.push_back(*at);
        if (values_.is_set("columns"))
            matrix = report::with_columns(std::move(matrix), std::move(columns));
        if (values_.is_set("reference"))
            matrix.reference = matrix.column_named(values_.text("reference"));
        matrix.previous = previous_;
        return matrix;
    }

    int tell(report::Matrix const& matrix, int code) {
        auto const failures = outputs_.write(matrix, terminal_);
        for (auto const& failure : failures)
            terminal_.remark(fmt::format("wsproof: {}\n", failure));
        terminal_.result(report::matrix_text(matrix, outputs_.options(), terminal_.text_options()));
        bool const unwritten = !failures.empty() || terminal_.failed();
        return unwritten && code < exit_code::signal_base
                   ? exit_code::graver(code, exit_code::incomplete)
                   : code;
    }

    Values const& values_;
    Terminal terminal_;
    CompareOutputs outputs_;
    script::Catalogue catalogue_;
    std::optional<CompareSpec> spec_ = std::nullopt;
    report::MatrixMaker maker_ = {};
    std::optional<report::Previous> previous_ = std::nullopt;
};

}  // namespace

int compare(Invocation& invocation, Environment const& environment) {
    return CompareVerb(invocation, environment).run();
}

}  // namespace wsproof::cli
