#include "reports/baseline/hold.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/json.hpp"
#include "reports/tests/tests.hpp"
#include "reports/text.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto the_text = "framing/unmasked-frame#text";
constexpr auto the_ping = "framing/unmasked-frame#ping";

script::Catalogue const& baseline_catalogue() {
    static auto const all = script::embedded_catalogue();
    return all;
}

Report failing_twice() {
    Report report;
    report.run.started = "2026-11-22T11:05:31Z";
    report.target.id = "echo";
    report.rules = {{"6455/5.1/server-never-masks", {}}};
    for (auto const* const id : {the_ping, the_text}) {
        report.cases.push_back({.id = id});
        report.results.push_back(
            {.variant = id, .verdict = Verdict::fail, .signature = "framing/unmasked-frame: text"});
    }
    return report;
}

Fate fate_of(Report report, KnownFailure entry) {
    hold(report, {.entries = {std::move(entry)}}, baseline_catalogue());
    return report.baseline->entries.front().fate;
}

KnownFailure known_entry() {
    return {.target = "echo",
            .subject = "framing/unmasked-frame",
            .signature = "framing/unmasked-frame: text",
            .why = "#214"};
}

TEST(Baseline, ExcusesWhatFailsAsItSays) {
    auto report = failing_twice();
    EXPECT_EQ(exit_code_of(report), 1);
    hold(report, {.entries = {known_entry()}}, baseline_catalogue());
    EXPECT_EQ(exit_code_of(report), 0);
    EXPECT_EQ(gate_of(report), GateVerdict::ok);
    EXPECT_EQ(excuse_for(report, the_text)->why, "#214");
    EXPECT_TRUE(unexcused_of(report).empty());
}

TEST(Baseline, LetsAnotherFailureOfTheSameCaseBreakTheGate) {
    auto report = failing_twice();
    report.results.back().signature = "framing/unmasked-frame: TCP kept open";
    hold(report, {.entries = {known_entry()}}, baseline_catalogue());
    EXPECT_EQ(exit_code_of(report), 1);
    ASSERT_EQ(unexcused_of(report).size(), 1U);
    EXPECT_EQ(unexcused_of(report).front().subject, the_text);
    report.results.front().signature = report.results.back().signature;
    EXPECT_EQ(fate_of(report, known_entry()), Fate::changed);
}

FuzzFinding found(std::string id, std::string signature) {
    return {.id = std::move(id), .harm = "violation", .signature = std::move(signature)};
}

TEST(Baseline, KnowsWhatACampaignFoundByItsSignature) {
    Report report;
    report.run.started = "2026-11-22T11:05:31Z";
    report.target.id = "echo";
    report.fuzzing = Fuzzing{
        .sessions = 9,
        .findings = {found("F-1", "a: text"), found("F-2", "a: text"), found("F-3", "b: FIN")}};
    EXPECT_EQ(exit_code_of(report), 5);
    ASSERT_EQ(unexcused_of(report).size(), 2U);
    EXPECT_EQ(unexcused_of(report).front().subject, "found/*");
    KnownFailure const known{.subject = "found/*", .signature = "a: text", .why = "#7"};
    KnownFailure other{
        .subject = "found/*", .signature = "b: FIN", .why = "#8", .until = "2026-11-21"};
    KnownFailure const of_a_run{.subject = "framing/unmasked-frame", .signature = "*"};
    hold(report, {.entries = {known, other, of_a_run}}, baseline_catalogue());
    EXPECT_EQ(report.fuzzing->findings[1].known, "#7");
    EXPECT_EQ(report.baseline->entries[1].fate, Fate::expired);
    EXPECT_EQ(report.baseline->entries[2].fate, Fate::unjudged);
    EXPECT_EQ(exit_code_of(report), 5);
    EXPECT_FALSE(excuses_finding({.entries = {other}}, "b: FIN", "2026-11-22"));
    EXPECT_TRUE(excuses_finding({.entries = {other}}, "b: FIN", "2026-11-21"));
    other.until.clear();
    hold(report, {.entries = {known, other}}, baseline_catalogue());
    EXPECT_EQ(exit_code_of(report), 0);
    EXPECT_TRUE(unexcused_of(report).empty());
}

TEST(Baseline, IsNotStaleInARunForWhatACampaignFound) {
    KnownFailure entry{.subject = "found/*", .signature = "a: text", .why = "#7"};
    EXPECT_EQ(fate_of(failing_twice(), std::move(entry)), Fate::unjudged);
}

TEST(Baseline, KnowsAFailureThatHasTwoWays) {
    auto report = failing_twice();
    auto other = known_entry();
    other.signature = "framing/unmasked-frame: TCP kept open";
    hold(report, {.entries = {known_entry(), other}}, baseline_catalogue());
    EXPECT_EQ(exit_code_of(report), 0);
    EXPECT_EQ(report.baseline->entries.back().fate, Fate::unjudged);
    EXPECT_EQ(report.baseline->count(Fate::changed), 0U);
    report.results.back().signature = "framing/unmasked-frame: Close 1000";
    hold(report, {.entries = {known_entry(), other}}, baseline_catalogue());
    EXPECT_EQ(exit_code_of(report), 1);
}

TEST(Baseline, CountsNoLongerAfterItsLastDay) {
    auto last = known_entry();
    last.until = "2026-11-22";
    EXPECT_EQ(fate_of(failing_twice(), last), Fate::known);
    last.until = "2026-11-21";
    EXPECT_EQ(fate_of(failing_twice(), last), Fate::expired);
    auto report = failing_twice();
    hold(report, {.entries = {last}}, baseline_catalogue());
    EXPECT_EQ(exit_code_of(report), 1);
    EXPECT_THAT(text(report), HasSubstr("counted until 2026-11-21"));
}

TEST(Baseline, TellsWhatIsFixedStaleOrNotJudged) {
    auto report = failing_twice();
    for (auto& result : report.results) result.verdict = Verdict::pass;
    EXPECT_EQ(fate_of(report, known_entry()), Fate::fixed);
    report.results.back().verdict = Verdict::skipped;
    EXPECT_EQ(fate_of(report, known_entry()), Fate::unjudged);
    auto gone = known_entry();
    gone.subject = "framing/no-such-case";
    EXPECT_EQ(fate_of(report, gone), Fate::stale);
    auto elsewhere = known_entry();
    elsewhere.subject = "opening/plain";
    EXPECT_EQ(fate_of(report, elsewhere), Fate::unjudged);
}

TEST(Baseline, IsAboutItsTargetAlone) {
    auto report = failing_twice();
    auto others = known_entry();
    others.target = "staging";
    hold(report, {.entries = {others}}, baseline_catalogue());
    EXPECT_TRUE(report.baseline->entries.empty());
    EXPECT_EQ(exit_code_of(report), 1);
}

TEST(Baseline, TakesPatternsAnySignatureRulesAndFindings) {
    auto pattern = known_entry();
    pattern.subject = "autobahn:*";
    EXPECT_EQ(fate_of(failing_twice(), pattern), Fate::unjudged);
    pattern.subject = "framing/*";
    pattern.signature = "*";
    EXPECT_EQ(fate_of(failing_twice(), pattern), Fate::known);

    auto report = failing_twice();
    report.results.front().breaches = {{"6455/5.1/server-never-masks", "masked a frame"}};
    report.security.findings = {{.id = "WS-ORIGIN-NONE", .severity = script::Severity::high}};
    report.fail_on_severity = script::Severity::high;
    KnownFailure const rule{.subject = "6455/5.1/server-never-masks", .signature = "*", .why = "x"};
    KnownFailure const finding{.subject = "WS-ORIGIN-NONE", .signature = "*", .why = "y"};
    EXPECT_EQ(exit_code_of(report), 1);
    EXPECT_EQ(unexcused_of(report).size(), 4U);
    hold(report, {.entries = {known_entry(), rule, finding}}, baseline_catalogue());
    EXPECT_EQ(exit_code_of(report), 0);
}

TEST(Baseline, DoesNotExcuseWhatIsBroken) {
    auto report = failing_twice();
    report.results.back().verdict = Verdict::broken;
    auto any = known_entry();
    any.signature = "*";
    hold(report, {.entries = {any}}, baseline_catalogue());
    EXPECT_EQ(exit_code_of(report), 6);
}

TEST(Baseline, BreaksTheGateByItsOwnAgeWhenStrict) {
    auto report = failing_twice();
    for (auto& result : report.results) result.verdict = Verdict::pass;
    hold(report, {.entries = {known_entry()}}, baseline_catalogue());
    EXPECT_EQ(exit_code_of(report), 0);
    report.baseline->strict = true;
    EXPECT_EQ(exit_code_of(report), 1);
    report.exit_code = 1;
    EXPECT_THAT(text(report), HasSubstr("1 entry of the baseline out of date"));
}

TEST(Baseline, TellsThatFewerCasesWereJudged) {
    Report report;
    for (int n = 0; n < 98; ++n)
        report.results.push_back({.variant = "a/b", .verdict = Verdict::pass});
    report.baseline = Baseline{.judged = 100};
    EXPECT_EQ(exit_code_of(report), 0);
    report.results.pop_back();
    EXPECT_EQ(exit_code_of(report), 7);
    EXPECT_THAT(text(report), HasSubstr("97 cases were judged, 100 when"));
    report.run.shards = {{1, 4}};
    EXPECT_EQ(exit_code_of(report), 0);  // the whole is for merge
    report.run.shards.clear();
    report.baseline->allow_fewer = true;
    EXPECT_EQ(exit_code_of(report), 0);
}

TEST(Baseline, StaysInTheReportAndInItsFormats) {
    auto report = failing_twice();
    auto until = known_entry();
    until.until = "2027-03-01";
    hold(report, {.path = "b.toml", .entries = {until}, .judged = 2, .strict = true},
         baseline_catalogue());
    report.exit_code = exit_code_of(report);
    auto const read = read_json(write_json(report));
    ASSERT_TRUE(read.baseline);
    EXPECT_EQ(read.baseline->entries.front().covers, report.baseline->entries.front().covers);
    EXPECT_EQ(read.baseline->judged, 2U);
    EXPECT_TRUE(read.baseline->strict);
    EXPECT_EQ(exit_code_of(read), 0);
    EXPECT_THAT(write_json(read), HasSubstr("\"gate\": \"known\""));
    EXPECT_THAT(tap(read), HasSubstr("not ok 1 - framing/unmasked-frame\\#ping # TODO known: "
                                     "\\#214 (until 2027-03-01)"));
    EXPECT_THAT(junit(read), HasSubstr("failures=\"0\" errors=\"0\" skipped=\"2\""));
    EXPECT_THAT(text(read), HasSubstr("1 known, 0 fixed, 0 expired"));
    for (auto const& test : tests_of(read)) EXPECT_EQ(test.status, report::Test::Status::known);
}

TEST(Baseline, AsksForReasons) {
    Baseline const baseline{
        .entries = {{.why = "TODO", .line = 5}, {.why = "x"}, {.why = "TODO", .line = 9}}};
    EXPECT_EQ(unexplained_words(baseline), "2 entries do not say why (lines 5, 9)");
    EXPECT_EQ(unexplained_words({}), "");
}

}  // namespace
}  // namespace wsproof::report
