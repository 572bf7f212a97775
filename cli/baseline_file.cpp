#include "cli/baseline_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/outputs.hpp"
#include "cli/toml.hpp"
#include "harness/run/nearest.hpp"

namespace wsproof::cli {
namespace {

using Names = std::vector<std::string>;

class BaselineReader {
public:
    BaselineReader(std::string const& path, std::string const& text) {
        file_.path = path;
        file_.text = text;
    }

    BaselineFile read() {
        auto const table = toml::parse(file_.text);
        only_keys(table, {"format", "suite", "judged", "known"}, "the file");
        auto const* const format = table.get("format");
        if (format == nullptr || format->value<std::int64_t>() != 1)
            wrong(format == nullptr ? 1 : line_of(*format),
                  "format: this version reads format = 1");
        if (auto const* const judged = table.get("judged")) read_judged(*judged);
        if (auto const* const known = table.get("known")) read_known(*known);
        return std::move(file_);
    }

private:
    template <class Node>
    static std::size_t line_of(Node const& node) {
        return node.source().begin.line;
    }

    [[noreturn]] void wrong(std::size_t line, std::string const& words) const {
        throw UsageError(fmt::format("{}:{}: {}", file_.path, line, words));
    }

    void only_keys(toml::table const& table, Names const& known, std::string_view where) const {
        for (auto const& [key, node] : table) {
            auto const name = std::string(key.str());
            if (std::ranges::find(known, name) != known.end()) continue;
            auto const near = run::nearest(name, known);
            wrong(line_of(key),
                  fmt::format("unknown key '{}' in {}{}", name, where,
                              near.empty() ? fmt::format("; it may have {}", fmt::join(known, ", "))
                                           : fmt::format(": did you mean '{}'?", near)));
        }
    }

    void read_judged(toml::node const& node) {
        auto const* const table = node.as_table();
        if (table == nullptr || table->is_inline())
            wrong(line_of(node), "judged: expected a section [judged]");
        file_.judged_header = line_of(node);
        for (auto const& [target, count] : *table) {
            auto const number = count.value<std::int64_t>();
            if (!number || *number < 0)
                wrong(line_of(count), "expected TARGET = N, a number of cases");
            file_.judged[std::string(target.str())] = {static_cast<std::size_t>(*number),
                                                       line_of(count)};
        }
    }

    void read_known(toml::node const& node) {
        auto const* const list = node.as_array();
        if (list == nullptr) wrong(line_of(node), "known: expected [[known]] sections");
        for (auto const& element : *list) {
            auto const* const table = element.as_table();
            if (table == nullptr || table->is_inline())
                wrong(line_of(element), "known: expected [[known]] sections");
            read_entry(*table);
        }
    }

    void read_entry(toml::table const& table) {
        only_keys(table, {"target", "case", "signature", "why", "until"}, "[[known]]");
        LineSpan place{line_of(table), line_of(table)};
        for (auto const& [key, node] : table)
            place.last = std::max<std::size_t>(place.last, node.source().end.line);
        report::KnownFailure entry{.target = word(table, "target"),
                                   .subject = word(table, "case"),
                                   .signature = word(table, "signature"),
                                   .why = word(table, "why"),
                                   .until = day(table),
                                   .line = place.first};
        if (entry.subject.empty() || entry.signature.empty() || entry.why.empty())
            wrong(place.first, "[[known]] needs case, signature and why");
        file_.entries.push_back(std::move(entry));
        file_.places.push_back(place);
    }

    std::string word(toml::table const& table, std::string_view key) const {
        auto const* const node = table.get(key);
        if (node == nullptr) return {};
        if (!node->is_string()) wrong(line_of(*node), fmt::format("{}: expected a string", key));
        return node->as_string()->get();
    }

    std::string day(toml::table const& table) const {
        auto const* const node = table.get("until");
        if (node == nullptr) return {};
        auto const* const date = node->as_date();
        if (date == nullptr)
            wrong(line_of(*node), "until: expected a day without quotes, such as 2027-03-01");
        auto const& [year, month, day] = date->get();
        return fmt::format("{:04}-{:02}-{:02}", year, month, day);
    }

    BaselineFile file_ = {};
};

}  // namespace

BaselineFile parse_baseline(std::string const& path, std::string const& text) {
    try {
        return BaselineReader(path, text).read();
    } catch (toml::parse_error const& error) {
        throw UsageError(
            fmt::format("{}:{}: {}", path, error.source().begin.line, error.description()));
    }
}

report::Baseline BaselineFile::baseline_for(std::string const& target) const {
    auto const count = judged.find(target);
    return {.path = path,
            .entries = entries,
            .judged = count == judged.end() ? 0 : count->second.count};
}

std::optional<BaselineFile> baseline_file_of(Values const& values) {
    auto const path = values.text("baseline");
    if (path.empty()) return std::nullopt;
    auto const text = read_file(path);
    if (!text)
        throw UsageError(
            fmt::format("{}: the baseline {} cannot be read; `wsproof baseline "
                        "update` writes one",
                        values.find("baseline")->place, path));
    return parse_baseline(path, *text);
}

std::optional<report::Baseline> baseline_of(Values const& values, std::string const& target) {
    auto const file = baseline_file_of(values);
    if (!file) return std::nullopt;
    auto baseline = file->baseline_for(target);
    baseline.strict = values.flag("strict-baseline");
    baseline.allow_fewer = values.flag("allow-fewer");
    return baseline;
}

std::string warning_of(report::Baseline const& baseline) {
    auto const words = report::unexplained_words(baseline);
    return words.empty() ? words
                         : fmt::format("wsproof: {}: {}: write the reason in place of {}\n",
                                       baseline.path, words, report::no_reason);
}

}  // namespace wsproof::cli
