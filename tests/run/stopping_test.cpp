// Cases that tell the target to stop: when they are chosen, when they are played, what comes after.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/run/run.hpp"
#include "harness/run/select.hpp"
#include "tests/run/kit.hpp"

namespace wsproof::run {
namespace {

using play::Verdict;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

script::SourceFile stopping(std::string const& name, std::string const& steps) {
    return test::file("cases/shutdown/" + name + ".jsonc",
                      R"({ "says": "A server stops.", "rule": "6455/4.2.2/status-101",
                           "faults": ["never-answers-pings"], "needs": ["shutdown"], "steps": )" +
                          steps + " }");
}

script::Catalogue catalogue() {
    return test::catalogue_of(
        {stopping("a", R"([ "open", "alive", "shutdown", { "expect": { "close": 1001 } } ])"),
         stopping("b", R"([ "open", "alive", { "open": {}, "on": 1 }, "shutdown",
                            { "expect": { "close": 1001 } }, { "gone": {}, "within": { "grace": 120 } } ])"),
         test::file("cases/opening/plain.jsonc",
                    R"({ "says": "A server accepts.", "rule": "6455/4.2.2/status-101",
                         "faults": ["never-answers-pings"], "exclusive": true,
                         "steps": [ { "send": { "request": {} } }, { "expect": "accepted" }, "alive" ] })")});
}

class Stopping : public ::testing::Test {
protected:
    Stopping() {
        setting_.stopping.sees_process = true;
        setting_.stopping.tell = [this] { return target_.stopping.tell(); };
        setting_.stopping.exit_words = [this] { return target_.stopping.exit_words(); };
        observer_.on_result = [this](play::Result const& result, Progress const&) {
            order_.push_back(result.variant);
        };
    }
    Outcome run() {
        return execute(
            plan_, catalogue_, test::honest_profile(), setting_,
            [this] { return target_.connect(); }, observer_);
    }
    void may_be_started_again() {
        observer_.restart_target = [this] {
            ++starts_;
            target_ = play::to_stoppable_reference();
            return true;
        };
    }

    script::Catalogue catalogue_ = catalogue();
    // The clock of the reference is for one thread.
    Plan plan_{.variants = test::all_for_servers(catalogue_), .jobs = 1};
    play::Stoppable target_ = play::to_stoppable_reference();
    play::Setting setting_ = {};
    Observer observer_ = {};
    std::vector<std::string> order_ = {};
    int starts_ = 0;
};

TEST_F(Stopping, ComesLastAndTheCaseWithMostConnectionsFirst) {
    may_be_started_again();
    auto const outcome = run();
    EXPECT_THAT(order_, ElementsAre("opening/plain", "shutdown/b", "shutdown/a"));
    EXPECT_EQ(outcome.state, State::complete);
    EXPECT_EQ(outcome.words, "");
    for (auto const& result : outcome.results)
        EXPECT_EQ(result.verdict, Verdict::pass) << result.variant << ": " << result.reason;
    EXPECT_EQ(starts_, 1) << "once between the two, and not behind the last";
}

TEST_F(Stopping, SkipsTheRestWhereTheTargetDoesNotComeBack) {
    auto const outcome = run();
    EXPECT_EQ(outcome.state, State::complete) << outcome.words;
    EXPECT_EQ(test::result_of(outcome, "shutdown/b").verdict, Verdict::pass);
    auto const& skipped = test::result_of(outcome, "shutdown/a");
    EXPECT_EQ(skipped.verdict, Verdict::skipped);
    EXPECT_THAT(skipped.reason, HasSubstr("has not come back: with --spawn"));
}

TEST_F(Stopping, StopsTellingATargetThatCannotBeTold) {
    may_be_started_again();
    setting_.stopping.tell = [] { return std::optional<std::string>{"no such command"}; };
    auto const outcome = run();
    EXPECT_EQ(outcome.state, State::complete);
    auto const& first = test::result_of(outcome, "shutdown/b");
    EXPECT_EQ(first.verdict, Verdict::inconclusive);
    EXPECT_EQ(first.not_told, "no such command");
    auto const& second = test::result_of(outcome, "shutdown/a");
    EXPECT_EQ(second.verdict, Verdict::skipped);
    EXPECT_THAT(second.reason, HasSubstr("no such command"));
    EXPECT_EQ(starts_, 0);
}

TEST_F(Stopping, IsSkippedWithACureWhereNobodySaysHow) {
    setting_.stopping.tell = {};
    auto const outcome = run();
    auto const& skipped = test::result_of(outcome, "shutdown/a");
    EXPECT_EQ(skipped.skip_reason, "needs-capability:shutdown");
    EXPECT_THAT(skipped.reason, HasSubstr("--shutdown-command"));
}

TEST_F(Stopping, IsChosenByNameAlone) {
    auto const chosen = [&](Breadth breadth, std::vector<std::string> const& expressions) {
        std::vector<std::string> ids;
        Choice const choice{.role = wire::Role::server, .breadth = breadth, .spares_target = true};
        for (auto const* const variant : select(catalogue_, choice, expressions))
            ids.push_back(variant->id);
        return ids;
    };
    for (auto const breadth : {Breadth::ordinary, Breadth::full}) {
        EXPECT_THAT(chosen(breadth, {}), ElementsAre("opening/plain"));
        EXPECT_THAT(chosen(breadth, {"@all"}), ElementsAre("opening/plain"));
        EXPECT_THAT(chosen(breadth, {"@must"}), ElementsAre("opening/plain"));
        EXPECT_THAT(chosen(breadth, {"shutdown/*"}), ElementsAre("shutdown/a", "shutdown/b"));
        EXPECT_THAT(chosen(breadth, {"@default"}), ElementsAre("opening/plain"));
    }
}

}  // namespace
}  // namespace wsproof::run
