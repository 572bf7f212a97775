// Findings from measured numbers: a limit that can be got round, none at all, and no word where a
// number is missing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "reports/security/derive.hpp"

namespace wsproof::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Metrics = std::map<std::string, double>;

Security found_in(std::vector<std::pair<std::string, Metrics>> const& measured) {
    static auto const catalogue = script::embedded_catalogue();
    Report report;
    for (auto const& [variant, metrics] : measured) {
        play::Result result;
        result.variant = variant;
        result.metrics = metrics;
        report.results.push_back(result);
    }
    return security_of(report, catalogue, {}, play::by_reference(catalogue, report.setting));
}

std::vector<std::string> ids_of(Security const& security) {
    std::vector<std::string> all;
    for (auto const& finding : security.findings) all.push_back(finding.id);
    return all;
}

Metrics const frames{{"frame-size", 65'536}, {"status-code", 1009}};

TEST(LimitFindings, NameALimitOnFramesAlone) {
    auto const security =
        found_in({{"limits/frame-size", frames},
                  {"limits/message-size",
                   {{"message-size", 16'777'216}, {"at-least", 1}, {"refused-plain", 131'072}}}});
    ASSERT_THAT(ids_of(security), ElementsAre("WS-LIMIT-CUMULATIVE"));
    auto const& finding = security.findings.front();
    EXPECT_EQ(finding.severity, script::Severity::medium);
    EXPECT_EQ(finding.area, script::Area::robustness);
    EXPECT_EQ(finding.weight,
              "131,072 bytes are refused in one frame, 16,777,216 bytes are taken in fragments");
    ASSERT_EQ(finding.evidence.size(), 1U);
    EXPECT_EQ(finding.evidence.front().variant, "limits/message-size");
    EXPECT_THAT(finding.means, HasSubstr("CVE-2014-0193"));
}

TEST(LimitFindings, NameALimitOnCompressedBytesOnce) {
    auto const security = found_in(
        {{"limits/compressed-message-size",
          {{"compressed-size", 262'144}, {"at-least", 1}, {"refused-plain", 131'072}}},
         {"limits/compressed-message-size-in-fragments",
          {{"compressed-fragments-size", 262'144}, {"at-least", 1}, {"refused-plain", 131'072}}}});
    ASSERT_THAT(ids_of(security), ElementsAre("WS-LIMIT-COMPRESSED"));
    EXPECT_EQ(security.findings.front().evidence.size(), 2U);
    EXPECT_THAT(security.findings.front().cwe, testing::Contains("CWE-409"));
}

TEST(LimitFindings, NoteThatNoLimitWasMet) {
    auto const security =
        found_in({{"limits/frame-size", {{"frame-size", 16'777'216}, {"at-least", 1}}},
                  {"limits/message-size", {{"message-size", 16'777'216}, {"at-least", 1}}}});
    ASSERT_THAT(ids_of(security), ElementsAre("WS-LIMIT-NONE"));
    EXPECT_EQ(security.findings.front().severity, script::Severity::info);
    EXPECT_THAT(security.findings.front().weight, HasSubstr("16,777,216 bytes"));
}

TEST(LimitFindings, AccuseNobodyWhereANumberIsMissing) {
    Metrics const endless{{"message-size", 16'777'216}, {"at-least", 1}};
    EXPECT_THAT(ids_of(found_in({{"limits/message-size", endless}})), IsEmpty());
    EXPECT_THAT(ids_of(found_in({{"limits/frame-size", frames}, {"limits/message-size", endless}})),
                IsEmpty());
    // A limit of its own on messages, above that on frames, is a limit.
    EXPECT_THAT(ids_of(found_in({{"limits/frame-size", frames},
                                 {"limits/message-size", {{"message-size", 1'048'576}}}})),
                IsEmpty());
    EXPECT_THAT(ids_of(found_in({{"limits/compressed-message-size",
                                  {{"compressed-size", 262'144}, {"refused-plain", 131'072}}}})),
                IsEmpty());
}

}  // namespace
}  // namespace wsproof::report
