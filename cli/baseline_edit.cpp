#include "cli/baseline_edit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "build_info.hpp"
#include "cli/toml_text.hpp"
#include "reports/json_result.hpp"

namespace wsproof::cli {
namespace {

using TextLines = std::vector<std::string>;

TextLines split(std::string const& text) {
    TextLines lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::string as_text(TextLines const& lines) {
    std::string text;
    for (auto const& line : lines) text += line + "\n";
    return text;
}

bool is_blank(std::string const& line) {
    return line.find_first_not_of(" \t\r") == std::string::npos;
}

bool is_comment(std::string const& line) {
    auto const at = line.find_first_not_of(" \t");
    return at != std::string::npos && line[at] == '#';
}

/// Replaces the number where there is one, so that a comment behind it stays.
void set_judged(TextLines& lines, BaselineFile const& file, std::string const& target,
                std::size_t count) {
    auto const entry = fmt::format("{} = {}", toml_key(target), count);
    auto const known = file.judged.find(target);
    if (known != file.judged.end()) {
        auto& line = lines[known->second.line - 1];
        auto const comment = line.find('#', line.find('='));
        line = comment == std::string::npos ? entry : entry + "   " + line.substr(comment);
    } else if (file.judged_header != 0) {
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(file.judged_header), entry);
    } else {
        lines.insert(lines.end(),
                     {"", "[judged]   # cases; 2 % fewer and a run is incomplete", entry});
    }
}

std::string entry_text(std::string const& target, report::Unexcused const& failure) {
    return fmt::format(
        "\n[[known]]\ntarget    = {}\ncase      = {}\nsignature = {}\nwhy       = {}\n",
        toml_text(target), toml_text(failure.subject), toml_text(failure.signature),
        toml_text(report::no_reason));
}

/// Where an entry is removed: with the comment above it and the blank line before that.
LineSpan with_comment(TextLines const& lines, LineSpan place) {
    while (place.first > 1 && is_comment(lines[place.first - 2])) --place.first;
    if (place.first > 1 && is_blank(lines[place.first - 2])) --place.first;
    return place;
}

}  // namespace

std::string empty_baseline() {
    return fmt::format(
        "# written by `wsproof baseline update`; edit the notes freely\nformat = 1\nsuite  = {}\n",
        toml_text(suite_version));
}

std::string with_failures(BaselineFile const& file, report::Report const& report) {
    auto const target = report::target_id(report);
    auto lines = split(file.text);
    if (!report.fuzzing) set_judged(lines, file, target, report::judged_results(report));
    auto text = as_text(lines);
    for (auto const& failure : report::unexcused_of(report)) text += entry_text(target, failure);
    return text;
}

std::string without_outdated(BaselineFile const& file, report::Baseline const& held) {
    std::set<std::size_t> outdated;
    for (auto const& entry : held.entries)
        if (entry.fate == report::Fate::fixed || entry.fate == report::Fate::stale)
            outdated.insert(entry.line);
    auto const lines = split(file.text);
    std::set<std::size_t> removed;
    for (auto const& place : file.places) {
        if (!outdated.contains(place.first)) continue;
        auto const [first, last] = with_comment(lines, place);
        for (auto line = first; line <= last; ++line) removed.insert(line);
    }
    TextLines kept;
    for (std::size_t n = 0; n < lines.size(); ++n)
        if (!removed.contains(n + 1)) kept.push_back(lines[n]);
    return as_text(kept);
}

}  // namespace wsproof::cli
