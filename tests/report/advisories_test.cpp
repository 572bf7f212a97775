// What the names and versions that are known of a target match.
#include "reports/security/advisories.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/json.hpp"
#include "reports/security/derive.hpp"
#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using testing::HasSubstr;
using testing::Not;

script::Catalogue const& built_in_table() {
    static auto const all = script::embedded_catalogue();
    return all;
}

Report running_on(std::string const& server, std::vector<std::string> libraries = {}) {
    Report report;
    report.target.profile.server_software = server;
    report.target.libraries = std::move(libraries);
    return report;
}

std::string matches(std::string const& server, std::vector<std::string> libraries = {}) {
    return advisories_in_words(running_on(server, std::move(libraries)).target, built_in_table());
}

TEST(Advisories, MatchWhatTheOwnerSays) {
    EXPECT_THAT(matches("", {"ws@8.17.0"}), HasSubstr("ws 8.17.0 (--server-lib): CVE-2024-37890"));
    EXPECT_THAT(matches("", {"WS@v7.4.5"}), HasSubstr("CVE-2021-32640"));
    EXPECT_THAT(matches("", {"ws@9.0.0"}), "");
    EXPECT_THAT(matches("", {"no-such-library@0.1"}), "");
}

TEST(Advisories, MatchTheServerField) {
    EXPECT_THAT(matches("Jetty(9.4.38.v20210224)"),
                HasSubstr("jetty 9.4.38.v20210224 (Server field): CVE"));
    EXPECT_THAT(matches("Python/3.11 websockets/9.0"), HasSubstr("CVE-2021-33880"));
    EXPECT_THAT(matches("lighttpd/1.4.65"), HasSubstr("CVE-2022-37797"));
    EXPECT_EQ(matches("nginx"), "");
    EXPECT_EQ(matches("/ ( /1.0 @1 ws/ ws@8.0.0"), "");
}

TEST(Advisories, AreOneNoteWithoutProof) {
    auto const report = running_on("", {"ws@8.17.0"});
    auto const security = security_of(report, built_in_table(), {},
                                      play::by_reference(built_in_table(), report.setting));
    ASSERT_EQ(security.findings.size(), 1U);
    auto const& finding = security.findings.front();
    EXPECT_EQ(finding.id, "WS-ADVISORY-MATCH");
    EXPECT_EQ(finding.severity, script::Severity::info);
    EXPECT_THAT(finding.weight, HasSubstr("CVE-2024-37890"));
    EXPECT_THAT(finding.means, HasSubstr("port fixes back"));
    EXPECT_TRUE(finding.evidence.empty());
}

TEST(Advisories, KeepTheLibrariesInTheReport) {
    auto report = sample::ordinary();
    report.target.libraries = {"ws@8.17.0"};
    auto const json = write_json(report);
    EXPECT_THAT(json, HasSubstr("ws@8.17.0"));
    EXPECT_EQ(read_json(json).target.libraries, report.target.libraries);
    EXPECT_THAT(write_json(sample::ordinary()), Not(HasSubstr("\"libraries\"")));
}

}  // namespace
}  // namespace wsproof::report
