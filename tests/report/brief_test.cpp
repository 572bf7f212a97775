// Markdown, CSV and badges: within their limits, and nothing of a peer's is markup or a formula.
#include "reports/brief/brief.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Report with_many_failures(std::size_t count) {
    auto report = sample::ordinary();
    play::Result failure;
    for (auto const& result : report.results)
        if (result.verdict == play::Verdict::fail) failure = result;
    auto const variant = failure.variant;
    for (std::size_t i = 0; i < count; ++i) {
        failure.variant = variant + std::to_string(i);
        report.results.push_back(failure);
    }
    return report;
}

TEST(Markdown, StaysWithinItsLimitAndCountsTheRest) {
    auto const report = with_many_failures(600);
    for (std::size_t const limit : {2'000U, 60'000U, 200'000U}) {
        auto const text = markdown(report, limit);
        EXPECT_LE(text.size(), limit);
        EXPECT_THAT(text, HasSubstr("more stand in the report."));
        EXPECT_TRUE(text.ends_with("report.\n"));
    }
    EXPECT_THAT(markdown(sample::ordinary()), Not(HasSubstr("in the report.")));
}

TEST(Markdown, TellsWhatBreaksTheGateFirst) {
    auto const text = markdown(sample::everything());
    EXPECT_LT(text.find("❌", 5), text.find("❓"));
}

TEST(Markdown, KeepsMarkupOfAPeerForText) {
    auto report = sample::hostile();
    report.results.front().reason = "sent '```\n</details><img src=x>'";
    auto const text = markdown(report, 1'000'000);
    auto outside = text;
    for (auto at = outside.find("```"); at != std::string::npos; at = outside.find("```")) {
        auto const fence = outside.substr(at, outside.find_first_not_of('`', at) - at);
        auto const end = outside.find("\n" + fence + "\n", at);
        ASSERT_NE(end, std::string::npos);
        outside.erase(at, end + fence.size() + 2 - at);
    }
    EXPECT_THAT(outside, AllOf(Not(HasSubstr("<img")), Not(HasSubstr("<script"))));
}

TEST(GithubAnnotations, AreNoMoreThanGithubShows) {
    auto const lines = github_annotations(with_many_failures(600), {}, 9);
    EXPECT_EQ(std::ranges::count(lines, '\n'), 10);
    EXPECT_THAT(lines, HasSubstr("more in the report"));
}

TEST(GithubAnnotations, HaveNoCommandThatAPeerWrote) {
    auto report = sample::hostile();
    report.results.front().reason = "sent '\n::set-env name=PATH::x'";
    auto const lines = github_annotations(report, {}, 100);
    EXPECT_THAT(lines, Not(HasSubstr("\n::set-env")));
    EXPECT_THAT(lines, Not(HasSubstr("\n::error::x")));
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);)
        EXPECT_TRUE(line.starts_with("::error ") || line.starts_with("::warning ")) << line;
}

TEST(Csv, QuotesEveryTextAndHasNoFormula) {
    auto report = sample::ordinary();
    report.target.name = "=HYPERLINK(\"http://evil.example\")";
    auto const text = csv(report);
    EXPECT_THAT(text, HasSubstr("\"'=HYPERLINK(\"\"http://evil.example\"\")\","));
    EXPECT_TRUE(text.starts_with("target,test,level,status,microseconds,message,rerun\r\n"));
}

TEST(Badge, IsRedWhereTheGateIsBrokenAndGreyForAPart) {
    auto report = sample::ordinary();
    EXPECT_EQ(badge(report).colour, "red");
    for (auto& result : report.results) {
        result.verdict = play::Verdict::pass;
        result.breaches.clear();
    }
    report.run.selection = {"framing/**"};
    EXPECT_EQ(badge(report).colour, "lightgrey");
    EXPECT_THAT(badge(report).message, HasSubstr("partial"));
    report.run.selection.clear();
    report.run.profile = "default";
    EXPECT_EQ(badge(report).colour, "brightgreen");
    EXPECT_THAT(badge(report).message, HasSubstr("must "));
}

TEST(Badge, IsAPictureAndAnEndpoint) {
    EXPECT_THAT(badge_svg(sample::ordinary()), HasSubstr("<title>RFC 6455: "));
    auto const endpoint = json::parse(badge_json(sample::campaign()));
    EXPECT_EQ(endpoint.at("schemaVersion"), 1);
    EXPECT_THAT(endpoint.at("message").get<std::string>(), HasSubstr("finding"));
}

TEST(Brief, HasNoSecrets) {
    for (auto const& text : {markdown(sample::secured()), csv(sample::secured())})
        EXPECT_THAT(text, Not(HasSubstr("s3cr3t")));
}

}  // namespace
}  // namespace wsproof::report
