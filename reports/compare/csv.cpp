#include <fmt/format.h>

#include "reports/brief/escape.hpp"
#include "reports/compare/compare.hpp"
#include "reports/compare/words.hpp"

namespace wsproof::report {

std::string matrix_csv(Matrix const& matrix, CompareOptions const& options) {
    std::string text = "case,level,section,document,clause,title";
    for (auto const& column : matrix.columns) text += "," + csv_cell(column.name);
    text += "\r\n";
    for (auto const* const row : rows_in(matrix, options.view_for_programs())) {
        text += fmt::format("{},{},{},{},{},{}", csv_cell(row->id), names::level.of(row->level),
                            csv_cell(row->folder), csv_cell(row->document), csv_cell(row->section),
                            csv_cell(row->title));
        for (auto const& cell : row->cells)
            text += cell.verdict ? fmt::format(",{}", play::name_of(*cell.verdict)) : ",";
        text += "\r\n";
    }
    return text;
}

}  // namespace wsproof::report
