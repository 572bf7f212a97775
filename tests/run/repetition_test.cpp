#include "harness/run/repetition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>

#include "tests/run/kit.hpp"

namespace wsproof::run {
namespace {

using play::Verdict;
using ::testing::Contains;
using ::testing::HasSubstr;

std::vector<play::Result> plays_of(std::vector<Verdict> const& verdicts) {
    std::vector<play::Result> plays;
    for (auto const verdict : verdicts)
        plays.push_back({.verdict = verdict, .reason = std::string(play::name_of(verdict)) + "!"});
    return plays;
}

TEST(Repetition, RetriesWhatDidNotGoWellUntilItDoes) {
    Repetition const twice{.retries = 2};
    EXPECT_FALSE(wants_another_play(twice, plays_of({Verdict::pass})));
    EXPECT_FALSE(wants_another_play(twice, plays_of({Verdict::lenient})));
    EXPECT_TRUE(wants_another_play(twice, plays_of({Verdict::inconclusive})));
    EXPECT_TRUE(wants_another_play(twice, plays_of({Verdict::fail, Verdict::fail})));
    EXPECT_FALSE(
        wants_another_play(twice, plays_of({Verdict::fail, Verdict::fail, Verdict::fail})));
    EXPECT_FALSE(wants_another_play(twice, plays_of({Verdict::fail, Verdict::pass})));
    EXPECT_FALSE(wants_another_play({}, plays_of({Verdict::fail})));
}

TEST(Repetition, RepeatsWhateverCameOfIt) {
    EXPECT_TRUE(wants_another_play({.repeat = 2}, plays_of({Verdict::pass})));
    EXPECT_FALSE(wants_another_play({.repeat = 2}, plays_of({Verdict::fail, Verdict::fail})));
}

TEST(Repetition, LetsTheRetryThatWentWellCountAndCallsItFlaky) {
    auto const result = settled({.retries = 2}, plays_of({Verdict::fail, Verdict::pass}));
    EXPECT_EQ(result.verdict, Verdict::pass);
    EXPECT_EQ(result.attempts, 2U);
    EXPECT_TRUE(result.flaky);
    EXPECT_THAT(result.notes, Contains("1 of 2 plays: fail: fail!"));
    auto const failed = settled({.retries = 1}, plays_of({Verdict::fail, Verdict::fail}));
    EXPECT_EQ(failed.verdict, Verdict::fail);
    EXPECT_FALSE(failed.flaky);
}

TEST(Repetition, LetsTheWorstOfManyPlaysCount) {
    auto const plays = plays_of({Verdict::pass, Verdict::fail, Verdict::pass});
    auto const result = settled({.repeat = 3}, plays);
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_TRUE(result.flaky);
    EXPECT_THAT(result.notes, Contains("2 of 3 plays: pass: pass!"));
    auto const steady = settled({.repeat = 2}, plays_of({Verdict::pass, Verdict::pass}));
    EXPECT_EQ(steady.attempts, 2U);
    EXPECT_FALSE(steady.flaky);
}

/// The reference, which accepts unmasked frames on every other connection.
play::Connect fickle() {
    auto const count = std::make_shared<std::atomic<unsigned>>(0);
    return [count, honest = play::to_reference(wire::Role::server),
            faulty =
                play::to_reference(wire::Role::server, {}, {reference::Fault::accepts_unmasked})] {
        return (++*count % 2 == 0 ? faulty : honest)();
    };
}

class Repeated : public ::testing::Test {
protected:
    Repeated() {
        plan_.jobs = 1;
        plan_.sanity = false;
    }
    Outcome against(play::Connect const& connect) {
        return execute(plan_, catalogue_, test::honest_profile(), {}, connect, observer_);
    }

    script::Catalogue catalogue_ = test::small_catalogue();
    Plan plan_{.variants = test::all_for_servers(catalogue_)};
    Observer observer_ = {};
};

TEST_F(Repeated, PlaysEachCaseSoOftenAndTellsOnce) {
    plan_.repetition = {.repeat = 4};
    std::size_t told = 0;
    observer_.on_result = [&](play::Result const&, Progress const&) { ++told; };
    auto const outcome = against(fickle());
    EXPECT_EQ(outcome.state, State::complete);
    EXPECT_EQ(told, outcome.results.size());
    for (auto const& result : outcome.results) {
        EXPECT_EQ(result.attempts, 4U) << result.variant;
        EXPECT_EQ(result.flaky, result.variant == "framing/unmasked-frame") << result.variant;
    }
    EXPECT_EQ(test::result_of(outcome, "framing/unmasked-frame").verdict, Verdict::fail);
}

TEST_F(Repeated, IsDoneWithACaseThatARetryPasses) {
    plan_.repetition = {.retries = 3};
    std::size_t flaky = 0;
    for (int run = 0; run < 2; ++run) {
        auto connect = fickle();
        if (run == 1) static_cast<void>(connect());  // the other half of the connections
        auto const outcome = against(connect);
        for (auto const& result : outcome.results) {
            EXPECT_EQ(result.verdict, Verdict::pass) << result.variant;
            flaky += result.flaky ? 1 : 0;
        }
    }
    EXPECT_EQ(flaky, 1U);
}

TEST_F(Repeated, StartsNothingWhenTheTimeIsOver) {
    plan_.budget = std::chrono::milliseconds(0);
    auto const outcome = against(play::to_reference(wire::Role::server));
    EXPECT_EQ(outcome.state, State::budget_spent);
    EXPECT_THAT(outcome.words, HasSubstr("time budget"));
    for (auto const& result : outcome.results) EXPECT_EQ(result.skip_reason, "budget");
}

TEST_F(Repeated, KeepsWhatWasMeasuredBeforeItWasStopped) {
    plan_.repetition = {.repeat = 100};
    std::size_t asked = 0;
    observer_.should_stop = [&] { return ++asked > 10; };
    auto const outcome = against(play::to_reference(wire::Role::server));
    EXPECT_EQ(outcome.state, State::interrupted);
    auto const most = std::ranges::max_element(outcome.results, {}, &play::Result::attempts);
    EXPECT_GE(most->attempts, 5U);
    EXPECT_EQ(most->verdict, Verdict::pass);
}

}  // namespace
}  // namespace wsproof::run
