#include "cli/outputs.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "cli/autobahn_output.hpp"
#include "harness/run/nearest.hpp"
#include "reports/brief/brief.hpp"
#include "reports/html/page.hpp"
#include "reports/journal.hpp"
#include "reports/pcap/pcap.hpp"
#include "reports/tests/tests.hpp"
#include "reports/text.hpp"

namespace wsproof::cli {
namespace {

struct Format {
    std::string_view name;
    Output::Format format;
    std::string_view file;  ///< its name in the report folder
};

constexpr std::array formats{
    Format{"json", Output::Format::json, "report.json"},
    Format{"html", Output::Format::html, "report.html"},
    Format{"text", Output::Format::text, "report.txt"},
    Format{"sarif", Output::Format::sarif, "report.sarif"},
    Format{"junit", Output::Format::junit, "junit.xml"},
    Format{"tap", Output::Format::tap, "report.tap"},
    Format{"ctrf", Output::Format::ctrf, "ctrf-report.json"},
    Format{"md", Output::Format::markdown, "report.md"},
    Format{"csv", Output::Format::csv, "report.csv"},
    Format{"badge", Output::Format::badge, "badge.svg"},
    Format{"metrics", Output::Format::metrics, "metrics.txt"},
    Format{"ndjson", Output::Format::ndjson, "report.ndjson"},
    Format{"codequality", Output::Format::code_quality, "gl-code-quality-report.json"},
    Format{"teamcity", Output::Format::teamcity, "teamcity.txt"},
    Format{"pcapng", Output::Format::pcapng, "report.pcapng"},
    Format{"autobahn", Output::Format::autobahn, "autobahn"}};

[[noreturn]] void refuse_format(std::string const& name) {
    auto const known = format_names();
    auto const near = run::nearest(name, known);
    auto const cure = near.empty() ? fmt::format("write one of {}", fmt::join(known, ", "))
                                   : fmt::format("did you mean {}?", near);
    throw UsageError(fmt::format("--report: there is no format '{}': {}", name, cure));
}

Output output_of(std::string const& words, std::string const& folder) {
    auto const name = words.substr(0, words.find('='));
    auto const* const known = std::ranges::find(formats, name, &Format::name);
    if (known == formats.end()) refuse_format(name);
    Output output{.format = known->format};
    output.path = path_of_report(words, folder, known->file);
    if (output.format == Output::Format::autobahn && output.path == "-")
        throw UsageError("--report: autobahn writes a folder, which standard output cannot be");
    return output;
}

/// The file by which it can be seen whether an output could be written.
std::string file_of(Output const& output) {
    if (output.format != Output::Format::autobahn) return output.path;
    return (std::filesystem::path(output.path) / "index.json").string();
}

/// "out/report" of "out/report.html".
std::string stem_of(std::string const& path) {
    return path.ends_with(".html") ? path.substr(0, path.size() - 5) : path;
}

report::Assets assets_of(Values const& values) {
    auto const words = values.text("html-assets", "inline");
    if (words == "none") return report::Assets::none;
    return words == "external" ? report::Assets::external : report::Assets::inlined;
}

/// PATH or PATH:LINE of --sarif-location.
report::SarifLocation location_of(Values const& values) {
    report::SarifLocation location;
    auto const* const given = values.find("sarif-location");
    if (given == nullptr) return location;
    auto const& words = given->words.back();
    auto const colon = words.rfind(':');
    auto const line =
        colon == std::string::npos ? std::nullopt : parse_number(words.substr(colon + 1));
    location.path = line ? words.substr(0, colon) : words;
    location.line = line.value_or(1);
    if (location.path.empty() || location.path.starts_with('/') || location.line == 0)
        throw UsageError(fmt::format(
            "{}: '{}' is no place in the repository: write PATH or PATH:LINE, relative to its root",
            given->place, words));
    return location;
}

}  // namespace

std::string path_of_report(std::string const& words, std::string const& folder,
                           std::string_view file) {
    auto const equals = words.find('=');
    if (equals == std::string::npos) return (std::filesystem::path(folder) / file).string();
    auto path = words.substr(equals + 1);
    if (path.empty())
        throw UsageError(fmt::format("--report: '{}' has no path behind its =", words));
    return path;
}

std::vector<std::string> format_names() {
    std::vector<std::string> names{"none"};
    for (auto const& format : formats) names.emplace_back(format.name);
    return names;
}

Outputs::Outputs(Values const& values, bool by_default)
    : folder_(values.text("report-dir", "wsproof-report")) {
    auto words = values.list("report");
    asked_for_ = values.is_set("report") || values.is_set("report-dir");
    if (words.empty() && by_default) words = {"html", "json"};
    for (auto const& word : words)
        if (word != "none") outputs_.push_back(output_of(word, folder_));
    if (std::ranges::count(outputs_, "-", &Output::path) > 1)
        throw UsageError("--report: only one report can go to standard output (=-)");
    auto const keep = values.text("keep-transcripts", "failed");
    if (keep == "all") keep_ = report::KeepTranscripts::all;
    if (keep == "none") keep_ = report::KeepTranscripts::none;
    location_ = location_of(values);
    assets_ = assets_of(values);
    if (assets_ == report::Assets::external)
        for (auto const& output : outputs_)
            if (output.format == Output::Format::html && output.path == "-")
                throw UsageError(
                    "--html-assets: nothing can stand beside standard output: give html a PATH, or "
                    "choose inline or none");
    markdown_limit_ = values.number("md-limit", report::markdown_limit);
    constexpr std::size_t least_markdown = 1000;  // bytes, for what stands above the tests
    if (markdown_limit_ < least_markdown)
        throw UsageError(fmt::format("--md-limit: {} bytes are too few: give {} at least",
                                     markdown_limit_, least_markdown));
    journal_ = values.text("journal");
    bool const no_files = std::ranges::find(words, "none") != words.end();
    if (journal_ == "none")
        journal_.clear();
    else if (journal_.empty() && by_default && !no_files)
        journal_ = (std::filesystem::path(folder_) / "journal.ndjson").string();
}

std::optional<std::string> Outputs::trouble() const {
    for (auto const& output : outputs_) {
        if (output.path == "-") continue;
        if (auto words = try_place(file_of(output))) return words;
        if (output.format != Output::Format::html || assets_ != report::Assets::external) continue;
        for (auto const* const ending : {".css", ".js"})
            if (auto words = try_place(stem_of(output.path) + ending)) return words;
    }
    if (!journal_.empty()) return try_place(journal_);
    return std::nullopt;
}

std::vector<std::string> Outputs::write(report::Report const& report, Terminal& terminal) const {
    std::vector<std::string> failures;
    for (auto const& output : outputs_) {
        if (output.format == Output::Format::autobahn) {
            auto const words = write_autobahn_of(output, report);
            failures.insert(failures.end(), words.begin(), words.end());
            continue;
        }
        auto const text = render(output, report, terminal);
        if (output.path == "-") {
            if (!terminal.document(text)) failures.emplace_back("cannot write standard output");
            continue;
        }
        auto const words = write_files(output, text);
        failures.insert(failures.end(), words.begin(), words.end());
    }
    return failures;
}

std::vector<std::string> Outputs::write_files(Output const& output, std::string const& text) const {
    std::vector<std::string> failures;
    auto const write = [&](std::string const& path, std::string_view content) {
        if (auto words = write_file(path, content)) failures.push_back(*std::move(words));
    };
    if (output.format == Output::Format::html && assets_ == report::Assets::external) {
        // Before the page, which needs them.
        write(stem_of(output.path) + ".css", report::report_style_sheet());
        write(stem_of(output.path) + ".js", report::report_script_file());
    }
    write(output.path, text);
    return failures;
}

std::string Outputs::render(Output const& output, report::Report const& report,
                            Terminal const& terminal) const {
    switch (output.format) {
        case Output::Format::json:
            return report::write_json(report, keep_);
        case Output::Format::html:
            // The page is made from the JSON alone: what is not in the one is not in the other.
            return report::html_page(
                report::read_json(report::write_json(report, keep_)), assets_,
                std::filesystem::path(stem_of(output.path)).filename().string());
        case Output::Format::text:
            return report::text(report, {.ascii = terminal.text_options().ascii,
                                         .verbosity = terminal.text_options().verbosity});
        case Output::Format::sarif:
            return report::sarif(report, location_);
        case Output::Format::junit:
            return report::junit(report);
        case Output::Format::tap:
            return report::tap(report);
        case Output::Format::ctrf:
            return report::ctrf(report);
        case Output::Format::markdown:
            return report::markdown(report, markdown_limit_);
        case Output::Format::csv:
            return report::csv(report);
        case Output::Format::badge:
            return output.path.ends_with(".json") ? report::badge_json(report)
                                                  : report::badge_svg(report);
        case Output::Format::metrics:
            return report::metrics(report);
        case Output::Format::ndjson:
            return report::ndjson(report, keep_);
        case Output::Format::code_quality:
            return report::code_quality(report, location_);
        case Output::Format::teamcity:
            return report::teamcity(report);
        case Output::Format::pcapng:
            return report::pcapng(report);
        case Output::Format::autobahn:
            break;  // a folder
    }
    return {};
}

std::vector<std::string> Outputs::write_autobahn_of(Output const& output,
                                                    report::Report const& report) const {
    auto const page = std::ranges::find(outputs_, Output::Format::html, &Output::format);
    bool const has_page = page != outputs_.end() && page->path != "-";
    report::autobahn::Agent const agent{
        .name = report::autobahn::agent_name(report),
        .report = &report,
        .page = has_page ? seen_from(output.path, page->path) : std::string()};
    return write_autobahn(output.path, {&agent, 1});
}

void Outputs::leave_out_autobahn() {
    std::erase_if(outputs_,
                  [](Output const& output) { return output.format == Output::Format::autobahn; });
}

std::vector<std::string> Outputs::autobahn_folders() const {
    std::vector<std::string> folders;
    for (auto const& output : outputs_)
        if (output.format == Output::Format::autobahn) folders.push_back(output.path);
    return folders;
}

bool Outputs::takes_stdout() const {
    return std::ranges::find(outputs_, "-", &Output::path) != outputs_.end();
}

void Outputs::drop_files() {
    std::erase_if(outputs_, [](Output const& output) { return output.path != "-"; });
    journal_.clear();
}

std::vector<std::string> Outputs::paths() const {
    std::vector<std::string> paths;
    for (auto const& output : outputs_)
        if (output.path != "-") paths.push_back(output.path);
    return paths;
}

}  // namespace wsproof::cli
