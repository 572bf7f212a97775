// What the formats for people say in the same words.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/compare/clusters.hpp"
#include "reports/compare/views.hpp"

namespace wsproof::report {

/// "88/90": passed of judged; "–" where nothing was judged.
std::string passed_words(Tally const& tally);

/// "3 implementations, 413 cases".
std::string size_words(Matrix const& matrix);

/// "cases that differ", "cases that everyone fails".
std::string_view title_of(View view);

/// Of a case that a report does not have.
inline constexpr std::string_view absent_words = "not in the report";
inline constexpr std::string_view absent_sign = "·";

/// "beast, ws".
std::string names_of(Matrix const& matrix, std::vector<std::size_t> const& columns);

/// "closing/a (3 steps): A fail, B pass".
std::string split_words(Matrix const& matrix, Clusters const& clusters, Split const& split);

/// "✓ pass, ! lenient, · not in the report", as `sign` writes cells.
std::string sign_words(std::function<std::string(Cell const&)> const& sign,
                       std::string_view separator = ", ");

/// "closing/a, closing/b and 1 more".
std::string ids_of(Matrix const& matrix, std::vector<std::size_t> const& rows, std::size_t most);

/// "ws in 3 cases: closing/a, closing/b and 1 more".
std::string alone_words(Matrix const& matrix, std::size_t column,
                        std::vector<std::size_t> const& rows, std::size_t most);
inline constexpr std::size_t few_rows = 5;

/// For each column the rows in which it stands alone.
std::vector<std::vector<std::size_t>> alone_by_column(Matrix const& matrix);

/// The rows of a view, standing rules and limits among them.
std::vector<Row const*> rows_in(Matrix const& matrix, View view);

/// "pass", or that the report has no such case.
std::string_view words_of(Cell const& cell);

}  // namespace wsproof::report
