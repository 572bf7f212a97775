#include "reports/model.hpp"

#include <gtest/gtest.h>

#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

/// One case at that level with that verdict.
Report one(script::Level level, Verdict verdict, FailOn fail_on = FailOn::must) {
    Report report;
    report.cases = {{.id = "a/b", .level = level}};
    report.results = {{.variant = "a/b", .verdict = verdict}};
    report.fail_on = fail_on;
    return report;
}

TEST(ReportModel, TalliesByLevelAndVerdictWithZeros) {
    auto const tally = sample::ordinary().tally();
    ASSERT_EQ(tally.size(), 3U);
    EXPECT_EQ(tally.at(script::Level::must).at(Verdict::fail), 1U);
    EXPECT_EQ(tally.at(script::Level::must).at(Verdict::pass), 1U);
    EXPECT_EQ(tally.at(script::Level::must).at(Verdict::lenient), 1U);
    EXPECT_EQ(tally.at(script::Level::should).at(Verdict::skipped), 1U);
    for (auto const& [level, counts] : tally) EXPECT_EQ(counts.size(), play::verdicts.size());
    EXPECT_EQ(tally.at(script::Level::may).at(Verdict::note), 0U);
}

TEST(ReportModel, CountsLimitsApart) {
    Report report;
    report.cases = {{.id = "a/b"}, {.id = "c/tagged", .tags = {"limits"}}, {.id = "limits/big"}};
    report.results = {{.variant = "a/b", .verdict = Verdict::pass},
                      {.variant = "c/tagged", .verdict = Verdict::note},
                      {.variant = "limits/big", .verdict = Verdict::pass}};
    EXPECT_EQ(report.tally().at(script::Level::must).at(Verdict::pass), 1U);
    EXPECT_EQ(report.tally().at(script::Level::must).at(Verdict::note), 0U);
    EXPECT_EQ(report.limits().at(Verdict::pass), 1U);
    EXPECT_EQ(report.limits().at(Verdict::note), 1U);
}

TEST(ReportModel, LetsAShardBeEmptyButNoWhole) {
    Report report;
    EXPECT_EQ(exit_code_of(report), 7);
    report.run.shards = {{2, 3}};
    EXPECT_EQ(exit_code_of(report), 0);
    report.run.shards = {{1, 3}, {2, 3}, {3, 3}};
    EXPECT_EQ(exit_code_of(report), 7);
}

TEST(ReportModel, BreaksTheGateByLevel) {
    struct Row {
        script::Level level;
        FailOn fail_on;
        bool breaks;
    };
    constexpr Row rows[] = {
        {script::Level::must, FailOn::must, true},     {script::Level::should, FailOn::must, false},
        {script::Level::may, FailOn::must, false},     {script::Level::must, FailOn::should, true},
        {script::Level::should, FailOn::should, true}, {script::Level::may, FailOn::should, false},
        {script::Level::must, FailOn::any, true},      {script::Level::should, FailOn::any, true},
        {script::Level::may, FailOn::any, true},       {script::Level::must, FailOn::never, false}};
    for (auto const& row : rows) {
        auto const report = one(row.level, Verdict::fail, row.fail_on);
        EXPECT_EQ(report.breaks_gate(report.results[0]), row.breaks);
        EXPECT_EQ(exit_code_of(report), row.breaks ? 1 : 0);
    }
}

TEST(ReportModel, BreaksTheGateOnFailAndBrokenAlone) {
    for (auto const verdict : play::verdicts) {
        auto const report = one(script::Level::must, verdict);
        bool const counts = verdict == Verdict::fail || verdict == Verdict::broken;
        EXPECT_EQ(report.breaks_gate(report.results[0]), counts) << play::name_of(verdict);
    }
    auto const broken = one(script::Level::may, Verdict::broken, FailOn::never);
    EXPECT_TRUE(broken.breaks_gate(broken.results[0]));
}

TEST(ReportModel, BreaksTheGateOnAResultWhoseCaseIsUnknown) {
    Report report;
    report.results = {{.variant = "a/b", .verdict = Verdict::fail}};
    EXPECT_TRUE(report.breaks_gate(report.results[0]));
}

TEST(ReportModel, NeverCallsAnEmptyOrUndecidedRunOk) {
    EXPECT_EQ(exit_code_of(Report{}), 7);
    EXPECT_EQ(exit_code_of(one(script::Level::must, Verdict::skipped)), 7);
    EXPECT_EQ(exit_code_of(one(script::Level::must, Verdict::inconclusive)), 7);
    EXPECT_EQ(gate_of(one(script::Level::must, Verdict::inconclusive)), GateVerdict::incomplete);
    auto report = one(script::Level::must, Verdict::pass);
    EXPECT_EQ(exit_code_of(report), 0);
    EXPECT_EQ(gate_of(report), GateVerdict::ok);
    report.run.state = run::State::interrupted;
    EXPECT_EQ(exit_code_of(report), 7);
}

TEST(ReportModel, OrdersExitCodesByPrecedence) {
    auto report = one(script::Level::must, Verdict::fail);
    EXPECT_EQ(exit_code_of(report), 1);
    report.run.state = run::State::target_lost;
    EXPECT_EQ(exit_code_of(report), 4);
    report.run.state = run::State::unreachable;
    EXPECT_EQ(exit_code_of(report), 3);
    report.results.push_back({.variant = "a/c", .verdict = Verdict::broken});
    EXPECT_EQ(exit_code_of(report), 6);
}

TEST(ReportModel, CollectsABreachOnceWithItsWitnesses) {
    auto report = sample::ordinary();
    auto const breach = report.results[1].breaches[0];
    report.results[0].breaches = {breach, breach};
    auto const breaches = breaches_of(report);
    ASSERT_EQ(breaches.size(), 1U);
    EXPECT_EQ(breaches[0].rule, "6455/5.1/server-never-masks");
    EXPECT_EQ(
        breaches[0].witnesses,
        (std::vector<std::string>{"closing/reserved-code-not-sent#1005", "control/ping-answered"}));
}

TEST(ReportModel, CountsABreachedStandingRuleAgainstThePeer) {
    auto report = one(script::Level::must, Verdict::pass);
    report.results[0].breaches = {{"6455/5.1/server-never-masks", "masked"}};
    EXPECT_FALSE(report.breaks_gate(report.results[0]));
    EXPECT_EQ(exit_code_of(report), 1);
    report.rules["6455/5.1/server-never-masks"].level = script::Level::should;
    EXPECT_EQ(exit_code_of(report), 0);
    report.fail_on = FailOn::should;
    EXPECT_EQ(exit_code_of(report), 1);
}

TEST(Repro, NamesTargetCaseSeedAndWhatMatters) {
    auto report = sample::ordinary();
    report.setting.headers = {{"X-Room", "a b"}};
    EXPECT_EQ(repro(report, "framing/unmasked-frame#ping"),
              "wsproof ws://localhost:9001/ -H 'X-Room: a b' -s 'framing/unmasked-frame#ping' "
              "--seed 00c0ffee5eed0001");
    report.target.spawn = "./echo --port {port}";
    report.target.options = {"--cacert", "my ca.pem"};
    report.setting.headers.clear();
    report.setting.origin = "https://a.example";
    report.setting.subprotocols = {"chat"};
    report.run.delivery = "bytewise";
    report.setting.depth = play::Depth::full;
    report.run.strict = true;
    report.run.time_scale = 2.5;
    EXPECT_EQ(repro(report, "a/b"),
              "wsproof --spawn './echo --port {port}' --cacert 'my ca.pem' --origin "
              "https://a.example --subprotocol chat -s a/b --seed 00c0ffee5eed0001 --delivery "
              "bytewise --depth full --strict --timeout-scale 2.5");
}

TEST(Repro, KeepsCredentialsOut) {
    auto report = sample::ordinary();
    report.target.url = "ws://me:passw0rd@localhost:9001/";
    auto const command = repro(report, "a/b");
    EXPECT_EQ(command.find("s3cr3t"), std::string::npos);
    EXPECT_EQ(command.find("passw0rd"), std::string::npos);
    EXPECT_NE(command.find("'Authorization: •••'"), std::string::npos);
}

TEST(ShellQuoted, QuotesWhatAShellWouldTakeApart) {
    EXPECT_EQ(shell_quoted("ws://h:1/p"), "ws://h:1/p");
    EXPECT_EQ(shell_quoted(""), "''");
    EXPECT_EQ(shell_quoted("it's"), "'it'\\''s'");
    EXPECT_EQ(shell_quoted("$(rm x)"), "'$(rm x)'");
    EXPECT_EQ(shell_quoted("a\nb"), "'a\nb'");
}

TEST(Printable, LeavesTextAlone) {
    EXPECT_EQ(printable("Grüße, 世界 😀 \\x1b"), "Grüße, 世界 😀 \\x1b");
}

TEST(Printable, EscapesControlsAndWhatTurnsTheOrder) {
    EXPECT_EQ(printable(std::string_view("\0\t\n\x1b[2J\x7f", 8)), "\\x00\\x09\\x0a\\x1b[2J\\x7f");
    EXPECT_EQ(printable("\xc2\x9b"
                        "31m"),
              "\\xc2\\x9b31m");
    EXPECT_EQ(printable("a\xe2\x80\xae"
                        "b\xe2\x81\xa9\xd8\x9c"),
              "a\\xe2\\x80\\xaeb\\xe2\\x81\\xa9\\xd8\\x9c");
    EXPECT_EQ(printable("\xe2\x80\xa8\xef\xbb\xbf"), "\\xe2\\x80\\xa8\\xef\\xbb\\xbf");
}

TEST(Printable, EscapesWhatIsNotUtf8) {
    EXPECT_EQ(printable("\xff\xc3\x28"), "\\xff\\xc3(");
    EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");
    EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");
    EXPECT_EQ(printable("\xf0\x9f\x98"), "\\xf0\\x9f\\x98");
}

}  // namespace
}  // namespace wsproof::report
