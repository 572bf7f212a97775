// A table for a terminal that is cut into bands of columns where it is too wide.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/paint.hpp"

namespace wsproof::report {

struct GridCell {
    std::string text = {};
    Colour colour = Colour::plain;
};

struct GridRow {
    std::string label = {};
    std::vector<GridCell> cells = {};
};

struct Grid {
    std::string corner = {};
    std::vector<std::string> heads = {};  ///< of the columns
    std::vector<GridRow> rows = {};
};

/// A label that is too long for its column has a line of its own.
std::string grid_text(Grid const& grid, Paint const& paint, std::size_t width);

/// A matrix with many narrow columns has a number in place of each name.
bool names_fit(std::vector<std::string> const& names, std::size_t width);

}  // namespace wsproof::report
