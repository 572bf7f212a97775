#include "cli/parse.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "cli/exit_code.hpp"

namespace wsproof::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Variables = std::map<std::string, std::string>;

Invocation parsed(std::vector<std::string> words, Variables const& variables = {}) {
    words.insert(words.begin(), "wsproof");
    return parse(words, [&](std::string const& name) -> std::optional<std::string> {
        auto const at = variables.find(name);
        return at == variables.end() ? std::nullopt : std::optional(at->second);
    });
}

std::string parse_error(std::vector<std::string> const& words, Variables const& variables = {}) {
    try {
        parsed(words, variables);
    } catch (UsageError const& error) {
        return error.what();
    }
    return "no error";
}

TEST(Parse, TakesAUrlInPlaceOfAVerbForTest) {
    auto const invocation = parsed({"ws://localhost:9001/"});
    EXPECT_EQ(invocation.verb, Verb::test);
    EXPECT_THAT(invocation.values.positionals, ElementsAre("ws://localhost:9001/"));
    EXPECT_EQ(parsed({"localhost:9001"}).verb, Verb::test);
    EXPECT_EQ(parsed({"--spawn", "x {port}"}).verb, Verb::test);
}

TEST(Parse, ShowsHelpWithoutWordsAndOnRequest) {
    EXPECT_TRUE(parsed({}).whole_help);
    EXPECT_TRUE(parsed({"--help"}).whole_help);
    EXPECT_TRUE(parsed({"test", "--help"}).help);
    EXPECT_EQ(parsed({"help", "echo"}).verb, Verb::echo);
    EXPECT_EQ(parsed({"--version"}).verb, Verb::version);
}

TEST(Parse, KeepsEveryValueOfAnOptionThatRepeats) {
    auto const invocation =
        parsed({"ws://h/", "-s", "closing/*", "--select", "!@may", "-H", "A: b", "-H", "C: d"});
    EXPECT_THAT(invocation.values.list("select"), ElementsAre("closing/*", "!@may"));
    EXPECT_THAT(invocation.values.list("header"), ElementsAre("A: b", "C: d"));
}

TEST(Parse, LeavesThePositionalAloneBehindAnOptionThatRepeats) {
    auto const invocation = parsed({"-s", "closing/*", "ws://h/"});
    EXPECT_THAT(invocation.values.positionals, ElementsAre("ws://h/"));
}

TEST(Parse, TakesValuesThatBeginWithADash) {
    EXPECT_EQ(parsed({"ws://h/", "--origin", "-odd"}).values.text("origin"), "-odd");
    EXPECT_EQ(parsed({"ws://h/", "--origin=-odd"}).values.text("origin"), "-odd");
}

TEST(Parse, TakesValuesInBracketsAsTheyAre) {
    EXPECT_THAT(parsed({"ws://h/", "--first-message", "[\"join\",1]"}).values.list("first-message"),
                ElementsAre("[\"join\",1]"));
}

TEST(Parse, UndoesFlagsWithNo) {
    EXPECT_TRUE(parsed({"ws://h/", "--strict"}).values.flag("strict"));
    EXPECT_FALSE(parsed({"ws://h/", "--strict", "--no-strict"}).values.flag("strict"));
    EXPECT_FALSE(parsed({"ws://h/", "--no-sanity", "--sanity"}).values.flag("no-sanity"));
}

TEST(Parse, CountsFlagsThatRepeat) {
    EXPECT_EQ(parsed({"ws://h/", "-vv"}).values.number("verbose", 0), 2U);
}

TEST(Parse, TakesANumberForFailFastOnlyBehindAnEqualsSign) {
    EXPECT_EQ(parsed({"-x", "ws://h/"}).values.number("fail-fast", 0), 1U);
    EXPECT_EQ(parsed({"--fail-fast=3", "ws://h/"}).values.number("fail-fast", 0), 3U);
}

TEST(Parse, SuggestsTheNearestFlagAndVerb) {
    EXPECT_THAT(parse_error({"ws://h/", "--jbos", "3"}), HasSubstr("did you mean --jobs?"));
    EXPECT_THAT(parse_error({"ecko"}), HasSubstr("did you mean 'echo'?"));
    EXPECT_THAT(parse_error({"list", "--jobs", "3"}), HasSubstr("no option of `wsproof list`"));
}

TEST(Parse, RefusesMissingValuesAndSurplusWords) {
    EXPECT_THAT(parse_error({"ws://h/", "--jobs"}), HasSubstr("--jobs"));
    EXPECT_THAT(parse_error({"ws://h/", "ws://i/"}), HasSubstr("'ws://i/'"));
    EXPECT_THAT(parse_error({"explain"}), HasSubstr("needs CASE"));
}

TEST(Parse, RefusesWordsThatAreNoChoice) {
    EXPECT_THAT(parse_error({"ws://h/", "--delivery", "slow"}),
                HasSubstr("--delivery: 'slow' is not one of whole, bytewise, coalesced"));
}

TEST(Parse, ReadsTheEnvironmentBelowTheFlags) {
    Variables const variables{
        {"WSPROOF_JOBS", "3"}, {"WSPROOF_SELECT", "a/*\nb/*"}, {"WSPROOF_STRICT", "1"}};
    auto const invocation = parsed({"ws://h/"}, variables);
    EXPECT_EQ(invocation.values.text("jobs"), "3");
    EXPECT_THAT(invocation.values.list("select"), ElementsAre("a/*", "b/*"));
    EXPECT_TRUE(invocation.values.flag("strict"));
    EXPECT_EQ(parsed({"ws://h/", "-j", "5"}, variables).values.text("jobs"), "5");
}

TEST(Parse, NamesTheVariableThatCannotBeUsed) {
    EXPECT_THAT(parse_error({"ws://h/"}, {{"WSPROOF_DELIVERY", "slow"}}),
                HasSubstr("WSPROOF_DELIVERY: 'slow'"));
}

TEST(Values, ReadDurationsWithTheirUnit) {
    using std::chrono::milliseconds;
    EXPECT_EQ(parse_duration("500ms"), milliseconds(500));
    EXPECT_EQ(parse_duration("1.5s"), milliseconds(1500));
    EXPECT_EQ(parse_duration("2m"), milliseconds(120'000));
    EXPECT_EQ(parse_duration("1h"), milliseconds(3'600'000));
    for (auto const* const wrong : {"", "5", "s", "5 s", "-1s", "1..5s", "9999999999h", "5x"})
        EXPECT_EQ(parse_duration(wrong), std::nullopt) << wrong;
}

TEST(Values, SayWhatIsWrongWithAValueAndWhereItStands) {
    auto const error = [](std::vector<std::string> const& words, auto&& read) -> std::string {
        try {
            read(parsed(words).values);
        } catch (UsageError const& wrong) {
            return wrong.what();
        }
        return "no error";
    };
    EXPECT_THAT(error({"ws://h/", "--timeout", "5"},
                      [](Values const& values) { values.duration("timeout", {}); }),
                HasSubstr("--timeout: '5' is not a duration"));
    EXPECT_THAT(error({"ws://h/", "--timeout-scale", "0"},
                      [](Values const& values) { values.scale("timeout-scale", 1); }),
                HasSubstr("factor"));
    EXPECT_THAT(error({"ws://h/", "--seed", "xyz"},
                      [](Values const& values) { values.hexadecimal("seed", 1); }),
                HasSubstr("hexadecimal"));
    EXPECT_THAT(error({"ws://h/", "--min-cases", "many"},
                      [](Values const& values) { values.number("min-cases", 1); }),
                HasSubstr("whole number"));
}

TEST(ExitCode, TheGraverOneWins) {
    using namespace exit_code;
    std::vector<int> const order{internal, usage,  unreachable, target_lost,
                                 finding,  failed, incomplete,  ok};
    for (std::size_t i = 0; i < order.size(); ++i)
        for (std::size_t k = i; k < order.size(); ++k) {
            EXPECT_EQ(graver(order[i], order[k]), order[i]);
            EXPECT_EQ(graver(order[k], order[i]), order[i]);
        }
}

TEST(ExitCode, ExitZeroForgivesOnlyWhatWasJudged) {
    using namespace exit_code;
    for (int const code : {failed, finding, incomplete}) EXPECT_EQ(forgiven(code), ok);
    for (int const code : {usage, unreachable, target_lost, internal})
        EXPECT_EQ(forgiven(code), code);
}

}  // namespace
}  // namespace wsproof::cli
