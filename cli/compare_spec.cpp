#include "cli/compare_spec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "build_info.hpp"
#include "cli/autobahn_spec.hpp"
#include "cli/exit_code.hpp"
#include "cli/files.hpp"
#include "cli/reports.hpp"
#include "cli/selection.hpp"
#include "cli/signals.hpp"
#include "cli/target.hpp"
#include "cli/test_run.hpp"
#include "reports/autobahn/autobahn.hpp"
#include "reports/json.hpp"
#include "reports/names.hpp"
#include "reports/redact.hpp"
#include "reports/text.hpp"

namespace wsproof::cli {
namespace {

std::string spec_text(std::string const& path) {
    auto text = read_file(path);
    if (!text) throw UsageError(fmt::format("{}: the spec cannot be read", path));
    if (is_autobahn_spec(path, *text))
        throw UsageError(
            fmt::format("{0}: a spec of Autobahn; `wsproof init --from {0}` makes a file of it "
                        "that --spec takes",
                        path));
    return *std::move(text);
}

/// What a report says of how it came about, in words that are the same in memory and on paper.
std::vector<std::string> circumstances(report::Report const& report) {
    report::Redactor const redactor(report);
    auto const& target = report.target;
    auto words = redactor.arguments(target.options);
    for (auto const& field : redactor.headers(report.setting.headers))
        words.push_back(field.name + ": " + field.value);
    for (auto const* const list : {&report.run.selection, &target.libraries,
                                   &report.setting.subprotocols, &report.setting.opening_messages})
        for (auto const& word : *list) words.push_back(redactor.text(word));
    for (auto const& word :
         {redactor.text(target.spawn.empty() ? target.url : target.spawn), target.name,
          report.tool_version, report.tool_commit, report.suite_digest, report.run.profile,
          report.run.delivery, std::string(report.run.strict ? "strict" : ""),
          std::string(report::names::depth.of(report.setting.depth)),
          fmt::format("{} {}", report.run.seed, report.run.time_scale)})
        words.push_back(word);
    return words;
}

/// Nothing when there is none, or something else: it will be replaced.
std::optional<report::Report> report_in(std::string const& file) {
    try {
        return read_report(file);
    } catch (UsageError const&) {
        return std::nullopt;
    }
}

}  // namespace

CompareSpec::CompareSpec(Invocation const& invocation, Environment const& environment)
    : invocation_(invocation), environment_(environment) {
    auto const& values = invocation.values;
    auto const path = values.text("spec");
    auto const text = spec_text(path);
    auto const names = target_names(path, text);
    if (names.empty())
        throw UsageError(fmt::format(
            "{}: there is no target: give each implementation a section [target.NAME] with its "
            "url or spawn",
            path));
    std::set<std::string> parts;
    for (auto const& name : names) {
        auto part = report::autobahn::file_name_part(name);
        for (int n = 2; !parts.insert(part).second; ++n)
            part = fmt::format("{}_{}", report::autobahn::file_name_part(name), n);
        auto const folder =
            std::filesystem::path(values.text("report-dir", "wsproof-report")) / "compare";
        entries_.push_back(entry(path, text, name, (folder / (part + ".json")).string()));
    }
    if (auto const wanted = values.list("columns"); !wanted.empty())
        std::erase_if(entries_, [&](Entry const& one) {
            return std::ranges::find(wanted, one.name) == wanted.end();
        });
}

std::vector<std::string> CompareSpec::names() const {
    std::vector<std::string> names;
    for (auto const& one : entries_) names.push_back(one.name);
    return names;
}

CompareSpec::Entry CompareSpec::entry(std::string const& path, std::string const& text,
                                      std::string const& name, std::string const& file) const {
    Entry entry{.name = name, .invocation = invocation_, .file = file};
    entry.invocation.verb = Verb::test;
    auto& values = entry.invocation.values;
    values.positionals.clear();
    auto const set = [&](std::string_view option, std::string word) {
        values.set(option, {.words = {std::move(word)}, .source = Source::flag, .place = path});
    };
    set("target", name);
    set("quiet", "yes");
    set("report", "none");
    set("journal", std::filesystem::path(file).replace_extension("ndjson").string());
    try {
        entry.config = read_config(path, text, entry.invocation, environment_);
        entry.name = Target(entry.invocation, entry.config).name();
    } catch (UsageError const& error) {
        if (std::string_view(error.what()).starts_with(path)) throw;
        throw UsageError(fmt::format("{}: [target.{}]: {}", path, name, error.what()));
    }
    return entry;
}

int CompareSpec::measure(Terminal& terminal, Take const& take) const {
    std::size_t unreached = 0;
    int worst = exit_code::ok;
    for (std::size_t at = 0; at < entries_.size(); ++at) {
        auto const& one = entries_[at];
        terminal.remark(
            fmt::format("[{}/{}] {}\n", at + 1, entries_.size(), report::printable(one.name)));
        auto const code = measure(one, terminal, take);
        if (signal_received() != 0) return exit_code::signal_base + signal_received();
        if (code == exit_code::unreachable) ++unreached;
        if (code != exit_code::ok) worst = exit_code::incomplete;
    }
    return unreached == entries_.size() && unreached != 0 ? exit_code::unreachable : worst;
}

/// Returns 0 when everything was played, whatever came of it.
int CompareSpec::measure(Entry const& entry, Terminal& terminal, Take const& take) const {
    auto const tell = [&](report::Report const& report, std::string_view words) {
        terminal.remark(fmt::format("    {}{}", words, report::text(report, {.verbosity = -1})));
    };
    if (auto report = finished(entry)) {
        tell(*report, "measured before: ");
        take({.name = entry.file, .report = *std::move(report)});
        return exit_code::ok;
    }
    int code = exit_code::incomplete;
    TestContext context{.config = entry.config, .is_silent = true};
    context.keep = [&](report::Report const& report) {
        using run::State;
        bool const unreachable = report.run.state == State::unreachable;
        if (report.run.state == State::complete) code = exit_code::ok;
        if (unreachable) code = exit_code::unreachable;
        if (!unreachable) tell(report, "");
        if (auto const words = write_file(entry.file, report::write_json(report))) {
            terminal.remark(fmt::format("wsproof: {}\n", *words));
            code = exit_code::graver(code, exit_code::incomplete);
        }
        take({.name = entry.file, .report = report});
    };
    auto invocation = entry.invocation;
    static_cast<void>(test_target(invocation, environment_, std::move(context)));
    return code;
}

/// The report of an earlier run, if --resume asks for it and everything but its results is as it
/// would be now.
std::optional<report::Report> CompareSpec::finished(Entry const& entry) const {
    if (!invocation_.values.flag("resume")) return std::nullopt;
    auto report = report_in(entry.file);
    if (!report) return std::nullopt;
    auto const& values = entry.invocation.values;
    Target const target(entry.invocation, entry.config);
    report::Report now;
    now.tool_version = tool_version;
    now.tool_commit = tool_commit;
    now.suite_digest = load_cases(values).digest;
    now.target = target.info();
    now.setting = target.setting();
    now.run.selection = expressions_of(values);
    now.run.profile = values.text("profile", "default");
    now.run.seed = target.setting().run_seed;
    now.run.delivery = report::names::delivery.of(target.setting().delivery);
    now.run.strict = target.setting().strict;
    now.run.time_scale = target.setting().time_scale;
    bool const fits =
        report->run.state == run::State::complete && circumstances(*report) == circumstances(now);
    return fits ? std::move(report) : std::nullopt;
}

}  // namespace wsproof::cli
