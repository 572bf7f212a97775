#include "reports/merge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsproof::report {
namespace {

using play::Verdict;
using run::State;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Verdicts = std::map<std::string, Verdict>;

/// A run that began in that second and judged these variants.
Part part(int second, Verdicts const& verdicts, std::vector<run::Shard> shards = {}) {
    Part one{.name = "part-" + std::to_string(second) + ".json", .report = {}};
    auto& report = one.report;
    report.suite_digest = "sha256:00";
    report.target.url = "ws://127.0.0.1:9001/";
    report.run.id = "0123456789ab";
    report.run.started = "2026-01-01T00:00:0" + std::to_string(second) + "Z";
    report.run.duration = std::chrono::milliseconds(100);
    report.run.shards = std::move(shards);
    for (auto const& [id, verdict] : verdicts) {
        report.cases.push_back({.id = id});
        report.results.push_back({.variant = id, .verdict = verdict});
    }
    report.exit_code = exit_code_of(report);
    return one;
}

Part unplayed(Part one, std::string const& id, State state) {
    for (auto& result : one.report.results)
        if (result.variant == id) {
            result.verdict = Verdict::skipped;
            result.skip_reason = "budget";
        }
    one.report.run.state = state;
    return one;
}

Verdicts verdicts_of(Report const& report) {
    Verdicts verdicts;
    for (auto const& result : report.results) verdicts[result.variant] = result.verdict;
    return verdicts;
}

TEST(Merge, JoinsShardsIntoOneRun) {
    auto const whole = merge({part(2, {{"b/b", Verdict::fail}}, {{2, 2}}),
                              part(1, {{"a/a", Verdict::pass}, {"c/c", Verdict::note}}, {{1, 2}})});
    EXPECT_EQ(verdicts_of(whole),
              (Verdicts{{"a/a", Verdict::pass}, {"b/b", Verdict::fail}, {"c/c", Verdict::note}}));
    EXPECT_EQ(whole.run.state, State::complete);
    EXPECT_EQ(whole.exit_code, 1);
    EXPECT_EQ(whole.run.started, "2026-01-01T00:00:01Z");
    EXPECT_EQ(whole.run.duration.count(), 200);
    EXPECT_THAT(whole.run.shards, ElementsAre(run::Shard{1, 2}, run::Shard{2, 2}));
    ASSERT_EQ(whole.cases.size(), 3U);
    EXPECT_EQ(whole.cases[1].id, "b/b");
}

TEST(Merge, IsIncompleteUntilAllShardsAreThere) {
    auto const first = part(1, {{"a/a", Verdict::pass}}, {{1, 3}});
    auto const third = part(3, {{"c/c", Verdict::pass}}, {{3, 3}});
    auto const gappy = merge({first, third});
    EXPECT_EQ(gappy.run.state, State::interrupted);
    EXPECT_THAT(gappy.run.state_words, HasSubstr("2/3 missing"));
    EXPECT_EQ(gappy.exit_code, 7);
    auto const whole =
        merge({{.name = "two.json", .report = gappy}, part(2, {{"b/b", Verdict::pass}}, {{2, 3}})});
    EXPECT_EQ(whole.results.size(), 3U);
    EXPECT_EQ(whole.run.state, State::complete);
    EXPECT_EQ(whole.exit_code, 0);
}

TEST(Merge, LetsTheLaterRunCountAndSaysSo) {
    auto const later =
        merge({part(5, {{"a/a", Verdict::pass}}), part(1, {{"a/a", Verdict::fail}})});
    ASSERT_EQ(later.results.size(), 1U);
    EXPECT_EQ(later.results[0].verdict, Verdict::pass);
    EXPECT_THAT(later.results[0].notes, ElementsAre(HasSubstr("an earlier run said fail")));
    EXPECT_EQ(later.exit_code, 0);
    auto const same = merge({part(5, {{"a/a", Verdict::pass}}), part(1, {{"a/a", Verdict::pass}})});
    EXPECT_TRUE(same.results[0].notes.empty());
}

TEST(Merge, FillsWhatAnInterruptedRunLeft) {
    Verdicts const both{{"a/a", Verdict::pass}, {"b/b", Verdict::pass}};
    auto const cut = unplayed(part(1, both), "b/b", State::interrupted);
    auto const rest = part(2, {{"b/b", Verdict::pass}});
    EXPECT_EQ(merge({cut}).exit_code, 7);
    EXPECT_EQ(merge({cut, rest}).run.state, State::complete);
    EXPECT_EQ(merge({cut, rest}).exit_code, 0);
    // What was judged is not lost to a later run that did not come so far.
    auto const late = unplayed(part(3, both), "b/b", State::budget_spent);
    EXPECT_EQ(verdicts_of(merge({rest, late})), both);
}

TEST(Merge, KeepsThatTheTargetWasLost) {
    auto lost = part(1, {{"a/a", Verdict::pass}}, {{1, 2}});
    lost.report.run.state = State::target_lost;
    lost.report.run.state_words = "died";
    auto const whole = merge({lost, part(2, {{"b/b", Verdict::pass}}, {{2, 2}})});
    EXPECT_EQ(whole.run.state, State::target_lost);
    EXPECT_EQ(whole.run.state_words, "died");
    EXPECT_EQ(whole.exit_code, 4);
}

TEST(Merge, NamesWhatDoesNotBelongTogether) {
    auto const first = part(1, {{"a/a", Verdict::pass}}, {{1, 2}});
    auto const differing = [&](auto change) {
        auto other = part(2, {{"b/b", Verdict::pass}}, {{2, 2}});
        change(other.report);
        return misfit_of({first, other});
    };
    EXPECT_EQ(differing([](Report&) {}), "");
    EXPECT_THAT(differing([](Report& report) { report.suite_digest = "sha256:01"; }),
                HasSubstr("the case set is sha256:00 in one, sha256:01 in the other"));
    EXPECT_THAT(differing([](Report& report) { report.target.url = "ws://other/"; }),
                HasSubstr("ws://other/"));
    EXPECT_THAT(differing([](Report& report) { report.run.seed = 1; }), HasSubstr("seed"));
    EXPECT_THAT(differing([](Report& report) { report.run.strict = true; }), HasSubstr("strict"));
    EXPECT_THAT(differing([](Report& report) { report.run.shards = {{2, 3}}; }),
                HasSubstr("number of shards is 2 in one, 3"));
    EXPECT_THAT(differing([](Report& report) { report.run.selection = {"b/*"}; }),
                HasSubstr("choice of cases"));
    EXPECT_EQ(differing([](Report& report) {
                  report.run.shards.clear();
                  report.run.selection = {"b/*"};
              }),
              "")
        << "a run of its own may have played what it liked";
}

TEST(Merge, KnowsASpawnedTargetByItsCommand) {
    auto one = part(1, {{"a/a", Verdict::pass}});
    auto two = part(2, {{"b/b", Verdict::pass}});
    one.report.target.spawn = two.report.target.spawn = "./echo --port {port}";
    two.report.target.url = "ws://127.0.0.1:9002/";
    EXPECT_EQ(misfit_of({one, two}), "");
}

}  // namespace
}  // namespace wsproof::report
