#include <fmt/format.h>

#include "reports/compare/compare.hpp"
#include "reports/compare/words.hpp"
#include "reports/json_head.hpp"
#include "reports/redact.hpp"

namespace wsproof::report {
namespace {

constexpr std::string_view compare_name = "wsproof-compare";
constexpr std::string_view compare_version = "1.0";
constexpr std::string_view compare_schema = "https://wsproof.example/schema/compare-1.json";

Json counts_json(Tally const& tally) {
    Json counts = Json::object();
    for (auto const& [verdict, count] : tally) counts[std::string(play::name_of(verdict))] = count;
    return counts;
}

Json by_level(Matrix const& matrix, std::size_t column, std::string_view folder) {
    Json levels = Json::object();
    for (auto const level : {script::Level::must, script::Level::should, script::Level::may})
        levels[std::string(names::level.of(level))] =
            counts_json(matrix.tally(column, level, folder));
    return levels;
}

Json sections_json(Matrix const& matrix, std::size_t column) {
    Json sections = Json::object();
    for (auto const& folder : matrix.folders()) sections[folder] = by_level(matrix, column, folder);
    return sections;
}

Json changes_json(Matrix const& matrix, std::size_t column) {
    auto const changes = changes_of(matrix, column);
    auto const ids = [&](std::vector<std::size_t> const& rows) {
        auto list = Json::array();
        for (auto const at : rows) list.push_back(matrix.rows[at].id);
        return list;
    };
    return {{"better", ids(changes.better)}, {"worse", ids(changes.worse)}};
}

Json column_json(Matrix const& matrix, std::size_t at) {
    auto const& column = matrix.columns[at];
    Redactor const redactor(column.head);
    auto limits = Json::array();
    for (auto const& limit : column.limits)
        limits.push_back({{"limit", limit.words}, {"number", limit.number}, {"unit", limit.unit}});
    Json json{{"name", column.name},
              {"file", column.file},
              {"version", version_of(column)},
              {"state", names::state.of(column.head.run.state)},
              {"tool", tool_json(column.head)},
              {"run", run_json(column.head, redactor)},
              {"target", targets_json(column.head, redactor).front()},
              {"summary", by_level(matrix, at, {})},
              {"sections", sections_json(matrix, at)},
              {"limits", std::move(limits)},
              {"rerun", column.rerun}};
    if (matrix.previous) json["changes"] = changes_json(matrix, at);
    return json;
}

Json cell_json(Cell const& cell) {
    Json json{{"verdict", play::name_of(*cell.verdict)}};
    if (!cell.words.empty()) json["words"] = cell.words;
    if (!cell.expected.empty()) json["expected"] = cell.expected;
    if (!cell.sent.empty()) json["sent"] = cell.sent;
    if (!cell.got.empty()) json["got"] = cell.got;
    if (cell.lacks) json["lacks"] = true;
    return json;
}

Json row_json(Matrix const& matrix, Row const& row) {
    Json results = Json::object();
    for (std::size_t at = 0; at < row.cells.size(); ++at)
        if (row.cells[at].verdict) results[matrix.columns[at].name] = cell_json(row.cells[at]);
    auto const alone = alone_in(row);
    return {{"id", row.id},
            {"kind", row.is_case ? row.is_limit ? "limit" : "case" : "standing-rule"},
            {"title", row.title},
            {"rule", row.rule},
            {"level", names::level.of(row.level)},
            {"section", row.folder},
            {"rfc", {{"doc", row.document}, {"section", row.section}}},
            {"steps", row.steps ? Json(*row.steps) : Json(nullptr)},
            {"differs", is_in(View::differs, matrix, row)},
            {"alone", alone ? Json(matrix.columns[*alone].name) : Json(nullptr)},
            {"results", std::move(results)}};
}

Json clusters_json(Matrix const& matrix) {
    auto const clusters = clusters_of(matrix);
    auto groups = Json::array();
    for (std::size_t at = 0; at < clusters.groups.size(); ++at) {
        auto members = Json::array();
        for (auto const column : clusters.groups[at])
            members.push_back(matrix.columns[column].name);
        groups.push_back({{"name", cluster_name(at)}, {"columns", std::move(members)}});
    }
    auto splits = Json::array();
    for (auto const& split : clusters.splits) {
        auto const& row = matrix.rows[split.row];
        auto const one = cluster_name(split.one);
        auto const other = cluster_name(split.other);
        Json const verdicts{{one, words_of(row.cells[clusters.groups[split.one].front()])},
                            {other, words_of(row.cells[clusters.groups[split.other].front()])}};
        splits.push_back({{"between", {one, other}},
                          {"case", row.id},
                          {"steps", row.steps ? Json(*row.steps) : Json(nullptr)},
                          {"verdicts", verdicts}});
    }
    return {{"common_cases", clusters.common},
            {"groups", std::move(groups)},
            {"splits", std::move(splits)}};
}

std::string dumped(Json const& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// A line an element, so that a big matrix is never held twice and `diff` can read it.
template <class Range, class ToJson>
void put_array(std::string& to, std::string_view name, Range const& range, ToJson const& json_of) {
    to += fmt::format(" \"{}\": [", name);
    bool first = true;
    for (auto const& element : range) {
        to += first ? "\n  " : ",\n  ";
        first = false;
        to += dumped(json_of(element));
    }
    to += first ? "],\n" : "\n ],\n";
}

}  // namespace

std::string matrix_json(Matrix const& matrix, CompareOptions const& options) {
    auto const view = options.view_for_programs();
    std::string text = "{\n";
    auto const field = [&](std::string_view name, Json const& value) {
        text += fmt::format(" \"{}\": {},\n", name, dumped(value));
    };
    field("$schema", compare_schema);
    field("format", {{"name", compare_name}, {"version", compare_version}});
    field(
        "tool",
        {{"name", "wsproof"}, {"version", options.tool_version}, {"commit", options.tool_commit}});
    field("view", names::view.of(view));
    field("reference",
          matrix.reference ? Json(matrix.columns[*matrix.reference].name) : Json(nullptr));
    if (matrix.previous) field("previous", Json(matrix.previous->file));
    field("warnings", Json(matrix.warnings));
    std::vector<std::size_t> columns;
    for (std::size_t at = 0; at < matrix.columns.size(); ++at) columns.push_back(at);
    put_array(text, "columns", columns, [&](auto at) { return column_json(matrix, at); });
    put_array(text, "rows", rows_in(matrix, view),
              [&](Row const* row) { return row_json(matrix, *row); });
    text += fmt::format(" \"clusters\": {}\n}}\n", dumped(clusters_json(matrix)));
    return text;
}

}  // namespace wsproof::report
