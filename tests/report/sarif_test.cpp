// SARIF for code scanning: a place for every result, fingerprints that stay, no secrets. The schema
// itself is held against by tests/interop/sarif_test.py.
#include "reports/sarif/sarif.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

json run_of(Report const& report) {
    return json::parse(sarif(report, {.path = "src/server.cpp", .line = 7})).at("runs").at(0);
}

TEST(Sarif, EveryResultHasAPlaceARuleAndAFingerprint) {
    for (auto const& report : {sample::ordinary(), sample::everything(), sample::secured()}) {
        auto const run = run_of(report);
        auto const& rules = run.at("tool").at("driver").at("rules");
        std::set<std::string> fingerprints;
        ASSERT_FALSE(run.at("results").empty());
        for (auto const& result : run.at("results")) {
            auto const& place = result.at("locations").at(0).at("physicalLocation");
            EXPECT_EQ(place.at("artifactLocation").at("uri"), "src/server.cpp");
            EXPECT_EQ(place.at("region").at("startLine"), 7);
            EXPECT_EQ(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id"),
                      result.at("ruleId"));
            fingerprints.insert(result.at("partialFingerprints").at("wsproof/v1"));
        }
        EXPECT_EQ(fingerprints.size(), run.at("results").size());
    }
}

TEST(Sarif, FingerprintsDependOnTheCauseAlone) {
    auto report = sample::secured();
    auto const before = run_of(report).at("results");
    report.run.seed += 1;
    report.run.started = "2027-01-01T00:00:00Z";
    report.target.url = "ws://localhost:1/";
    report.security.findings.front().evidence.front().origin = "https://app.example.other.example";
    auto const after = run_of(report).at("results");
    for (std::size_t i = 0; i < before.size(); ++i)
        EXPECT_EQ(before.at(i).at("partialFingerprints"), after.at(i).at("partialFingerprints"));
    report.target.id = "another";
    EXPECT_NE(run_of(report).at("results").at(0).at("partialFingerprints"),
              before.at(0).at("partialFingerprints"));
}

TEST(Sarif, TellsTheSeverityAsCodeScanningReadsIt) {
    auto const run = run_of(sample::secured());
    auto const& first = run.at("results").at(0);
    EXPECT_EQ(first.at("ruleId"), "WS-ORIGIN-PREFIX");
    EXPECT_EQ(first.at("level"), "error");
    auto const& rule = run.at("tool").at("driver").at("rules").at(0).at("properties");
    EXPECT_EQ(rule.at("security-severity"), "8.1");
    EXPECT_EQ(rule.at("precision"), "very-high");
    EXPECT_THAT(rule.at("tags").dump(), HasSubstr("external/cwe/cwe-1385"));
    EXPECT_LE(rule.at("tags").size(), 20U);
}

TEST(Sarif, TellsAProofOnceAndNoSecrets) {
    auto report = sample::secured();
    report.results.front().verdict = play::Verdict::fail;
    report.security.findings.front().evidence.front().variant = report.results.front().variant;
    auto const text = sarif(report, {});
    EXPECT_THAT(text, Not(HasSubstr("s3cr3t")));
    auto const run = json::parse(text).at("runs").at(0);
    for (auto const& result : run.at("results"))
        EXPECT_THAT(result.at("locations").dump(),
                    Not(HasSubstr(" " + report.results.front().variant + "\"")));
    EXPECT_THAT(text, HasSubstr("\"uri\": \"wsproof.toml\""));
}

}  // namespace
}  // namespace wsproof::report
