// The page of `wsproof compare`: warnings, the matrix, who behaves alike, what was compared.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/compare/assets.hpp"
#include "reports/compare/compare.hpp"
#include "reports/compare/details.hpp"
#include "reports/compare/html_matrix.hpp"
#include "reports/compare/words.hpp"
#include "reports/html/frame.hpp"
#include "reports/html/pack.hpp"
#include "reports/html/parts.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

class MatrixPage {
public:
    MatrixPage(Matrix const& matrix, CompareOptions const& options, Html& html)
        : matrix_(matrix), options_(options), clusters_(clusters_of(matrix)), html_(html) {}

    void put() {
        put_masthead();
        put_navigation();
        {
            auto const main = html_.in("main", {{"id", "main"}});
            put_matrix(html_, matrix_);
            put_changes();
            put_behaviour();
            put_fairness();
        }
        html_.put("footer",
                  fmt::format("Made by wsproof {} from {}. It ranks nobody.", options_.tool_version,
                              plural(matrix_.columns.size(), "report")));
        put_keys();
        html_.put("dialog", {{"id", "detail"}, {"aria-labelledby", "detail-name"}}, "");
        auto const details = html_.in("template", {{"id", "details"}});
        html_.packed(packed(details_json(matrix_)));
    }

private:
    void put_masthead() {
        auto const header = html_.in("header", {{"class", "masthead"}});
        {
            auto const top = html_.in("div", {{"class", "topline"}});
            {
                auto const crumbs = html_.in("div", {{"class", "crumbs"}});
                html_.put("span", "wsproof compare");
                html_.put("span", dates());
            }
            html_.put("div", {{"class", "actions"}, {"id", "page-actions"}}, "");
        }
        html_.put("h1", size_words(matrix_));
        html_.put("p", {{"class", "detail-words"}},
                  fmt::format("{} with differences, {} of behaving",
                              rows_in(matrix_, View::differs).size(),
                              plural(clusters_.groups.size(), "way")));
        if (matrix_.warnings.empty()) return;
        auto const list = html_.in("ul", {{"class", "warnings"}, {"aria-label", "Warnings"}});
        for (auto const& warning : matrix_.warnings) html_.put("li", warning);
    }

    /// "2026-11-22" or "2026-11-21 to 2026-11-22".
    std::string dates() const {
        constexpr std::size_t day = 10;
        std::vector<std::string> days;
        for (auto const& column : matrix_.columns)
            days.push_back(column.head.run.started.substr(0, day));
        if (days.empty()) return {};
        auto const [first, last] = std::ranges::minmax(days);
        return first == last ? first : fmt::format("{} to {}", first, last);
    }

    void put_navigation() {
        auto const nav = html_.in("nav", {{"class", "tabs"}, {"aria-label", "Sections"}});
        html_.put("a", {{"href", "#matrix"}}, "Matrix");
        if (matrix_.previous) html_.put("a", {{"href", "#changes"}}, "Changes");
        html_.put("a", {{"href", "#behaviour"}}, "Equal behaviour");
        html_.put("a", {{"href", "#compared"}}, "What was compared");
    }

    void put_changes() {
        if (!matrix_.previous) return;
        auto const section = html_.in("section", {{"id", "changes"}});
        html_.put("h2", fmt::format("Since {}", matrix_.previous->file));
        auto const list = html_.in("ul");
        for (auto const& line : change_lines(matrix_, matrix_.rows.size())) html_.put("li", line);
    }

    void put_behaviour() {
        auto const section = html_.in("section", {{"id", "behaviour"}, {"class", "clusters"}});
        html_.put("h2", "Equal behaviour");
        html_.put("p", fmt::format("Implementations with the same verdicts in the {} that all of "
                                   "them have played.",
                                   plural(clusters_.common, "case")));
        {
            auto const list = html_.in("ul");
            for (std::size_t at = 0; at < clusters_.groups.size(); ++at)
                html_.put("li", fmt::format("{}: {}", cluster_name(at),
                                            names_of(matrix_, clusters_.groups[at])));
        }
        put_splits();
        put_alone();
    }

    void put_splits() {
        if (clusters_.splits.empty()) return;
        auto const fold = html_.in("details");
        html_.put("summary", fmt::format("The smallest case that tells each two apart: {}",
                                         plural(clusters_.splits.size(), "pair")));
        auto const list = html_.in("ul");
        for (auto const& split : clusters_.splits)
            html_.put("li", split_words(matrix_, clusters_, split));
    }

    void put_alone() {
        auto const alone = alone_by_column(matrix_);
        if (std::ranges::all_of(alone, [](auto const& rows) { return rows.empty(); })) return;
        html_.put("h3", "Who stands alone against all others");
        auto const list = html_.in("ul");
        for (std::size_t at = 0; at < alone.size(); ++at) {
            if (alone[at].empty()) continue;
            auto const item = html_.in("li");
            html_.text(fmt::format("{} in {}: ", matrix_.columns[at].name,
                                   plural(alone[at].size(), "case")));
            for (std::size_t n = 0; n < alone[at].size(); ++n) {
                auto const& id = matrix_.rows[alone[at][n]].id;
                if (n != 0) html_.text(", ");
                html_.put("a", {{"href", "#" + anchor_of(id)}}, id);
            }
        }
    }

    void put_fairness() {
        auto const section = html_.in("section", {{"id", "compared"}});
        html_.put("h2", "What was compared");
        auto const fairness = fairness_of(matrix_);
        put_facts("All of them", fairness.common);
        for (std::size_t at = 0; at < matrix_.columns.size(); ++at)
            put_facts(matrix_.columns[at].name, fairness.own[at]);
    }

    void put_facts(std::string_view who, Facts const& facts) {
        if (facts.empty()) return;
        html_.put("h3", who);
        auto const table = html_.in("table", {{"class", "plain"}});
        auto const body = html_.in("tbody");
        for (auto const& [name, value] : facts) report::put_row(html_, name, value);
    }

    void put_keys() {
        report::put_keys(
            html_,
            {{"/", "filter"},
             {"j, k", "next case, previous case"},
             {"Enter", "the detail of a case, side by side; a cell adds its column, up to three"},
             {"d", "what differs, or all"},
             {"t", "dark or light"},
             {"Esc", "close"}});
    }

    Matrix const& matrix_;
    CompareOptions const& options_;
    Clusters clusters_;
    Html& html_;
};

}  // namespace

std::string matrix_html(Matrix const& matrix, CompareOptions const& options) {
    Frame const frame{.title = "wsproof compare: " + size_words(matrix),
                      .styles = {compare_style},
                      .scripts = {compare_script}};
    return framed_page(frame, [&](Html& html) { MatrixPage(matrix, options, html).put(); });
}

}  // namespace wsproof::report
