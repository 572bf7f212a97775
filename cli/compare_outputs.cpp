#include "cli/compare_outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "build_info.hpp"
#include "cli/files.hpp"
#include "harness/run/nearest.hpp"
#include "reports/brief/brief.hpp"

namespace wsproof::cli {
namespace {

struct MatrixFormat {
    std::string_view name;
    std::string_view file;  ///< its name in the report folder
    std::string (*render)(report::Matrix const&, report::CompareOptions const&);
};

std::string as_text(report::Matrix const& matrix, report::CompareOptions const& options) {
    return report::matrix_text(matrix, options);
}

constexpr std::array matrix_formats{MatrixFormat{"html", "compare.html", report::matrix_html},
                                    MatrixFormat{"md", "compare.md", report::matrix_markdown},
                                    MatrixFormat{"csv", "compare.csv", report::matrix_csv},
                                    MatrixFormat{"json", "compare.json", report::matrix_json},
                                    MatrixFormat{"text", "compare.txt", as_text}};

}  // namespace

CompareOutputs::CompareOutputs(Values const& values) {
    options_.view = report::names::view.find(values.text("only"));
    options_.by_case = values.text("rows", "case") == "case";
    options_.markdown_limit = values.number("md-limit", report::markdown_limit);
    options_.tool_version = tool_version;
    options_.tool_commit = tool_commit;
    auto const folder = values.text("report-dir", "wsproof-report");
    for (auto const& words : values.list("report"))
        if (words != "none") outputs_.push_back(output_of(words, folder));
    if (std::ranges::count(outputs_, "-", &Output::path) > 1)
        throw UsageError("--report: only one report can go to standard output (=-)");
}

CompareOutputs::Output CompareOutputs::output_of(std::string const& words,
                                                 std::string const& folder) {
    auto const name = words.substr(0, words.find('='));
    auto const* const known = std::ranges::find(matrix_formats, name, &MatrixFormat::name);
    if (known == matrix_formats.end()) {
        std::vector<std::string> names;
        for (auto const& format : matrix_formats) names.emplace_back(format.name);
        throw UsageError(fmt::format("--report: a comparison has no format '{}': write one of {}",
                                     name, fmt::join(names, ", ")));
    }
    Output output{.render = known->render};
    output.path = path_of_report(words, folder, known->file);
    return output;
}

std::optional<std::string> CompareOutputs::trouble() const {
    for (auto const& output : outputs_)
        if (output.path != "-")
            if (auto words = try_place(output.path)) return words;
    return std::nullopt;
}

std::vector<std::string> CompareOutputs::write(report::Matrix const& matrix,
                                               Terminal& terminal) const {
    std::vector<std::string> failures;
    for (auto const& output : outputs_) {
        auto const text = output.render(matrix, options_);
        if (output.path == "-") {
            if (!terminal.document(text)) failures.emplace_back("cannot write standard output");
        } else if (auto words = write_file(output.path, text)) {
            failures.push_back(*std::move(words));
        }
    }
    return failures;
}

bool CompareOutputs::takes_stdout() const {
    return std::ranges::find(outputs_, "-", &Output::path) != outputs_.end();
}

}  // namespace wsproof::cli
