#include <fmt/format.h>

#include <algorithm>

#include "reports/brief/escape.hpp"
#include "reports/compare/compare.hpp"
#include "reports/compare/words.hpp"
#include "reports/paint.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

class MatrixMarkdown {
public:
    MatrixMarkdown(Matrix const& matrix, CompareOptions const& options)
        : matrix_(matrix), options_(options), clusters_(clusters_of(matrix)) {}

    /// Cases give way to what tells how they are meant, and that to what has to be said.
    std::string write() const {
        auto const limit =
            options_.markdown_limit == 0 ? std::string::npos : options_.markdown_limit;
        auto text = fmt::format("### wsproof compare: {}\n\n", size_words(matrix_)) + warnings() +
                    versions() + sections();
        auto const room_beside = [&](std::size_t taken) {
            auto const all = text.size() + taken + room_for_words;
            return limit > all ? limit - all : 0;
        };
        std::string after;
        for (auto const& part : {changes(), alone(), clusters(), splits(), fairness()})
            after += part.size() <= room_beside(after.size()) ? part : no_room;
        if (options_.by_case) text += cases(room_beside(after.size()));
        return text + after;
    }

private:
    static constexpr std::size_t room_for_words = 600;  // bytes, for the legend and the counts
    static constexpr std::string_view no_room = "What follows has no room here.\n\n";

    std::string warnings() const {
        std::string lines;
        for (auto const& warning : matrix_.warnings)
            lines += fmt::format("> ⚠️ {}\n>\n", for_markdown(warning));
        return lines.empty() ? lines : lines + "\n";
    }

    std::string versions() const {
        std::string text =
            "| implementation | version | run | MUST | SHOULD | skipped | inconclusive |\n"
            "|---|---|---|--:|--:|--:|--:|\n";
        for (std::size_t at = 0; at < matrix_.columns.size(); ++at) {
            auto const& column = matrix_.columns[at];
            auto const must = matrix_.tally(at, script::Level::must);
            auto const should = matrix_.tally(at, script::Level::should);
            auto const both = [&](Verdict verdict) {
                return must.at(verdict) + should.at(verdict);
            };
            text += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", for_markdown(column.name),
                                for_markdown(version_of(column)),
                                names::state.of(column.head.run.state), passed_words(must),
                                passed_words(should), both(Verdict::skipped),
                                both(Verdict::inconclusive));
        }
        return text + "\n";
    }

    std::string heads(std::string_view corner, std::string_view align) const {
        auto text = fmt::format("| {} |", corner);
        std::string rule = "|---|";
        for (auto const& column : matrix_.columns) {
            text += fmt::format(" {} |", for_markdown(column.name));
            rule += fmt::format("{}|", align);
        }
        return text + "\n" + rule + "\n";
    }

    std::string sections() const {
        auto text = heads("MUST passed", "--:");
        for (auto const& folder : matrix_.folders()) {
            std::string line;
            bool any = false;
            for (std::size_t at = 0; at < matrix_.columns.size(); ++at) {
                auto const tally = matrix_.tally(at, script::Level::must, folder);
                any = any || judged(tally) != 0;
                line += fmt::format(" {}{} |", passed_words(tally),
                                    trend_words(matrix_, at, script::Level::must, folder));
            }
            if (any) text += fmt::format("| {} |{}\n", for_markdown(folder), line);
        }
        return text + "\n";
    }

    std::string changes() const {
        if (!matrix_.previous) return {};
        auto text = fmt::format("#### Since {}\n\n", for_markdown(matrix_.previous->file));
        for (auto const& line : change_lines(matrix_, few_rows))
            text += fmt::format("- {}\n", for_markdown(line));
        return text + "\n";
    }

    static std::string sign(Cell const& cell) {
        if (!cell.verdict) return std::string(absent_sign);
        auto const mark = Paint(false, false).sign(*cell.verdict);
        return *cell.verdict == Verdict::fail ? "**" + mark + "**" : mark;
    }

    std::string line(Row const& row) const {
        auto text = fmt::format("| {} ({}) |", for_markdown(row.id), names::level.of(row.level));
        for (auto const& cell : row.cells) text += fmt::format(" {} |", sign(cell));
        return text + "\n";
    }

    std::string cases(std::size_t room) const {
        auto const view = options_.view_for_people();
        auto const rows = rows_in(matrix_, view);
        auto text = fmt::format("#### {}: {}\n\n", title_of(view), rows.size());
        if (rows.empty()) return text;
        text += heads("case", ":-:");
        std::size_t told = 0;
        for (; told < rows.size(); ++told) {
            auto const next = line(*rows[told]);
            if (text.size() + next.size() > room) break;
            text += next;
        }
        text += "\n";
        if (told < rows.size())
            text += fmt::format("{} more {} no room here.\n\n", rows.size() - told,
                                rows.size() - told == 1 ? "case has" : "cases have");
        return text + signs() + "\n\n";
    }

    static std::string signs() { return sign_words(sign) + "."; }

    std::string alone() const {
        auto const by_column = alone_by_column(matrix_);
        std::string lines;
        for (std::size_t at = 0; at < by_column.size(); ++at)
            if (auto const& rows = by_column[at]; !rows.empty())
                lines +=
                    fmt::format("- {}\n", for_markdown(alone_words(matrix_, at, rows, few_rows)));
        return lines.empty() ? lines
                             : "#### Who stands alone against all others\n\n" + lines + "\n";
    }

    std::string clusters() const {
        if (clusters_.groups.empty()) return {};
        auto text = fmt::format("#### Equal behaviour in {} that all have played\n\n",
                                plural(clusters_.common, "case"));
        for (std::size_t at = 0; at < clusters_.groups.size(); ++at)
            text += fmt::format("- {}: {}\n", cluster_name(at),
                                for_markdown(names_of(matrix_, clusters_.groups[at])));
        return text + "\n";
    }

    std::string splits() const {
        if (clusters_.splits.empty()) return {};
        std::string text =
            "<details><summary>The smallest case that tells each two apart</summary>\n\n";
        for (auto const& split : clusters_.splits)
            text += fmt::format("- {}\n", for_markdown(split_words(matrix_, clusters_, split)));
        return text + "\n</details>\n\n";
    }

    static std::string facts(std::string_view who, Facts const& facts) {
        if (facts.empty()) return {};
        auto text = fmt::format("- **{}**\n", for_markdown(who));
        for (auto const& [name, value] : facts)
            text += fmt::format("  - {}: {}\n", name, for_markdown(value));
        return text;
    }

    std::string fairness() const {
        auto const fairness = fairness_of(matrix_);
        auto text = "<details><summary>What was compared: options, limits, dates</summary>\n\n" +
                    facts("all", fairness.common);
        for (std::size_t at = 0; at < matrix_.columns.size(); ++at)
            text += facts(matrix_.columns[at].name, fairness.own[at]);
        return text + "\n</details>\n";
    }

    Matrix const& matrix_;
    CompareOptions const& options_;
    Clusters clusters_;
};

}  // namespace

std::string matrix_markdown(Matrix const& matrix, CompareOptions const& options) {
    return MatrixMarkdown(matrix, options).write();
}

}  // namespace wsproof::report
