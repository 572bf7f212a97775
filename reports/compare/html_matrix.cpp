#include "reports/compare/html_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/compare/words.hpp"
#include "reports/html/parts.hpp"
#include "reports/paint.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

/// The class of a cell: its colour, and what the script goes by.
std::string_view class_of(Cell const& cell) {
    if (!cell.verdict) return "a";
    constexpr std::array<std::string_view, 7> classes{"p", "l", "f", "n", "s", "q", "b"};
    return classes[static_cast<std::size_t>(*cell.verdict)];
}

std::string sign_of(Cell const& cell) {
    return cell.verdict ? Paint(false, false).sign(*cell.verdict) : std::string(absent_sign);
}

class MatrixTable {
public:
    MatrixTable(Html& html, Matrix const& matrix) : html_(html), matrix_(matrix) {}

    void put() {
        auto const section = html_.in("section", {{"id", "matrix"}});
        html_.put("h2", "Case by case");
        put_tools();
        {
            auto const scroll =
                html_.in("div", {{"class", "matrix"},
                                 {"role", "region"},
                                 {"aria-label", "Matrix of cases and implementations"},
                                 {"tabindex", "0"}});
            auto const table = html_.in(
                "div", {{"class", "table"}, {"role", "table"}, {"aria-label", "Verdicts"}});
            put_heads();
            put_totals();
            for (auto const& [from, to] : groups()) put_group(from, to);
        }
        put_signs();
    }

private:
    /// Shown by the script, for they do nothing without it.
    void put_tools() {
        auto const tools = html_.in("div", {{"class", "tools"}, {"id", "tools"}, {"hidden", ""}});
        html_.lone("input", {{"id", "filter"},
                             {"type", "search"},
                             {"aria-label", "Filter the cases"},
                             {"placeholder", "filter: words of an id; -word: without it"}});
        for (auto const& [view, name] : names::view.rows)
            if (view != View::reference_fails)
                html_.put("button",
                          {{"type", "button"},
                           {"data-view", name},
                           {"title", title_of(view)},
                           {"aria-pressed", view == View::all ? "true" : "false"}},
                          name);
        put_select("level", "Level", {"must", "should", "may"}, "any level");
        std::vector<std::string> columns;
        for (auto const& column : matrix_.columns) columns.push_back(column.name);
        put_select("reference", "Reference", columns, "no reference");
        // Chosen by choosing a reference.
        html_.put("button",
                  {{"type", "button"},
                   {"data-view", names::view.of(View::reference_fails)},
                   {"title", title_of(View::reference_fails)},
                   {"aria-pressed", "false"}},
                  names::view.of(View::reference_fails));
        html_.put("span", {{"id", "shown"}, {"role", "status"}}, "");
    }

    void put_select(std::string_view id, std::string_view name,
                    std::vector<std::string> const& values, std::string_view none) {
        auto const select = html_.in("select", {{"id", id}, {"aria-label", name}});
        html_.put("option", {{"value", ""}}, none);
        for (auto const& value : values) html_.put("option", {{"value", value}}, value);
    }

    void put_heads() {
        auto const group = html_.in("div", {{"class", "heads"}, {"role", "rowgroup"}});
        auto const row = html_.in("div", {{"role", "row"}});
        html_.put("span", {{"class", "corner"}, {"role", "columnheader"}},
                  "MUST passed, and cases");
        for (auto const& column : matrix_.columns)
            html_.put("span", {{"role", "columnheader"}}, column.name);
    }

    using RowAt = std::vector<Row>::const_iterator;
    struct Group {
        RowAt from;
        RowAt to;
    };

    /// By folder; what nobody has played comes last.
    std::vector<Group> groups() const {
        std::vector<Group> groups;
        auto const& rows = matrix_.rows;
        for (auto from = rows.begin(); from != rows.end(); from = groups.back().to)
            groups.push_back({from, std::find_if(from, rows.end(), [&](Row const& row) {
                                  return row.folder != from->folder;
                              })});
        std::ranges::stable_partition(groups, [](Group const& group) {
            return std::any_of(group.from, group.to, [](Row const& row) {
                return std::ranges::any_of(row.cells, &Cell::is_judged);
            });
        });
        return groups;
    }

    void put_totals() {
        auto const group = html_.in("div", {{"role", "rowgroup"}});
        put_sums("all MUST", script::Level::must, {});
        put_sums("all SHOULD", script::Level::should, {});
    }

    void put_group(RowAt from, RowAt to) {
        auto const size = to - from;
        constexpr auto many = 30;
        constexpr auto lots = 120;
        auto const* const classes = size > lots   ? "group lots"
                                    : size > many ? "group many"
                                                  : "group";
        auto const group = html_.in("div", {{"class", classes}, {"role", "rowgroup"}});
        put_sums(from->folder, script::Level::must, from->folder);
        for (auto row = from; row != to; ++row) put_row(*row);
    }

    void put_sums(std::string const& name, script::Level level, std::string_view folder) {
        auto const line = html_.in("div", {{"class", "sum"}, {"role", "row"}});
        html_.put("span", {{"role", "rowheader"}}, name);
        for (std::size_t at = 0; at < matrix_.columns.size(); ++at) {
            auto const tally = matrix_.tally(at, level, folder);
            html_.put("i",
                      {{"role", "cell"}, {"class", tally.at(Verdict::fail) != 0 ? "f" : "none"}},
                      passed_words(tally) + trend_words(matrix_, at, level, folder));
        }
    }

    void put_row(Row const& row) {
        auto const anchor = anchor_of(row.id);
        auto const line =
            html_.in("div", {{"class", "row"},
                             {"role", "row"},
                             {"id", anchor},
                             {"data-case", row.id},
                             {"data-row", fmt::format("{}", &row - matrix_.rows.data())},
                             {"data-kind", row.is_case ? "case" : "rule"},
                             {"data-level", names::level.of(row.level)},
                             {"data-views", views_of(row)}});
        {
            auto const head = html_.in("span", {{"role", "rowheader"}});
            html_.put("a", {{"href", "#" + anchor}}, row.id);
            html_.text(" ");
            html_.put("small", names::level.of(row.level));
        }
        for (auto const& cell : row.cells)
            html_.put("i",
                      {{"role", "cell"}, {"class", class_of(cell)}, {"aria-label", words_of(cell)}},
                      sign_of(cell));
    }

    std::string views_of(Row const& row) const {
        std::string views;
        for (auto const& [view, name] : names::view.rows)
            if (view != View::all && is_in(view, matrix_, row))
                views += fmt::format("{}{}", views.empty() ? "" : " ", name);
        return views;
    }

    void put_signs() {
        html_.put("p", {{"class", "signs"}},
                  fmt::format("{}. Sums are MUST passed of judged, by folder of cases.",
                              sign_words(sign_of, "   ")));
    }

    Html& html_;
    Matrix const& matrix_;
};

}  // namespace

void put_matrix(Html& html, Matrix const& matrix) {
    MatrixTable(html, matrix).put();
}

}  // namespace wsproof::report
