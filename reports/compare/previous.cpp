#include "reports/compare/previous.hpp"

#include <fmt/format.h>

#include "reports/compare/matrix.hpp"
#include "reports/compare/words.hpp"
#include "reports/node.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

bool is_judged(Verdict verdict) {
    return verdict != Verdict::skipped && verdict != Verdict::inconclusive &&
           verdict != Verdict::broken;
}

void read_row(Node const& row, Previous& previous) {
    auto const id = row.at("id").text();
    for (auto const& [column, cell] : row.at("results").members()) {
        auto const verdict = play::verdict_named(cell.at("verdict").text());
        if (!verdict) cell.at("verdict").fail("a verdict that this version knows");
        if (is_judged(*verdict)) previous.verdicts[column][id] = *verdict;
    }
}

enum class Change : std::uint8_t { none, better, worse };

Change change_in(Matrix const& matrix, std::size_t column, std::size_t row) {
    if (!matrix.previous) return Change::none;
    auto const& before = matrix.previous->verdicts;
    auto const& cell = matrix.rows[row].cells[column];
    auto const known = before.find(matrix.columns[column].name);
    if (known == before.end() || !cell.is_judged()) return Change::none;
    auto const was = known->second.find(matrix.rows[row].id);
    if (was == known->second.end()) return Change::none;
    bool const failed = was->second == Verdict::fail;
    bool const fails = *cell.verdict == Verdict::fail;
    return failed == fails ? Change::none : (fails ? Change::worse : Change::better);
}

/// "worse in framing/a, framing/b and 3 more".
std::string in_rows(std::string_view how, Matrix const& matrix,
                    std::vector<std::size_t> const& rows, std::size_t most) {
    return rows.empty() ? "" : fmt::format("{} in {}", how, ids_of(matrix, rows, most));
}

}  // namespace

Previous read_previous(std::string_view text, std::string const& file) {
    auto const json = parse_json(text, file);
    Node const root(json, file);
    auto const format = root.find("format");
    if (!format || format->text("name") != "wsproof-compare")
        root.fail("a comparison, which `wsproof compare -r json` writes");
    Previous previous{.file = file};
    for (auto const& column : root.items("columns"))
        previous.verdicts[column.at("name").text()];  // who has played nothing is known as well
    for (auto const& row : root.items("rows")) read_row(row, previous);
    return previous;
}

Changes changes_of(Matrix const& matrix, std::size_t column) {
    Changes changes;
    for (std::size_t at = 0; at < matrix.rows.size(); ++at) {
        auto const change = change_in(matrix, column, at);
        if (change == Change::better) changes.better.push_back(at);
        if (change == Change::worse) changes.worse.push_back(at);
    }
    return changes;
}

std::string trend_words(Matrix const& matrix, std::size_t column, script::Level level,
                        std::string_view folder, bool ascii) {
    std::map<Change, std::size_t> counts;
    for (std::size_t at = 0; at < matrix.rows.size(); ++at)
        if (matrix.rows[at].level == level && matrix.is_counted(matrix.rows[at], folder))
            ++counts[change_in(matrix, column, at)];
    std::string words;
    if (counts[Change::better] != 0)
        words += fmt::format(" {}{}", ascii ? "+" : "▲", counts[Change::better]);
    if (counts[Change::worse] != 0)
        words += fmt::format(" {}{}", ascii ? "-" : "▼", counts[Change::worse]);
    return words;
}

std::vector<std::string> change_lines(Matrix const& matrix, std::size_t most) {
    std::vector<std::string> lines;
    if (!matrix.previous) return lines;
    for (std::size_t at = 0; at < matrix.columns.size(); ++at) {
        auto const& name = matrix.columns[at].name;
        auto const changes = changes_of(matrix, at);
        auto const worse = in_rows("worse", matrix, changes.worse, most);
        auto const better = in_rows("better", matrix, changes.better, most);
        if (changes.any())
            lines.push_back(fmt::format("{}: {}{}{}", name, worse,
                                        worse.empty() || better.empty() ? "" : "; ", better));
        else if (!matrix.previous->verdicts.contains(name))
            lines.push_back(fmt::format("{}: not in it", name));
    }
    if (lines.empty()) lines.emplace_back("nobody has become better or worse");
    return lines;
}

}  // namespace wsproof::report
