// What `wsproof diff` tells of two reports: a fix hides no regression, and what is only told when
// it is wrong counts as passed where it is not told.
#include "reports/compare/difference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

play::Result* failure_of(Report& report) {
    for (auto& result : report.results)
        if (result.verdict == play::Verdict::fail && report.breaks_gate(result)) return &result;
    return nullptr;
}

void pass(play::Result& result) {
    result.verdict = play::Verdict::pass;
    result.breaches.clear();
}

TEST(Difference, OfAReportFromItselfIsNone) {
    for (auto const& report : {sample::ordinary(), sample::everything(), sample::secured()}) {
        auto const same = difference(report, report);
        EXPECT_FALSE(same.is_regression());
        EXPECT_THAT(same.fixed, IsEmpty());
        EXPECT_THAT(same.otherwise, IsEmpty());
        EXPECT_THAT(text(same), HasSubstr("0 regressions"));
    }
}

TEST(Difference, IsARegressionOneWayAndAFixTheOther) {
    auto const wrong = sample::ordinary();
    auto right = wrong;
    pass(*failure_of(right));
    auto const worse = difference(right, wrong);
    EXPECT_TRUE(worse.is_regression());
    EXPECT_NE(worse.regressed.front().rerun, "");
    EXPECT_THAT(text(worse), HasSubstr(worse.regressed.front().name));
    auto const better = difference(wrong, right);
    EXPECT_FALSE(better.is_regression());
    EXPECT_THAT(better.fixed, Not(IsEmpty()));
}

TEST(Difference, CountsAStandingRuleThatWasNotBrokenAsPassed) {
    auto const wrong = sample::ordinary();
    ASSERT_THAT(breaches_of(wrong), Not(IsEmpty()));
    auto right = wrong;
    for (auto& result : right.results) result.breaches.clear();
    auto const worse = difference(right, wrong);
    EXPECT_TRUE(worse.is_regression());
    EXPECT_THAT(worse.regressed.front().name, HasSubstr("standing rules/"));
}

TEST(Difference, TellsAFailureThatHasAnotherCause) {
    auto const one = sample::ordinary();
    auto other = one;
    failure_of(other)->signature = "another: FIN";
    auto const changed = difference(one, other);
    EXPECT_FALSE(changed.is_regression());
    EXPECT_THAT(changed.otherwise, SizeIs(1));
}

TEST(Difference, TellsWhatIsNoLongerJudgedAndWhatWasNotPlayed) {
    auto const whole = sample::ordinary();
    auto part = whole;
    auto const name = failure_of(part)->variant;
    std::erase_if(part.results, [&](auto const& result) { return result.variant == name; });
    EXPECT_EQ(difference(whole, part).gone, 1U);
    auto const more = difference(part, whole);
    EXPECT_EQ(more.added, 1U);
    EXPECT_THAT(more.appeared, Not(IsEmpty()));

    auto skipped = whole;
    failure_of(skipped)->verdict = play::Verdict::inconclusive;
    EXPECT_THAT(difference(whole, skipped).unjudged, SizeIs(1));
}

TEST(Difference, ShowsWhatAPeerSaidForWhatItIs) {
    auto right = sample::hostile();
    for (auto& result : right.results) pass(result);
    auto const told = text(difference(right, sample::hostile()));
    EXPECT_THAT(told, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace wsproof::report
