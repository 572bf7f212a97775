// Findings: what a server with a mistake is told, how much it matters, and that it comes back from
// JSON as it went in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "reports/json.hpp"
#include "reports/names.hpp"
#include "reports/security/derive.hpp"
#include "reports/text.hpp"
#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using run::Credentials;
using script::Severity;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view origin = "https://app.shop.example";

script::Catalogue const& catalogue() {
    static auto const all = script::embedded_catalogue();
    return all;
}

play::Setting const& setting() {
    static auto const one = [] {
        play::Setting made;
        made.words["origin"] = origin;
        return made;
    }();
    return one;
}

/// Each play once: many tests ask the same.
std::optional<play::Deed> predict(std::string const& fault, std::string const& variant) {
    static std::map<std::pair<std::string, std::string>, std::optional<play::Deed>> known;
    static auto const play = play::by_reference(catalogue(), setting());
    auto const [at, is_new] = known.try_emplace({fault, variant});
    if (is_new) at->second = play(fault, variant);
    return at->second;
}

/// What a run finds out about the reference with these faults.
Report report_on(std::vector<std::string> const& faults) {
    Report report;
    report.setting = setting();
    for (auto const& variant : catalogue().variants) {
        if (std::ranges::count(variant.needs, "origin-policy") == 0) continue;
        play::Result result;
        result.variant = variant.id;
        auto deed = predict({}, variant.id);
        for (auto const& fault : faults)
            if (auto const other = predict(fault, variant.id); other != predict({}, variant.id))
                deed = other;
        result.admission = deed ? deed->admission : play::Admission::refused;
        result.status = result.admission == play::Admission::refused ? 403U : 101U;
        report.results.push_back(result);
    }
    return report;
}

Circumstances with(Credentials credentials, OriginCheck check = OriginCheck::unknown) {
    return {.exposure = {.credentials = credentials, .proven = true}, .origin_check = check};
}

Security judged(std::vector<std::string> const& faults, Circumstances const& circumstances) {
    auto const report = report_on(faults);
    return security_of(report, catalogue(), circumstances, predict);
}

std::vector<std::string> ids(Security const& security) {
    std::vector<std::string> all;
    for (auto const& finding : security.findings) all.push_back(finding.id);
    return all;
}

TEST(Findings, OfARightServerThereAreNone) {
    auto const security = judged({}, with(Credentials::cookie));
    EXPECT_THAT(ids(security), IsEmpty());
    EXPECT_EQ(security.origin_policy, "lets in https://app.shop.example alone");
}

TEST(Findings, NameTheMistakeAndThePolicyInWords) {
    auto const security = judged({"matches-origin-by-prefix"}, with(Credentials::cookie));
    ASSERT_THAT(ids(security), ElementsAre("WS-ORIGIN-PREFIX"));
    EXPECT_EQ(security.findings.front().severity, Severity::high);
    EXPECT_THAT(security.findings.front().means, HasSubstr("app.shop.example.evil.example"));
    EXPECT_THAT(security.origin_policy, HasSubstr("origins that begin with https://app.shop"));
    EXPECT_THAT(security.findings.front().evidence, Not(IsEmpty()));
}

TEST(Findings, AreOneForEachCause) {
    auto const security =
        judged({"trusts-null-origin", "ignores-port-of-origin"}, with(Credentials::cookie));
    EXPECT_THAT(ids(security), ElementsAre("WS-ORIGIN-NULL", "WS-ORIGIN-PORT"));
}

TEST(Findings, EveryMistakeOfTheTableIsFoundByItself) {
    for (auto const& [id, info] : catalogue().findings) {
        if (info.area != script::Area::origin) continue;
        for (auto const& fault : info.faults) {
            auto const found = ids(judged({fault}, with(Credentials::none)));
            EXPECT_THAT(found, ElementsAre(id)) << fault;
        }
    }
}

TEST(Findings, WhatNoPageCanSendGoesWithWhatPagesCan) {
    auto const both = judged({"matches-origin-by-prefix", "ignores-userinfo-of-origin"},
                             with(Credentials::cookie));
    EXPECT_THAT(ids(both), ElementsAre("WS-ORIGIN-PREFIX"));
    auto const alone = judged({"ignores-userinfo-of-origin"}, with(Credentials::cookie));
    ASSERT_THAT(ids(alone), ElementsAre("WS-ORIGIN-PARSING"));
    EXPECT_EQ(alone.findings.front().severity, Severity::low);
}

TEST(Findings, OfPartOfAMistakeNameTheOriginsThatGetIn) {
    auto report = report_on({});
    for (auto& result : report.results)
        if (result.variant == "origin/local-origin#port-3000") {
            result.admission = play::Admission::let_in;
            result.transcript.entries.push_back(
                {.direction = play::Direction::send,
                 .kind = play::EntryKind::http,
                 .bytes =
                     wire::to_bytes("GET / HTTP/1.1\r\nOrigin: http://localhost:3000\r\n\r\n")});
        }
    auto const security = security_of(report, catalogue(), with(Credentials::cookie), predict);
    ASSERT_THAT(ids(security), ElementsAre("WS-ORIGIN-LOCALHOST"));
    EXPECT_EQ(security.origin_policy, "lets in https://app.shop.example; http://localhost:3000");
}

TEST(Findings, CallHijackingByItsName) {
    EXPECT_THAT(ids(judged({"ignores-origin"}, with(Credentials::cookie))),
                ElementsAre("WS-CSWSH-CONFIRMED"));
    auto suspected = with(Credentials::cookie);
    suspected.exposure.proven = false;
    auto const security = judged({"ignores-origin"}, suspected);
    ASSERT_THAT(ids(security), ElementsAre("WS-ORIGIN-NONE"));
    EXPECT_EQ(security.findings.front().severity, Severity::medium);
    EXPECT_EQ(security.origin_policy, "lets in every origin");
}

TEST(Findings, OfAPublicServiceAreNotes) {
    for (auto const credentials : {Credentials::none, Credentials::token}) {
        auto const security = judged({"ignores-origin"}, with(credentials));
        ASSERT_THAT(ids(security), ElementsAre("WS-ORIGIN-NONE"));
        EXPECT_EQ(security.findings.front().severity, Severity::info);
    }
}

TEST(Findings, WeighMoreWhereACheckIsExpected) {
    auto const of = [](Circumstances const& circumstances) {
        return judged({"ignores-origin"}, circumstances).findings.front().severity;
    };
    EXPECT_EQ(of(with(Credentials::none, OriginCheck::expected)), Severity::medium);
    EXPECT_EQ(of(with(Credentials::cookie, OriginCheck::expected)), Severity::high);
    EXPECT_EQ(of(with(Credentials::cookie, OriginCheck::not_expected)), Severity::info);
    EXPECT_EQ(of(with(Credentials::network)), Severity::high);
}

TEST(Findings, OfRebindingWeighWhereTheNetworkIsTheCredential) {
    auto const of = [](Credentials credentials) {
        return judged({"compares-origin-with-host"}, with(credentials)).findings.front().severity;
    };
    EXPECT_EQ(of(Credentials::cookie), Severity::low);
    EXPECT_EQ(of(Credentials::network), Severity::high);
}

TEST(Findings, TellWhatNoKnownMistakeLetsIn) {
    auto report = report_on({});
    for (auto& result : report.results)
        if (result.variant == "origin/shorter-host-refused#without-last")
            result.admission = play::Admission::let_in;
    auto const security = security_of(report, catalogue(), with(Credentials::cookie), predict);
    ASSERT_THAT(ids(security), ElementsAre("WS-ORIGIN-OTHER"));
    EXPECT_EQ(security.findings.front().evidence.front().variant,
              "origin/shorter-host-refused#without-last");
}

/// As many results of cases that tell a server to stop as there are, each as this fault would have
/// it, but for one.
Report stopped_by(std::string const& fault, std::string const& odd_one = {}) {
    Report report;
    report.setting = setting();
    for (auto const& variant : catalogue().variants) {
        if (std::ranges::count(variant.needs, "shutdown") == 0) continue;
        play::Result result;
        result.variant = variant.id;
        auto const deed = predict(fault, variant.id).value();
        result.verdict = deed.verdict;
        result.admission = deed.admission;
        result.signature = variant.id == odd_one ? variant.case_id + ": else" : deed.signature;
        result.decided_at.line = deed.line;
        report.results.push_back(result);
    }
    return report;
}

/// Who asks for a token, answers whoever has none like this.
std::vector<std::string> found_without_token(play::Verdict verdict, play::Admission admission) {
    Report report;
    report.setting = setting();
    play::Result result;
    result.variant = "auth/header-required#none";
    result.verdict = verdict;
    result.admission = admission;
    result.signature = "auth/header-required: in words of its own";
    report.results.push_back(result);
    return ids(security_of(report, catalogue(), {}, predict));
}

TEST(Findings, InWordsOfItsOwnHaveToComeToTheSame) {
    using play::Admission;
    using play::Verdict;
    EXPECT_THAT(found_without_token(Verdict::fail, Admission::let_in), ElementsAre("WS-AUTH-OPEN"));
    // Refused with 404, and closed behind the 101: allowed, and nobody was let in.
    EXPECT_THAT(found_without_token(Verdict::lenient, Admission::refused), IsEmpty());
    EXPECT_THAT(found_without_token(Verdict::lenient, Admission::closed_at_once), IsEmpty());
    // No answer at all, and none but the end: wrong in another way.
    EXPECT_THAT(found_without_token(Verdict::fail, Admission::none), IsEmpty());
    EXPECT_THAT(found_without_token(Verdict::fail, Admission::dropped), IsEmpty());
}

TEST(Findings, OfServersThatAreToldToStopAreToldByWhatTheyDo) {
    auto const judge = [](Report const& report) {
        return ids(security_of(report, catalogue(), {}, predict));
    };
    EXPECT_THAT(judge(stopped_by({})), IsEmpty());
    EXPECT_THAT(judge(stopped_by("drops-connections-at-shutdown")),
                testing::Contains("WS-SHUTDOWN-NO-CLOSE"));
    EXPECT_THAT(judge(stopped_by("drops-connections-at-shutdown")),
                Not(testing::Contains("WS-SHUTDOWN-CODE")));
    // Who crashes sends no Close frame either: what lacks is not to be taken for haste.
    auto crashed = stopped_by("drops-connections-at-shutdown");
    EXPECT_THAT(judge(crashed), Not(testing::Contains("WS-SHUTDOWN-NO-GRACE")));
    EXPECT_THAT(judge(stopped_by("closes-with-1006-at-shutdown")), ElementsAre("WS-SHUTDOWN-CODE"));
    // Who departs in a way that no fault does is not accused of one.
    EXPECT_THAT(judge(stopped_by("leaves-no-time-at-shutdown", "shutdown/time-to-answer")),
                testing::Each("WS-SHUTDOWN-NO-GRACE"));
}

TEST(Findings, NoteOtherWaysToRefuse) {
    auto report = report_on({});
    for (auto& result : report.results) {
        if (result.variant == "origin/foreign-origin-refused#foreign") {
            result.status = 401;
            result.verdict = play::Verdict::lenient;
        }
        if (result.variant == "origin/foreign-origin-refused#null")
            result.admission = play::Admission::dropped;
    }
    auto const security = security_of(report, catalogue(), with(Credentials::cookie), predict);
    EXPECT_THAT(ids(security),
                testing::UnorderedElementsAre("WS-ORIGIN-STATUS", "WS-ORIGIN-NO-RESPONSE"));
    EXPECT_EQ(security.findings.front().severity, Severity::info);
}

TEST(Findings, BreakTheGateFromAChosenSeverityOn) {
    auto report = sample::ordinary();
    report.results.clear();
    report.security.findings = {{.id = "WS-ORIGIN-PORT", .severity = Severity::medium}};
    EXPECT_EQ(gate_of(report), GateVerdict::incomplete);
    report.fail_on_severity = Severity::medium;
    EXPECT_EQ(gate_of(report), GateVerdict::failed);
    EXPECT_EQ(exit_code_of(report), 1);
    report.fail_on_severity = Severity::high;
    EXPECT_NE(exit_code_of(report), 1);
}

TEST(Findings, ComeBackFromJson) {
    auto const report = sample::secured();
    auto const back = read_json(write_json(report));
    EXPECT_EQ(write_json(back), write_json(report));
    ASSERT_EQ(back.security.findings.size(), report.security.findings.size());
    EXPECT_EQ(back.security.findings.front().evidence.front().origin,
              report.security.findings.front().evidence.front().origin);
    EXPECT_EQ(back.security.hooks, report.security.hooks);
    EXPECT_EQ(back.fail_on_severity, report.fail_on_severity);
}

TEST(Findings, StandInTheTerminalWithCureAndProof) {
    auto const words = text(sample::secured());
    EXPECT_THAT(words, HasSubstr("HIGH"));
    EXPECT_THAT(words, HasSubstr("Compare the whole origin"));
    EXPECT_THAT(words, HasSubstr("https://app.example.evil.example (101)"));
    EXPECT_THAT(words, Not(HasSubstr("s3cr3t")));
    EXPECT_THAT(text_security(sample::secured()), Not(HasSubstr("all/case-")));
}

}  // namespace
}  // namespace wsproof::report
