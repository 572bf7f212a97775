#include "reports/compare/grid.hpp"

#include <algorithm>

namespace wsproof::report {
namespace {

constexpr std::size_t margin = 2;  // blanks before a row and between its cells
constexpr std::size_t least_label = 20;

class GridText {
public:
    GridText(Grid const& grid, Paint const& paint, std::size_t width)
        : grid_(grid), paint_(paint), cell_width_(widest_cell() + margin) {
        auto const longest = widest_label();
        auto const all = cell_width_ * grid.heads.size();
        auto const beside = width > all + margin ? width - all - margin : 0;
        label_width_ = std::min(longest, std::max(beside, std::max(least_label, width / 2)));
        auto const room = width > margin + label_width_ ? width - margin - label_width_ : 0;
        per_band_ = std::max<std::size_t>(1, room / cell_width_);
    }

    std::string write() const {
        std::string text;
        for (std::size_t from = 0; from < grid_.heads.size(); from += per_band_) {
            if (from != 0) text += "\n";
            text += band(from, std::min(from + per_band_, grid_.heads.size()));
        }
        return text;
    }

private:
    std::size_t widest_cell() const {
        std::size_t widest = 1;
        for (auto const& head : grid_.heads) widest = std::max(widest, width_of(head));
        for (auto const& row : grid_.rows)
            for (auto const& cell : row.cells) widest = std::max(widest, width_of(cell.text));
        return widest;
    }

    std::size_t widest_label() const {
        auto widest = width_of(grid_.corner);
        for (auto const& row : grid_.rows) widest = std::max(widest, width_of(row.label));
        return widest;
    }

    std::string band(std::size_t from, std::size_t to) const {
        auto line = label(paint_.in(Colour::bold, grid_.corner), width_of(grid_.corner));
        for (auto at = from; at < to; ++at) line += right({grid_.heads[at], Colour::bold});
        auto text = line + "\n";
        for (auto const& row : grid_.rows) {
            text += label(row.label, width_of(row.label));
            for (auto at = from; at < to; ++at) text += right(row.cells[at]);
            text += "\n";
        }
        return text;
    }

    std::string label(std::string const& words, std::size_t used) const {
        auto const indent = std::string(margin, ' ');
        if (used > label_width_)
            return indent + words + "\n" + std::string(margin + label_width_, ' ');
        return indent + words + std::string(label_width_ - used, ' ');
    }

    std::string right(GridCell const& cell) const {
        return std::string(cell_width_ - width_of(cell.text), ' ') +
               paint_.in(cell.colour, cell.text);
    }

    Grid const& grid_;
    Paint const& paint_;
    std::size_t cell_width_;
    std::size_t label_width_ = 0;
    std::size_t per_band_ = 1;
};

}  // namespace

std::string grid_text(Grid const& grid, Paint const& paint, std::size_t width) {
    return GridText(grid, paint, width).write();
}

bool names_fit(std::vector<std::string> const& names, std::size_t width) {
    std::size_t widest = 0;
    for (auto const& name : names) widest = std::max(widest, width_of(name));
    return (widest + margin) * names.size() + margin + width / 2 <= width;
}

}  // namespace wsproof::report
