// The report of a campaign: its findings count, each with the command that plays it again.
#include "reports/fuzzing/fuzzing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/fuzzing/words.hpp"
#include "reports/html/page.hpp"
#include "reports/json.hpp"
#include "reports/merge.hpp"
#include "reports/sarif/sarif.hpp"
#include "reports/text.hpp"
#include "tests/report/golden.hpp"
#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view first = "found/F-3a91c07e";
constexpr std::string_view second = "found/F-00c0ffee";

FuzzFinding& finding(Report& report, std::size_t number) {
    return report.fuzzing->findings.at(number);
}

json sarif_results(Report const& report) {
    return json::parse(sarif(report, {})).at("runs").at(0).at("results");
}

TEST(Fuzzing, IsReadBackAsItWasWritten) {
    auto report = sample::campaign();
    for (auto& one : report.fuzzing->findings) one.signature = one.words = "plain";
    auto const text = write_json(report, KeepTranscripts::all);
    auto const again = read_json(text);
    EXPECT_EQ(again.fuzzing, report.fuzzing);
    EXPECT_EQ(again.exit_code, 5);
    EXPECT_TRUE(same_text(write_json(again, KeepTranscripts::all), text));
    EXPECT_EQ(json::parse(write_json(sample::ordinary())).count("fuzzing"), 0U);
}

TEST(Fuzzing, CountsWhatCameAgainAtAnyLevel) {
    auto report = sample::campaign();
    report.cases[0].level = report.cases[1].level = script::Level::may;
    EXPECT_EQ(gate_of(report), GateVerdict::failed);
    EXPECT_EQ(exit_code_of(report), 5);
    EXPECT_EQ(json::parse(write_json(report)).at("gate").at("broke").at(0),
              "target:" + std::string(first));
    for (auto& one : report.fuzzing->findings) one.confirmed = false;
    report.results.clear();
    EXPECT_EQ(exit_code_of(report), 5) << "that it crashed is certain, whichever session it was";
    for (auto& one : report.fuzzing->findings) one.harm = "violation";
    EXPECT_EQ(gate_of(report), GateVerdict::ok);
    EXPECT_EQ(exit_code_of(report), 0);
    report.run.state = run::State::interrupted;
    EXPECT_EQ(gate_of(report), GateVerdict::incomplete);
    EXPECT_EQ(exit_code_of(report), 7);
}

TEST(Fuzzing, IsToldInTheTerminal) {
    expect_golden("campaign.txt", text(sample::campaign()));
    auto const ascii = text(sample::campaign(), {.ascii = true});
    for (char const c : ascii) ASSERT_TRUE(c == '\n' || (c >= ' ' && c < '\x7f'));
    EXPECT_THAT(ascii, Not(HasSubstr("s3cr3t")));
}

TEST(Fuzzing, EndsWithItsFigures) {
    EXPECT_EQ(text_tail(sample::campaign()),
              "17,418 sessions, 48,920 exchanges in 20.0 s; 1,762 states; 2 findings   "
              "exit 5 (a new finding)\n");
    Report little;
    little.fuzzing = Fuzzing{.sessions = 1, .exchanges = 1, .coverage = 1};
    EXPECT_THAT(text_tail(little),
                HasSubstr("1 session, 1 exchange in 0 us; 1 state; 0 findings   exit 0"));
}

TEST(Fuzzing, IsPlayedAgainFromItsFile) {
    auto report = sample::campaign();
    EXPECT_EQ(repro(report, std::string(first)),
              "wsproof replay wsproof-report/findings/F-3a91c07e.jsonc ws://localhost:9001/ "
              "-H 'Authorization: •••' --seed 00c0ffee5eed0001");
    report.run.strict = true;
    report.run.time_scale = 2;
    report.setting.headers.clear();
    report.target.options = {"--cacert", "ca.pem"};
    finding(report, 0).file = "a b.jsonc";
    EXPECT_EQ(repro(report, std::string(first)),
              "wsproof replay 'a b.jsonc' ws://localhost:9001/ --cacert ca.pem "
              "--seed 00c0ffee5eed0001 --strict --timeout-scale 2");
    report.target.spawn = "./echo {port}";
    EXPECT_THAT(repro(report, std::string(first)),
                HasSubstr("replay 'a b.jsonc' --spawn './echo {port}' --cacert"));
}

TEST(Fuzzing, IsFuzzedAgainUpToItsSessionWithoutAFile) {
    auto report = sample::campaign();
    report.setting.headers.clear();
    EXPECT_EQ(repro(report, std::string(second)),
              "wsproof fuzz ws://localhost:9001/ --seed 00c0ffee5eed0001 --runs 4711");
    report.run.strict = true;
    EXPECT_THAT(repro(report, std::string(second)), HasSubstr(" --runs 4711 --model strict"));
    finding(report, 1).session = 0;
    EXPECT_EQ(repro(report, std::string(second)),
              "wsproof fuzz ws://localhost:9001/ --regressions found");
    report.fuzzing.reset();
    EXPECT_THAT(repro(report, std::string(second)), HasSubstr(" -s found/F-00c0ffee "));
}

TEST(Fuzzing, EveryFindingThatCameAgainIsAnErrorOfCodeScanning) {
    auto const results = sarif_results(sample::campaign());
    std::vector<std::string> ids;
    for (auto const& result : results) {
        if (!result.at("properties").contains("finding")) continue;
        EXPECT_EQ(result.at("level"), "error");
        EXPECT_EQ(result.at("ruleId"), "6455/7.4.1/reserved-codes-not-sent");
        ids.push_back(result.at("properties").at("finding"));
    }
    EXPECT_THAT(ids, testing::ElementsAre("F-3a91c07e", "F-00c0ffee"));
    EXPECT_EQ(results.size(), 2U) << "a finding is told once";
    std::string const message = results.at(0).at("message").at("text");
    EXPECT_THAT(message, HasSubstr("sent Close 1005"));
    EXPECT_THAT(message, HasSubstr("echoes-reserved-codes, accepts-code-1005"));
    EXPECT_THAT(message, HasSubstr("wsproof replay wsproof-report/findings/F-3a91c07e.jsonc"));
    EXPECT_EQ(results.at(1).at("properties").at("harm"), "crash");
    EXPECT_THAT(results.dump(-1, ' ', false, json::error_handler_t::replace),
                Not(HasSubstr("s3cr3t")));
}

TEST(Fuzzing, FingerprintsFollowTheSignatureAlone) {
    auto report = sample::campaign();
    auto const prints = [&] {
        auto const results = sarif_results(report);
        return std::pair{results.at(0).at("partialFingerprints"),
                         results.at(1).at("partialFingerprints")};
    };
    auto const before = prints();
    EXPECT_NE(before.first, before.second);
    finding(report, 0).session = 3;
    finding(report, 0).file = "elsewhere.jsonc";
    report.run.seed = 1;
    EXPECT_EQ(prints(), before);
    finding(report, 0).signature = "another";
    EXPECT_NE(prints().first, before.first);
}

TEST(Fuzzing, LinksFindingsOfThePageToTheirBytes) {
    auto const page = html_page(sample::campaign());
    EXPECT_THAT(page, HasSubstr("<section class=\"tab\" id=\"fuzzing\">"));
    EXPECT_THAT(page, HasSubstr("href=\"#case-found_2fF-3a91c07e\""));
    EXPECT_THAT(page, HasSubstr("id=\"case-found_2fF-3a91c07e\""));
    EXPECT_THAT(page, HasSubstr("<h1>2 findings</h1>"));
    EXPECT_THAT(page, Not(HasSubstr("href=\"#case-found_2fF-0badcafe\"")));
    EXPECT_THAT(page, Not(HasSubstr("<img")));
    EXPECT_THAT(page, Not(HasSubstr("s3cr3t")));
    EXPECT_THAT(html_page(sample::ordinary()), Not(HasSubstr("id=\"fuzzing\"")));
}

TEST(Fuzzing, CannotBeMerged) {
    Part const ordinary{.name = "one.json", .report = sample::ordinary()};
    Part const campaign{.name = "two.json", .report = sample::campaign()};
    EXPECT_EQ(unmergeable_of({ordinary, ordinary}), "");
    EXPECT_THAT(unmergeable_of({ordinary, campaign}), HasSubstr("two.json is the report of a"));
}

}  // namespace
}  // namespace wsproof::report
