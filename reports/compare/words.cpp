#include "reports/compare/words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/story.hpp"

namespace wsproof::report {

std::string passed_words(Tally const& tally) {
    auto const of = judged(tally);
    return of == 0 ? "–" : fmt::format("{}/{}", tally.at(play::Verdict::pass), of);
}

std::string size_words(Matrix const& matrix) {
    auto const cases = static_cast<std::size_t>(std::ranges::count_if(matrix.rows, &Row::is_case));
    return fmt::format("{}, {}", plural(matrix.columns.size(), "implementation"),
                       plural(cases, "case"));
}

std::string_view title_of(View view) {
    switch (view) {
        case View::all:
            return "all cases";
        case View::differs:
            return "cases that differ";
        case View::fails:
            return "cases that somebody fails";
        case View::everyone_fails:
            return "cases that everyone fails";
        case View::reference_fails:
            return "cases that the reference alone fails";
        case View::alone:
            return "cases in which one stands alone";
        case View::unsupported:
            return "cases that somebody lacks the means for";
    }
    return "cases";
}

std::string names_of(Matrix const& matrix, std::vector<std::size_t> const& columns) {
    std::string names;
    for (auto const column : columns)
        names += (names.empty() ? "" : ", ") + matrix.columns[column].name;
    return names;
}

std::string split_words(Matrix const& matrix, Clusters const& clusters, Split const& split) {
    auto const& row = matrix.rows[split.row];
    auto const steps = row.steps ? fmt::format(" ({})", plural(*row.steps, "step")) : "";
    return fmt::format("{}{}: {} {}, {} {}", row.id, steps, cluster_name(split.one),
                       words_of(row.cells[clusters.groups[split.one].front()]),
                       cluster_name(split.other),
                       words_of(row.cells[clusters.groups[split.other].front()]));
}

std::string sign_words(std::function<std::string(Cell const&)> const& sign,
                       std::string_view separator) {
    std::string words;
    for (auto const verdict : play::verdicts)
        words +=
            fmt::format("{} {}{}", sign({.verdict = verdict}), play::name_of(verdict), separator);
    return words + fmt::format("{} {}", sign({}), absent_words);
}

std::string ids_of(Matrix const& matrix, std::vector<std::size_t> const& rows, std::size_t most) {
    std::string words;
    auto const shown = std::min(most, rows.size());
    for (std::size_t n = 0; n < shown; ++n) words += (n == 0 ? "" : ", ") + matrix.rows[rows[n]].id;
    if (shown < rows.size()) words += fmt::format(" and {} more", rows.size() - shown);
    return words;
}

std::string alone_words(Matrix const& matrix, std::size_t column,
                        std::vector<std::size_t> const& rows, std::size_t most) {
    return fmt::format("{} in {}: {}", matrix.columns[column].name, plural(rows.size(), "case"),
                       ids_of(matrix, rows, most));
}

std::vector<std::vector<std::size_t>> alone_by_column(Matrix const& matrix) {
    std::vector<std::vector<std::size_t>> alone(matrix.columns.size());
    for (std::size_t at = 0; at < matrix.rows.size(); ++at)
        if (auto const column = alone_in(matrix.rows[at])) alone[*column].push_back(at);
    return alone;
}

std::vector<Row const*> rows_in(Matrix const& matrix, View view) {
    std::vector<Row const*> rows;
    for (auto const& row : matrix.rows)
        if (is_in(view, matrix, row)) rows.push_back(&row);
    return rows;
}

std::string_view words_of(Cell const& cell) {
    return cell.verdict ? play::name_of(*cell.verdict) : absent_words;
}

}  // namespace wsproof::report
