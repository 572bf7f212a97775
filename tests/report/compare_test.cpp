// What `wsproof compare` tells of many implementations: a pure function of their reports.
#include "reports/compare/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/compare/clusters.hpp"
#include "reports/compare/words.hpp"
#include "reports/json.hpp"
#include "tests/report/golden.hpp"
#include "tests/report/sample.hpp"
#include "tests/report/sample_matrix.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;
using sample::implementation;
using sample::matrix_of;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr auto pass = Verdict::pass;
constexpr auto fail = Verdict::fail;
constexpr auto lenient = Verdict::lenient;
constexpr auto skipped = Verdict::skipped;

std::vector<std::string> ids_in(Matrix const& matrix, View view) {
    std::vector<std::string> ids;
    for (auto const* const row : rows_in(matrix, view)) ids.push_back(row->id);
    return ids;
}

Matrix four() {
    return matrix_of({implementation("d", {fail, pass, fail, skipped}),
                      implementation("b", {fail, pass, pass, pass}),
                      implementation("a", {fail, pass, pass, pass}),
                      implementation("c", {fail, lenient, pass, pass})});
}

TEST(Compare, SortsColumnsByNameAndRowsByCase) {
    auto const matrix = four();
    std::vector<std::string> names;
    for (auto const& column : matrix.columns) names.push_back(column.name);
    EXPECT_THAT(names, ElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(ids_in(matrix, View::all), ElementsAre("control/case-0", "control/case-1",
                                                       "control/case-2", "control/case-3"));
    EXPECT_EQ(matrix.rows[1].cells[2].verdict, lenient);
    EXPECT_EQ(passed_words(matrix.tally(3, script::Level::must)), "1/3");
    EXPECT_EQ(passed_words(matrix.tally(0, script::Level::must, "control")), "3/4");
}

TEST(Compare, HasAViewForEveryQuestion) {
    auto matrix = four();
    EXPECT_THAT(ids_in(matrix, View::differs), ElementsAre("control/case-1", "control/case-2"));
    EXPECT_THAT(ids_in(matrix, View::fails), ElementsAre("control/case-0", "control/case-2"));
    EXPECT_THAT(ids_in(matrix, View::everyone_fails), ElementsAre("control/case-0"));
    EXPECT_THAT(ids_in(matrix, View::alone), ElementsAre("control/case-1", "control/case-2"));
    EXPECT_THAT(ids_in(matrix, View::unsupported), ElementsAre("control/case-3"));
    EXPECT_THAT(ids_in(matrix, View::reference_fails), IsEmpty());
    matrix.reference = matrix.column_named("d");
    EXPECT_THAT(ids_in(matrix, View::reference_fails), ElementsAre("control/case-2"));
    matrix.reference = matrix.column_named("c");
    EXPECT_THAT(ids_in(matrix, View::reference_fails), IsEmpty());
}

TEST(Compare, TellsWhoStandsAlone) {
    auto const alone = alone_by_column(four());
    EXPECT_THAT(alone[2], ElementsAre(1));
    EXPECT_THAT(alone[3], ElementsAre(2));
    EXPECT_THAT(alone[0], IsEmpty());
    // Of two nobody knows which of them is alone.
    EXPECT_FALSE(alone_in(
        matrix_of({implementation("a", {pass}), implementation("b", {fail})}).rows.front()));
}

TEST(Compare, NeverTakesAFailureOfAllForALack) {
    auto const matrix =
        matrix_of({implementation("a", {fail, fail}), implementation("b", {fail, fail})});
    EXPECT_THAT(ids_in(matrix, View::unsupported), IsEmpty());
    EXPECT_THAT(ids_in(matrix, View::everyone_fails), SizeIs(2));
}

TEST(Clusters, AreThoseThatDoTheSameInAllCommonCases) {
    auto const clusters = clusters_of(four());
    EXPECT_EQ(clusters.common, 4U);
    EXPECT_THAT(clusters.groups, ElementsAre(ElementsAre(0, 1), ElementsAre(2), ElementsAre(3)));
    EXPECT_THAT(clusters.splits, SizeIs(3));
}

TEST(Clusters, ArePartedByTheCaseWithTheFewestSteps) {
    auto const steps = [](std::string const& id) -> std::optional<std::size_t> {
        return id.ends_with("1") ? 9 : id.ends_with("2") ? 3 : 5;
    };
    auto const matrix = matrix_of({implementation("a", {pass, pass, pass, pass}),
                                   implementation("b", {fail, fail, fail, pass})},
                                  steps);
    auto const clusters = clusters_of(matrix);
    ASSERT_THAT(clusters.splits, SizeIs(1));
    EXPECT_EQ(matrix.rows[clusters.splits.front().row].id, "control/case-2");
    EXPECT_EQ(split_words(matrix, clusters, clusters.splits.front()),
              "control/case-2 (3 steps): A pass, B fail");
}

TEST(Clusters, LookAtWhatAllHavePlayedAndLeaveOutRunsThatWereCut) {
    auto cut = implementation("c", {fail});
    cut.report.run.state = run::State::target_lost;
    auto const matrix = matrix_of({implementation("a", {pass, pass, fail}),
                                   implementation("b", {pass, pass}), std::move(cut)});
    auto const clusters = clusters_of(matrix);
    EXPECT_EQ(clusters.common, 2U);
    EXPECT_THAT(clusters.groups, ElementsAre(ElementsAre(0, 1)));
    EXPECT_THAT(matrix.warnings, Contains(HasSubstr("c has no whole run")));
}

TEST(Clusters, DoNotCountWhatTheOwnerLeftOut) {
    auto one = implementation("a", {pass, skipped});
    one.report.results[1].skip_reason = "config";
    auto const matrix = matrix_of({std::move(one), implementation("b", {pass, fail})});
    EXPECT_EQ(clusters_of(matrix).common, 1U);
    EXPECT_THAT(ids_in(matrix, View::unsupported), IsEmpty());
}

TEST(Clusters, HaveNamesBeyondTheAlphabet) {
    EXPECT_EQ(cluster_name(0), "A");
    EXPECT_EQ(cluster_name(25), "Z");
    EXPECT_EQ(cluster_name(26), "AA");
}

TEST(Compare, CountsAStandingRuleThatSomebodyBrokeForEverybody) {
    auto wrong = implementation("b", {pass});
    wrong.report.results[0].breaches = {{"6455/5.1/server-never-masks", "masked a frame"}};
    auto silent = implementation("c", {});
    silent.report.run.state = run::State::unreachable;
    auto const matrix =
        matrix_of({implementation("a", {pass}), std::move(wrong), std::move(silent)});
    auto const& row = matrix.rows.back();
    EXPECT_EQ(row.id, "standing rules/6455/5.1/server-never-masks");
    EXPECT_EQ(row.cells[0].verdict, pass);
    EXPECT_EQ(row.cells[1].verdict, fail);
    EXPECT_FALSE(row.cells[2].verdict);
    EXPECT_EQ(passed_words(matrix.tally(1, script::Level::must)), "1/1");
}

TEST(Compare, WarnsOfOtherSuitesAndChoicesAndReadings) {
    auto other = implementation("b", {pass});
    other.report.suite_digest = "sha256:other";
    other.report.cases[0].digest = "sha256:01";
    other.report.run.strict = true;
    other.report.run.selection = {"control/*"};
    auto const matrix = matrix_of({implementation("a", {pass}), std::move(other)});
    EXPECT_THAT(matrix.warnings,
                ElementsAre(HasSubstr("different case sets"),
                            "1 case is not the "
                            "same in all reports",
                            HasSubstr("-s 'control/*'"), HasSubstr("not judged alike")));
    EXPECT_THAT(matrix_text(matrix, {}), HasSubstr("different case sets"));
    EXPECT_THAT(matrix_markdown(matrix, {}), HasSubstr("different case sets"));
    EXPECT_THAT(four().warnings, IsEmpty());
}

TEST(Compare, GivesColumnsOfOneNameNamesOfTheirOwn) {
    auto twice = implementation("a", {pass});
    twice.name = "out/old.json";
    auto const matrix = matrix_of({implementation("a", {pass}), std::move(twice)});
    EXPECT_EQ(matrix.columns[1].name, "a (old)");
}

TEST(Compare, ListsTheColumnsThatItHides) {
    auto const matrix = with_columns(four(), {3, 1});
    EXPECT_EQ(matrix.columns[0].name, "b");
    EXPECT_EQ(matrix.rows[2].cells[1].verdict, fail);
    EXPECT_THAT(matrix.warnings, Contains("left out by --columns: a, c"));
}

TEST(Compare, TellsWhoHasBecomeBetterOrWorseInWhichCase) {
    auto const older = matrix_of({implementation("a", {pass, fail, pass, skipped}),
                                  implementation("b", {pass, pass, pass, pass})});
    auto newer = matrix_of({implementation("a", {fail, pass, lenient, fail}),
                            implementation("b", {pass, pass, pass, pass}),
                            implementation("c", {pass, pass, pass, pass})});
    newer.previous = read_previous(matrix_json(older, {}), "old.json");
    EXPECT_THAT(changes_of(newer, 0).worse, ElementsAre(0));
    EXPECT_THAT(changes_of(newer, 0).better, ElementsAre(1));
    EXPECT_EQ(trend_words(newer, 0, script::Level::must, "control"), " ▲1 ▼1");
    EXPECT_EQ(trend_words(newer, 0, script::Level::should, "control"), "");
    EXPECT_THAT(
        change_lines(newer, 5),
        ElementsAre("a: worse in control/case-0; better in control/case-1", "c: not in it"));
    for (auto const& text : {matrix_text(newer, {}), matrix_markdown(newer, {}),
                             matrix_json(newer, {}), matrix_html(newer, {})})
        EXPECT_THAT(text, HasSubstr("old.json"));
    newer.previous = read_previous(matrix_json(newer, {}), "same.json");
    EXPECT_THAT(change_lines(newer, 5), ElementsAre("nobody has become better or worse"));
}

TEST(Compare, LooksAsItDoes) {
    auto const matrix = sample::small_matrix();
    expect_golden("compare.txt", matrix_text(matrix, {}, {.width = 80}));
    expect_golden("compare-ascii-40.txt", matrix_text(matrix, {}, {.ascii = true, .width = 40}));
    expect_golden("compare.md", matrix_markdown(matrix, {}));
    expect_golden("compare.csv", matrix_csv(matrix, {}));
    expect_golden("compare.json", matrix_json(matrix, {.tool_version = "0.1.0"}));
}

TEST(Compare, CutsMarkdownByCountingTheCasesThatHaveNoRoom) {
    std::vector<Verdict> all_fail(400, fail);
    std::vector<Verdict> all_pass(400, pass);
    auto const matrix = matrix_of({implementation("a", all_fail), implementation("b", all_pass)});
    auto const text = matrix_markdown(matrix, {.markdown_limit = 8000});
    EXPECT_LE(text.size(), 8000U);
    EXPECT_THAT(text, HasSubstr("more cases have no room here"));
    EXPECT_THAT(matrix_markdown(matrix, {}), Not(HasSubstr("no room")));
}

TEST(Compare, ShowsWhatAPeerSaidForWhatItIs) {
    auto const matrix = sample::hostile_matrix();
    for (auto const& text : {matrix_text(matrix, {}), matrix_csv(matrix, {}),
                             matrix_markdown(matrix, {}), matrix_json(matrix, {})}) {
        EXPECT_THAT(text, Not(HasSubstr("\x1b")));
        EXPECT_THAT(text, Not(HasSubstr("s3cr3t-token")));
    }
    EXPECT_THAT(matrix_markdown(matrix, {}), Not(HasSubstr("<script")));
}

TEST(Compare, IsAPageInWhichNoTextOfAPeerIsMarkup) {
    auto const page = matrix_html(sample::hostile_matrix(), {});
    EXPECT_THAT(page, Not(HasSubstr(sample::hostile_text)));
    EXPECT_THAT(page, Not(HasSubstr("\x1b")));
    EXPECT_THAT(page, Not(HasSubstr("s3cr3t-token")));
    auto const first = page.find("<script");
    EXPECT_EQ(page.find("<script", first + 1), std::string::npos);
    EXPECT_THAT(page, HasSubstr("script-src &#39;sha256-"));
}

TEST(Compare, ReadsADocumentWithSeveralTargets) {
    auto text = write_json(implementation("a", {pass, fail}).report);
    auto const one = read_json_briefly(text);
    ASSERT_THAT(one, SizeIs(1));
    replace_all(text, R"("targets": [)",
                R"("targets": [{"id": "other", "role": "server", "url": "ws://h/"},)");
    auto const two = read_json_briefly(text);
    ASSERT_THAT(two, SizeIs(2));
    EXPECT_EQ(two[0].target.url, "ws://h/");
    EXPECT_THAT(two[0].results, IsEmpty());
    EXPECT_THAT(two[1].results, SizeIs(2));
}

}  // namespace
}  // namespace wsproof::report
