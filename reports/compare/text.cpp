#include <fmt/format.h>

#include <algorithm>

#include "reports/compare/compare.hpp"
#include "reports/compare/grid.hpp"
#include "reports/compare/words.hpp"
#include "reports/story.hpp"
#include "reports/text_writer.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

/// Lines of a list that a terminal is spared, unless somebody asks for all of them.
constexpr std::size_t most_lines = 40;

class MatrixText {
public:
    MatrixText(Matrix const& matrix, CompareOptions const& options, TextOptions const& text)
        : matrix_(matrix),
          options_(options),
          text_(text),
          paint_(text.colour, text.ascii),
          clusters_(clusters_of(matrix)) {
        std::vector<std::string> names;
        for (auto const& column : matrix.columns) names.push_back(paint_.words(column.name));
        by_number_ = !names_fit(names, text.width);
        for (std::size_t at = 0; at < names.size(); ++at)
            heads_.push_back(by_number_ ? fmt::format("{}", at + 1) : names[at]);
    }

    std::string write() const {
        if (text_.verbosity < 0) return summary();
        auto text = warnings() + legend() + sections() + changes();
        if (options_.by_case) text += cases() + alone();
        return text + clusters() + fairness() + summary();
    }

private:
    std::string title(std::string_view words) const {
        return paint_.in(Colour::bold, words) + "\n";
    }

    std::string indented(std::string const& words, std::size_t indent) const {
        return std::string(indent, ' ') + wrapped(paint_.words(words), indent + 2, text_.width) +
               "\n";
    }

    std::string warnings() const {
        std::string lines;
        for (auto const& warning : matrix_.warnings)
            lines += paint_.mark(Verdict::lenient) + " " +
                     wrapped(paint_.words(warning), 2, text_.width) + "\n";
        return lines.empty() ? lines : lines + "\n";
    }

    std::string legend() const {
        if (!by_number_) return {};
        std::string lines;
        for (std::size_t at = 0; at < matrix_.columns.size(); ++at)
            lines +=
                fmt::format("  {:>3}  {}\n", heads_[at], paint_.words(matrix_.columns[at].name));
        return lines + "\n";
    }

    GridRow sums(std::string const& label, script::Level level, std::string_view folder) const {
        GridRow row{.label = paint_.words(label)};
        for (std::size_t at = 0; at < matrix_.columns.size(); ++at) {
            auto const tally = matrix_.tally(at, level, folder);
            bool const fails = tally.at(Verdict::fail) != 0;
            auto words = passed_words(tally);
            if (judged(tally) == 0) words = text_.ascii ? "-" : words;
            words += trend_words(matrix_, at, level, folder, text_.ascii);
            row.cells.push_back({words, fails ? Colour::red : Colour::plain});
        }
        return row;
    }

    std::string sections() const {
        Grid grid{.corner = "MUST passed", .heads = heads_};
        for (auto const& folder : matrix_.folders()) {
            auto row = sums(folder, script::Level::must, folder);
            auto const* const none = text_.ascii ? "-" : "–";
            if (!std::ranges::all_of(row.cells, [&](auto& cell) { return cell.text == none; }))
                grid.rows.push_back(std::move(row));
        }
        grid.rows.push_back(sums("all MUST", script::Level::must, {}));
        grid.rows.push_back(sums("all SHOULD", script::Level::should, {}));
        return grid_text(grid, paint_, text_.width) + "\n";
    }

    std::string changes() const {
        if (!matrix_.previous) return {};
        auto text = title(fmt::format("since {}", paint_.words(matrix_.previous->file)));
        for (auto const& line :
             change_lines(matrix_, asks_for_all() ? matrix_.rows.size() : few_rows))
            text += indented(line, 2);
        return text + "\n";
    }

    GridCell sign(Cell const& cell) const {
        if (!cell.verdict) return {std::string(text_.ascii ? "." : absent_sign), Colour::grey};
        return {paint_.sign(*cell.verdict), colour_of(*cell.verdict)};
    }

    bool asks_for_all() const { return options_.view || text_.verbosity > 0; }

    std::string more(std::size_t count) const {
        return count == 0 ? "" : fmt::format("  and {} more: -v lists them all\n", count);
    }

    std::string cases() const {
        auto const view = options_.view_for_people();
        auto const rows = rows_in(matrix_, view);
        auto const shown = asks_for_all() ? rows.size() : std::min(most_lines, rows.size());
        Grid grid{.corner = fmt::format("{}: {}", title_of(view), rows.size()), .heads = heads_};
        for (std::size_t at = 0; at < shown; ++at) {
            auto const label =
                fmt::format("{}  {}", rows[at]->id, names::level.of(rows[at]->level));
            GridRow row{.label = paint_.words(label)};
            for (auto const& cell : rows[at]->cells) row.cells.push_back(sign(cell));
            grid.rows.push_back(std::move(row));
        }
        return grid_text(grid, paint_, text_.width) + more(rows.size() - shown) + signs() + "\n";
    }

    std::string signs() const {
        auto const words = sign_words([this](Cell const& cell) { return sign(cell).text; });
        return "  " + paint_.in(Colour::grey, wrapped(words, 2, text_.width)) + "\n";
    }

    std::string alone() const {
        auto const by_column = alone_by_column(matrix_);
        std::string lines;
        for (std::size_t at = 0; at < by_column.size(); ++at) {
            auto const& rows = by_column[at];
            if (rows.empty()) continue;
            auto const most = asks_for_all() ? rows.size() : few_rows;
            lines += indented(alone_words(matrix_, at, rows, most), 2);
        }
        return lines.empty() ? lines : title("who stands alone against all others") + lines + "\n";
    }

    std::string clusters() const {
        if (clusters_.groups.empty()) return {};
        auto text = title(fmt::format("equal behaviour in {} that all have played",
                                      plural(clusters_.common, "case")));
        for (std::size_t at = 0; at < clusters_.groups.size(); ++at)
            text += indented(
                fmt::format("{}  {}", cluster_name(at), names_of(matrix_, clusters_.groups[at])),
                2);
        auto const& splits = clusters_.splits;
        if (splits.empty()) return text + "\n";
        text += "\n" + title("the smallest case that tells them apart");
        auto const shown = asks_for_all() ? splits.size() : std::min(most_lines, splits.size());
        for (std::size_t at = 0; at < shown; ++at)
            text += indented(split_words(matrix_, clusters_, splits[at]), 2);
        return text + more(splits.size() - shown) + "\n";
    }

    std::string facts(std::string_view who, Facts const& facts) const {
        if (facts.empty()) return {};
        auto text = "  " + paint_.in(Colour::bold, paint_.words(who)) + "\n";
        for (auto const& [name, value] : facts) {
            constexpr std::size_t indent = 18;
            bool const is_command = name == "again" || name == "command";
            auto const words = paint_.words(value);
            text += "    " + paint_.in(Colour::grey, padded(name, indent - 4)) +
                    (is_command ? words : wrapped(words, indent, text_.width)) + "\n";
        }
        return text;
    }

    std::string fairness() const {
        auto const fairness = fairness_of(matrix_);
        auto text = title("what was compared") + facts("all", fairness.common);
        for (std::size_t at = 0; at < matrix_.columns.size(); ++at)
            text += facts(matrix_.columns[at].name, fairness.own[at]);
        return text + "\n";
    }

    std::string summary() const {
        auto const differing = rows_in(matrix_, View::differs).size();
        return fmt::format("{}, {} with differences, {} of behaving\n", size_words(matrix_),
                           differing, plural(clusters_.groups.size(), "way"));
    }

    Matrix const& matrix_;
    CompareOptions const& options_;
    TextOptions text_;
    Paint paint_;
    Clusters clusters_;
    bool by_number_ = false;
    std::vector<std::string> heads_ = {};
};

}  // namespace

std::string matrix_text(Matrix const& matrix, CompareOptions const& options,
                        TextOptions const& text) {
    return MatrixText(matrix, options, text).write();
}

}  // namespace wsproof::report
