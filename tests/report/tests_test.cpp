// The report as a list of tests: it agrees with the gate, loses nothing, and no text of a peer gets
// out of its place. Real parsers read the three formats in tests/interop/formats_test.py.
#include "reports/tests/tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using Status = Test::Status;

bool any_failed(std::vector<Test> const& tests) {
    return std::ranges::find(tests, Status::failed, &Test::status) != tests.end();
}

/// A case that is broken breaks the gate as well, and is an error of ours.
void leave_out_broken(Report& report) {
    std::erase_if(report.results,
                  [](auto const& result) { return result.verdict == play::Verdict::broken; });
}

TEST(TestsOfAReport, FailWhereTheGateIsBrokenAndNowhereElse) {
    for (auto report :
         {sample::ordinary(), sample::everything(), sample::secured(), sample::campaign()}) {
        leave_out_broken(report);
        for (auto const level : {FailOn::must, FailOn::any, FailOn::never}) {
            report.fail_on = level;
            EXPECT_EQ(any_failed(tests_of(report)), gate_of(report) == GateVerdict::failed);
        }
    }
}

TEST(TestsOfAReport, HaveNamesOfTheirOwn) {
    for (auto const& report :
         {sample::ordinary(), sample::everything(), sample::secured(), sample::campaign()}) {
        std::set<std::pair<std::string, std::string>> names;
        auto const tests = tests_of(report);
        for (auto const& test : tests) names.emplace(test.suite, test.name);
        EXPECT_EQ(names.size(), tests.size());
    }
}

TEST(TestsOfAReport, SayWhyTheyWereSkippedOrCouldNotBeJudged) {
    std::set<Status> seen;
    for (auto const& test : tests_of(sample::everything())) {
        seen.insert(test.status);
        EXPECT_TRUE(test.status == Status::passed || !test.message.empty()) << test.name;
    }
    EXPECT_EQ(seen.size(), 4U);
}

TEST(TestsOfAReport, HoldACampaignWithoutFindingsForOneThatPassed) {
    auto report = sample::campaign();
    report.fuzzing->findings.clear();
    report.results.clear();
    auto const tests = tests_of(report);
    ASSERT_EQ(tests.size(), 1U);
    EXPECT_EQ(tests.front().status, Status::passed);
    report.fuzzing->sessions = 0;
    EXPECT_EQ(tests_of(report).front().status, Status::error);
}

TEST(Junit, KeepsMarkupOfAPeerForText) {
    auto const xml = junit(sample::hostile());
    EXPECT_THAT(xml, Not(HasSubstr("<script")));
    EXPECT_THAT(xml, Not(HasSubstr("\x1b")));
    EXPECT_THAT(xml, HasSubstr("&lt;script"));
}

TEST(Junit, SaysWhatXmlCannotSayInAnotherWay) {
    auto report = sample::ordinary();
    report.results.front().reason = "sent '\xEF\xBF\xBF]]>\x01'";
    auto const xml = junit(report);
    EXPECT_THAT(xml, Not(HasSubstr("\xEF\xBF\xBF")));
    EXPECT_THAT(xml, Not(HasSubstr("]]>")));
    EXPECT_THAT(xml, Not(HasSubstr("\x01")));
}

TEST(Tap, HasNoDirectiveThatAPeerWrote) {
    auto report = sample::ordinary();
    report.target.name = "x # SKIP";
    report.results.front().reason = "sent '\n  ...\nok 1 - all is well # SKIP'";
    auto const text = tap(report);
    EXPECT_THAT(text, Not(HasSubstr("\nok 1 - all is well")));
    EXPECT_THAT(text, HasSubstr("# x \\# SKIP"));
}

TEST(Ctrf, CountsWhatItLists) {
    auto const report = json::parse(ctrf(sample::everything()));
    auto const& results = report.at("results");
    auto const& summary = results.at("summary");
    EXPECT_EQ(summary.at("tests"), results.at("tests").size());
    EXPECT_EQ(summary.at("passed").get<int>() + summary.at("failed").get<int>() +
                  summary.at("skipped").get<int>() + summary.at("other").get<int>(),
              summary.at("tests").get<int>());
    EXPECT_GT(summary.at("start").get<std::int64_t>(), 1'700'000'000'000);
}

TEST(EveryListOfTests, HasNoSecrets) {
    for (auto const& text :
         {junit(sample::secured()), tap(sample::secured()), ctrf(sample::secured())})
        EXPECT_THAT(text, Not(HasSubstr("s3cr3t")));
}

}  // namespace
}  // namespace wsproof::report
