#include "reports/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/paint.hpp"
#include "tests/report/golden.hpp"
#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Everything but line ends that a terminal would obey.
bool has_controls(std::string const& text) {
    for (char const c : text)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == '\x7f') return true;
    return false;
}

std::string without_colour(std::string text) {
    for (auto at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b'))
        text.erase(at, text.find('m', at) - at + 1);
    return text;
}

TEST(TextReport, MatchesTheGoldenFiles) {
    auto const report = sample::ordinary();
    expect_golden("ordinary.txt", text(report));
    expect_golden("ordinary-ascii-40.txt", text(report, {.ascii = true, .width = 40}));
    expect_golden("ordinary-verbose.txt", text(report, {.verbosity = 2}));
    expect_golden("everything.txt", text(sample::everything()));
}

TEST(TextReport, SaysTheSameWithoutColour) {
    auto const report = sample::ordinary();
    auto const coloured = text(report, {.colour = true});
    EXPECT_NE(coloured, text(report));
    EXPECT_EQ(without_colour(coloured), text(report));
}

TEST(TextReport, IsTheLastLineAloneWhenQuiet) {
    auto const quiet = text(sample::ordinary(), {.verbosity = -1});
    EXPECT_EQ(std::count(quiet.begin(), quiet.end(), '\n'), 1);
    EXPECT_THAT(quiet, HasSubstr("exit 1 (1 must failure, 1 standing rule broken)"));
}

TEST(TextReport, IsMadeOfItsParts) {
    auto const report = sample::ordinary();
    auto const whole = text(report);
    EXPECT_THAT(whole, testing::StartsWith(text_head(report)));
    EXPECT_THAT(whole, HasSubstr(text_result(report, report.results[0])));
    EXPECT_THAT(whole, testing::EndsWith(text_tail(report)));
}

TEST(TextReport, ShowsVariantsOfOneCaseOnce) {
    auto report = sample::ordinary();
    for (auto const* const label : {"#1006", "#1015"}) {
        report.results.push_back(report.results[0]);
        report.results.back().variant = std::string("closing/reserved-code-not-sent") + label;
    }
    auto const shown = text(report);
    EXPECT_THAT(shown, HasSubstr("likewise  #1006, #1015\n"));
    EXPECT_THAT(shown, Not(HasSubstr("closing/reserved-code-not-sent#1015")));
    EXPECT_THAT(text(report, {.verbosity = 1}), HasSubstr("closing/reserved-code-not-sent#1015"));
}

TEST(TextReport, SaysWhatWasExpectedOnce) {
    auto report = sample::ordinary();
    auto& result = report.results[0];
    result.actual = "sent Close 1005";
    result.expected = {"Close 1002; or the end"};
    result.reason = "expected Close 1002; or the end; the server sent Close 1005: why not";
    auto const shown = text_result(report, result);
    EXPECT_THAT(shown, HasSubstr("because   the server sent Close 1005: why not\n"));
    EXPECT_THAT(shown, HasSubstr("accepted  Close 1002; or the end\n"));
}

TEST(TextReport, ShowsTheAnswerThatDecided) {
    auto report = sample::ordinary();
    auto& result = report.results[0];
    auto& entries = result.transcript.entries;
    auto pong = sample::frame_entry(play::Direction::recv, wire::header_for(wire::Opcode::pong, 5),
                                    "Hello", "pong 'Hello'");
    pong.time = std::chrono::microseconds(700);
    entries.insert(entries.begin() + 3, pong);
    result.actual = "sent pong 'Hello'";
    EXPECT_THAT(text_result(report, result),
                HasSubstr("got       8a  05  48 65 6c 6c 6f     pong 'Hello'   +360 us\n"));
    auto second = entries[2];
    second.words = "ping";
    entries.insert(entries.begin() + 3, second);
    auto const shown = text_result(report, result);
    EXPECT_THAT(shown, testing::ContainsRegex("sent .*Close 1005\n    sent .*ping\n    got "));
}

TEST(TextReport, LetsNoPeerDriveTheTerminal) {
    for (int const verbosity : {0, 1, 2}) {
        auto const shown = text(sample::hostile(), {.verbosity = verbosity});
        EXPECT_FALSE(has_controls(shown));
        EXPECT_THAT(shown, Not(HasSubstr("\xe2\x80\xae")));
        EXPECT_THAT(shown, Not(HasSubstr("\n::error::")));
        EXPECT_THAT(shown, HasSubstr("\\x1b[2J"));
    }
}

TEST(TextReport, IsAsciiWhenAsked) {
    auto const shown = text(sample::hostile(), {.ascii = true, .verbosity = 2});
    for (char const c : shown) ASSERT_LT(static_cast<unsigned char>(c), 0x80);
}

TEST(TextReport, KeepsCredentialsOut) {
    EXPECT_THAT(text(sample::ordinary(), {.verbosity = 2}), Not(HasSubstr("s3cr3t")));
}

TEST(TextReport, SaysThatTheTargetCouldNotBeReached) {
    Report report;
    report.target.url = "ws://localhost:1/";
    report.target.profile.unreachable_reason = "connection refused; is the server up?";
    report.run.state = run::State::unreachable;
    report.exit_code = exit_code_of(report);
    EXPECT_THAT(text(report), HasSubstr("connection refused; is the server up?"));
    EXPECT_THAT(text(report), HasSubstr("exit 3 (the target could not be reached)"));
}

TEST(Wrapped, BreaksAtBlanksAndIndents) {
    EXPECT_EQ(wrapped("one two three", 2, 9), "one two\n  three");
    EXPECT_EQ(wrapped("unbreakable", 2, 5), "unbreakable");
    EXPECT_EQ(wrapped("", 2, 5), "");
    EXPECT_EQ(wrapped("ééé ééé", 0, 7), "ééé ééé");
}

TEST(TextReport, TellsWhatIsUntoldOfAuthenticationOnce) {
    auto report = sample::ordinary();
    report.results.clear();
    for (auto const* const scheme : {"auth-cookie", "auth-query", "auth-header"}) {
        play::Result result;
        result.variant = std::string("auth/") + scheme;
        result.verdict = play::Verdict::skipped;
        result.skip_reason = std::string("needs-capability:") + scheme;
        report.results.push_back(result);
    }
    EXPECT_THAT(text_head(report), HasSubstr("skipped 3: needs-capability:auth-*\n"));
}

}  // namespace
}  // namespace wsproof::report
