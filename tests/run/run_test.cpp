#include "harness/run/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "tests/run/kit.hpp"

namespace wsproof::run {
namespace {

using play::Verdict;
using ::testing::Each;
using ::testing::Field;
using ::testing::HasSubstr;

class Execute : public ::testing::Test {
protected:
    Outcome execute_against(play::Connect const& connect) {
        return execute(plan_, catalogue_, profile_, setting_, connect, observer_);
    }
    Outcome execute_against_fault(reference::Fault fault) {
        return execute_against(play::to_reference(wire::Role::server, {}, {fault}));
    }

    script::Catalogue catalogue_ = test::small_catalogue();
    Plan plan_{.variants = test::all_for_servers(catalogue_)};
    Profile profile_ = test::honest_profile();
    play::Setting setting_ = {};
    Observer observer_ = {};
};

TEST_F(Execute, PassesTheHonestReferenceInTheOrderOfIds) {
    auto const outcome = execute_against(play::to_reference(wire::Role::server));
    EXPECT_EQ(outcome.state, State::complete);
    ASSERT_EQ(outcome.results.size(), 6U);
    for (auto const& result : outcome.results)
        EXPECT_EQ(result.verdict, Verdict::pass) << result.variant << ": " << result.reason;
    EXPECT_TRUE(std::ranges::is_sorted(outcome.results, {}, &play::Result::variant));
}

TEST_F(Execute, GivesTheSameBytesWhateverTheJobs) {
    auto const bytes = [](Outcome const& outcome) {
        std::map<std::string, wire::Bytes> sent;
        for (auto const& result : outcome.results)
            for (auto const& entry : result.transcript.entries)
                if (entry.direction == play::Direction::send)
                    wire::append(sent[result.variant], entry.bytes);
        return sent;
    };
    plan_.jobs = 1;
    auto const alone = bytes(execute_against(play::to_reference(wire::Role::server)));
    plan_.jobs = 8;
    auto const together = bytes(execute_against(play::to_reference(wire::Role::server)));
    EXPECT_FALSE(alone.empty());
    EXPECT_EQ(alone, together);
}

TEST_F(Execute, CallsACaseInconclusiveWhoseTwinFails) {
    // The reference answers no pings, calibration believed it did: the twin fails.
    auto const outcome = execute_against_fault(reference::Fault::never_answers_pings);
    auto const& result = test::result_of(outcome, "framing/unmasked-frame");
    EXPECT_EQ(result.verdict, Verdict::inconclusive);
    EXPECT_THAT(result.reason, HasSubstr("twin control/ping-answered#empty"));
}

TEST_F(Execute, PlaysATwinThatWasNotSelectedWithoutReportingIt) {
    plan_.variants = {catalogue_.find("framing/unmasked-frame")};
    auto const honest = execute_against(play::to_reference(wire::Role::server));
    ASSERT_EQ(honest.results.size(), 1U);
    EXPECT_EQ(honest.results.front().verdict, Verdict::pass);
    auto const faulty = execute_against_fault(reference::Fault::never_answers_pings);
    ASSERT_EQ(faulty.results.size(), 1U);
    EXPECT_EQ(faulty.results.front().verdict, Verdict::inconclusive);
}

TEST_F(Execute, SkipsWhatTheTargetCannotDoAndSaysWhy) {
    profile_.echoes_text = profile_.echoes_binary = false;
    setting_.echoes_text = setting_.echoes_binary = false;
    auto const outcome = execute_against(play::to_reference(wire::Role::server));
    auto const& result = test::result_of(outcome, "messages/text-echoed");
    EXPECT_EQ(result.verdict, Verdict::skipped);
    EXPECT_EQ(result.skip_reason, "needs-echo");
    EXPECT_EQ(test::result_of(outcome, "framing/unmasked-frame").verdict, Verdict::pass);
}

TEST_F(Execute, SkipsWhatTheUserLeavesOutWithTheUsersReason) {
    plan_.skips = {{"messages/text-echoed", "known to be slow"}};
    auto const outcome = execute_against(play::to_reference(wire::Role::server));
    auto const& result = test::result_of(outcome, "messages/text-echoed");
    EXPECT_EQ(result.verdict, Verdict::skipped);
    EXPECT_EQ(result.skip_reason, "config");
    EXPECT_EQ(result.reason, "known to be slow");
}

TEST_F(Execute, ReportsEveryResultOnceAndCountsThem) {
    std::map<std::string, int> seen;
    Progress last;
    observer_.on_result = [&](play::Result const& result, Progress const& progress) {
        ++seen[result.variant];
        last = progress;
    };
    execute_against(play::to_reference(wire::Role::server));
    EXPECT_EQ(seen.size(), 6U);
    for (auto const& [id, times] : seen) EXPECT_EQ(times, 1) << id;
    EXPECT_EQ(last.done, 6U);
    EXPECT_EQ(last.total, 6U);
}

TEST_F(Execute, StopsWhenAskedAndListsTheRestAsSkipped) {
    plan_.jobs = 1;
    std::size_t results = 0;
    observer_.on_result = [&](play::Result const&, Progress const&) { ++results; };
    observer_.should_stop = [&] { return results >= 2; };
    auto const outcome = execute_against(play::to_reference(wire::Role::server));
    EXPECT_EQ(outcome.state, State::interrupted);
    EXPECT_EQ(outcome.results.size(), 6U);
    EXPECT_EQ(std::ranges::count(outcome.results, Verdict::pass, &play::Result::verdict), 2);
    EXPECT_EQ(std::ranges::count(outcome.results, Verdict::skipped, &play::Result::verdict), 4);
}

TEST_F(Execute, StopsAfterTheFirstFailureWithFailFast) {
    plan_.jobs = 1;
    plan_.fail_fast = 1;
    auto const outcome = execute_against_fault(reference::Fault::never_answers_pings);
    EXPECT_EQ(outcome.state, State::budget_spent);
    EXPECT_EQ(std::ranges::count(outcome.results, Verdict::fail, &play::Result::verdict), 1);
}

TEST_F(Execute, CallsATargetUnreachableThatRefusesEverything) {
    auto const nobody = []() -> std::unique_ptr<play::Peer> {
        throw play::Unreachable("connection refused");
    };
    auto const outcome = execute_against(nobody);
    EXPECT_EQ(outcome.state, State::unreachable);
    EXPECT_THAT(outcome.words, HasSubstr("refused"));
    EXPECT_THAT(outcome.results, Each(Field(&play::Result::skip_reason, "target-lost")));
}

TEST_F(Execute, EndsSoonAgainstATargetThatAnswersNothingEvenWithoutTheSanityCase) {
    plan_.sanity = false;
    plan_.jobs = 1;
    std::size_t played = 0;
    observer_.on_result = [&](play::Result const& result, Progress const&) {
        if (result.verdict != Verdict::skipped) ++played;
    };
    auto const outcome = execute_against(test::deaf_target());
    EXPECT_EQ(outcome.state, State::target_lost);
    EXPECT_LE(played, 6U);
}

TEST_F(Execute, NamesTheCaseThatTheTargetDidNotSurvive) {
    test::Mortal target("poison");
    plan_.jobs = 1;
    observer_.target_exit = [&]() -> std::optional<std::string> {
        return target.is_dead() ? std::optional<std::string>("was killed by signal 11")
                                : std::nullopt;
    };
    auto const outcome = execute_against(target.connect());
    EXPECT_EQ(outcome.state, State::target_lost);
    EXPECT_EQ(outcome.lost_at, "messages/text-echoed");
    EXPECT_THAT(outcome.words, HasSubstr("signal 11"));
    auto const& killer = test::result_of(outcome, "messages/text-echoed");
    EXPECT_EQ(killer.verdict, Verdict::fail);
    EXPECT_THAT(killer.reason, HasSubstr("did not survive"));
    EXPECT_EQ(test::result_of(outcome, "opening/plain").skip_reason, "target-lost");
    EXPECT_EQ(test::result_of(outcome, "control/ping-answered#one").verdict, Verdict::pass);
}

TEST_F(Execute, AccusesNobodyWhereTheNetworkMayBeToBlame) {
    test::Mortal target("poison");
    plan_.jobs = 1;
    auto const outcome = execute_against(target.connect());
    EXPECT_EQ(outcome.state, State::target_lost);
    EXPECT_EQ(outcome.lost_at, "messages/text-echoed");
    EXPECT_THAT(outcome.words, HasSubstr("messages/text-echoed"));
    EXPECT_THAT(test::result_of(outcome, "messages/text-echoed").reason,
                ::testing::Not(HasSubstr("did not survive")));
}

TEST_F(Execute, FindsTheKillerAmongSeveralAndGoesOnAfterARestart) {
    test::Mortal target("poison");
    plan_.jobs = 4;
    observer_.target_exit = [&]() -> std::optional<std::string> {
        return target.is_dead() ? std::optional<std::string>("exited with 3") : std::nullopt;
    };
    int restarts = 0;
    observer_.restart_target = [&] {
        ++restarts;
        target.revive();
        return true;
    };
    auto const outcome = execute_against(target.connect());
    EXPECT_EQ(outcome.state, State::target_lost);
    EXPECT_EQ(outcome.lost_at, "messages/text-echoed");
    EXPECT_GE(restarts, 1);
    for (auto const& result : outcome.results)
        EXPECT_EQ(result.verdict,
                  result.variant == "messages/text-echoed" ? Verdict::fail : Verdict::pass)
            << result.variant << ": " << result.reason;
}

TEST_F(Execute, NoticesThatTheLastCaseEndedTheTarget) {
    test::Mortal target("poison");
    plan_.jobs = 1;
    plan_.variants = {catalogue_.find("messages/text-echoed")};
    auto const outcome = execute_against(target.connect());
    EXPECT_EQ(outcome.state, State::target_lost);
    EXPECT_EQ(outcome.lost_at, "messages/text-echoed");
}

TEST_F(Execute, NoticesATargetThatHangs) {
    test::Mortal target("poison", true);
    plan_.jobs = 1;
    plan_.variants = {catalogue_.find("messages/text-echoed")};
    auto const outcome = execute_against(target.connect());
    EXPECT_EQ(outcome.state, State::target_lost);
    EXPECT_THAT(outcome.words, HasSubstr("no longer answers"));
}

TEST_F(Execute, GoesOnWhenASingleConnectionWasRefused) {
    auto const honest = play::to_reference(wire::Role::server);
    auto calls = std::make_shared<std::atomic<int>>(0);
    auto const connect = [honest, calls]() -> std::unique_ptr<play::Peer> {
        if (++*calls == 3) throw play::Unreachable("too many connections");
        return honest();
    };
    auto const outcome = execute_against(connect);
    EXPECT_EQ(outcome.state, State::complete);
    for (auto const& result : outcome.results)
        EXPECT_EQ(result.verdict, Verdict::pass) << result.variant << ": " << result.reason;
}

TEST_F(Execute, PlaysExclusiveCasesAlone) {
    auto const catalogue = test::catalogue_of(
        {test::file("cases/control/alone.jsonc",
                    R"({ "says": "A.", "rule": "6455/5.5.2/ping-answered", "exclusive": true,
                         "faults": ["never-answers-pings"], "each": { "n": ["1", "2", "3"] },
                         "steps": [ "open", { "send": { "ping": "${n}" } },
                                    { "expect": { "pong": "${n}" } } ] })"),
         test::file("cases/control/beside.jsonc",
                    R"({ "says": "B.", "rule": "6455/5.5.2/ping-answered",
                         "faults": ["never-answers-pings"], "each": { "n": ["1", "2", "3", "4"] },
                         "steps": [ "open", { "send": { "ping": "${n}" } },
                                    { "expect": { "pong": "${n}" } } ] })")});
    std::mutex mutex;
    std::vector<std::string> order;
    observer_.on_result = [&](play::Result const& result, Progress const&) {
        std::lock_guard const lock(mutex);
        order.push_back(result.variant);
    };
    plan_.jobs = 4;
    plan_.variants = test::all_for_servers(catalogue);
    auto const outcome = execute(plan_, catalogue, profile_, setting_,
                                 play::to_reference(wire::Role::server), observer_);
    ASSERT_EQ(order.size(), 7U);
    for (std::size_t n = 4; n < 7; ++n) EXPECT_THAT(order[n], HasSubstr("control/alone"));
}

TEST_F(Execute, BeginsWithWhatSleepsWithTheTwinItWaitsFor) {
    auto const catalogue =
        test::catalogue_of({test::file("cases/control/at-once.jsonc",
                                       R"({ "says": "A.", "rule": "6455/5.5.2/ping-answered",
                         "faults": ["never-answers-pings"], "each": { "n": ["1", "2"] },
                         "steps": [ "open", { "send": { "ping": "${n}" } },
                                    { "expect": { "pong": "${n}" } } ] })"),
                            test::file("cases/control/later.jsonc",
                                       R"({ "says": "B.", "rule": "6455/5.5.2/ping-answered",
                         "twin": "control/twin", "faults": ["never-answers-pings"],
                         "steps": [ "open", { "wait": 100 }, { "send": { "ping": "" } },
                                    { "expect": { "pong": "" } } ] })"),
                            test::file("cases/control/twin.jsonc",
                                       R"({ "says": "C.", "rule": "6455/5.5.2/ping-answered",
                         "faults": ["never-answers-pings"],
                         "steps": [ "open", "alive", { "send": { "ping": "" } },
                                    { "expect": { "pong": "" } } ] })")});
    std::vector<std::string> order;
    observer_.on_result = [&](play::Result const& result, Progress const&) {
        order.push_back(result.variant);
    };
    plan_.jobs = 1;
    plan_.variants = test::all_for_servers(catalogue);
    static_cast<void>(execute(plan_, catalogue, profile_, setting_,
                              play::to_reference(wire::Role::server), observer_));
    EXPECT_THAT(order, testing::ElementsAre("control/twin", "control/later", "control/at-once#1",
                                            "control/at-once#2"));
}

}  // namespace
}  // namespace wsproof::run
