#include "harness/script/expand.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsproof::script {
namespace {

using testing::ElementsAre;

std::vector<Expansion> expanded(std::string_view each, std::string_view steps) {
    Node const node = parse_json(each);
    return expand(&node, parse_json(steps));
}

std::vector<std::string> suffixes(std::string_view each, std::string_view steps) {
    std::vector<std::string> all;
    for (auto const& expansion : expanded(each, steps)) all.push_back(expansion.suffix);
    return all;
}

std::string complaint(std::string_view each, std::string_view steps) {
    try {
        expanded(each, steps);
        return {};
    } catch (Wrong const& wrong) {
        return std::to_string(wrong.line()) + ": " + wrong.what();
    }
}

TEST(Expand, WithoutEachThereIsOneVariantAndNoSuffix) {
    auto const all = expand(nullptr, parse_json("[1]"));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].suffix, "");
    EXPECT_EQ(to_json(all[0].steps), "[1]");
}

TEST(Expand, AStringThatIsThePlaceholderBecomesTheValue) {
    auto const all = expanded(R"({ "v": [ null, 7, true, "x", { "ping": "" }, [1, 2] ] })",
                              R"([ "${v}", { "a": "${v}" } ])");
    std::vector<std::string> texts;
    for (auto const& one : all) texts.push_back(to_json(one.steps));
    EXPECT_THAT(texts, ElementsAre(R"([null, { "a": null }])", R"([7, { "a": 7 }])",
                                   R"([true, { "a": true }])", R"(["x", { "a": "x" }])",
                                   R"([{ "ping": "" }, { "a": { "ping": "" } }])",
                                   R"([[1, 2], { "a": [1, 2] }])"));
}

TEST(Expand, WithinALongerStringScalarsAreWrittenOut) {
    auto const all = expanded(R"({ "a": ["x", 7, true], "b": ["-"] })", R"(["<${a}${b}${a}>"])");
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(to_json(all[0].steps), R"(["<x-x>"])");
    EXPECT_EQ(to_json(all[1].steps), R"(["<7-7>"])");
    EXPECT_EQ(to_json(all[2].steps), R"(["<true-true>"])");
}

TEST(Expand, EveryCombinationIsAVariantTheLastNameFastest) {
    EXPECT_THAT(suffixes(R"({ "a": [1, 2], "b": ["x", "y"] })", R"(["${a}", "${b}"])"),
                ElementsAre("#1,x", "#1,y", "#2,x", "#2,y"));
}

TEST(Expand, LabelsOfScalarsAreTheirSpelling) {
    EXPECT_THAT(
        suffixes(R"({ "v": [ "13", "0xD", "", null, true, 0, -1, "a b/c", "é", "s3pP+=" ] })",
                 R"(["${v}"])"),
        ElementsAre("#13", "#0xD", "#empty", "#null", "#true", "#0", "#-1", "#a-b-c", "#--",
                    "#s3pP+-"));
}

TEST(Expand, LabelsAreCutAtFortyCharacters) {
    EXPECT_EQ(label_of(Node::of_text(std::string(50, 'a'))), std::string(40, 'a'));
}

TEST(Expand, LabelsOfObjectsAreTheirFirstKey) {
    EXPECT_THAT(suffixes(R"({ "frame": [ { "text": "" }, { "ping": "" }, { "text": "x" }, {},
                                         { "text": "y" } ] })",
                         R"(["${frame}"])"),
                ElementsAre("#text", "#ping", "#text-2", "#empty", "#text-3"));
}

TEST(Expand, LabelsOfListsAreThoseOfTheirFirstItem) {
    EXPECT_THAT(suffixes(R"({ "frames": [ [ { "ping": "" }, 1 ], [ { "ping": "" } ], [] ] })",
                         R"(["${frames}"])"),
                ElementsAre("#ping", "#ping-2", "#empty"));
}

TEST(Expand, AnObjectGivesLabelsItself) {
    auto const all = expanded(R"({ "v": { "one": 1, "two.x": { "a": 1 } } })", R"(["${v}"])");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].suffix, "#one");
    EXPECT_EQ(all[1].suffix, "#two.x");
    EXPECT_THAT(all[1].choice, ElementsAre(testing::Pair("v", "two.x")));
}

TEST(Expand, LeavesTheWordsOfThePlayer) {
    auto const steps = R"(["${target.host}", "a${target.origin}b", "${key}", "${accept}"])";
    EXPECT_EQ(to_json(expand(nullptr, parse_json(steps)).at(0).steps),
              R"(["${target.host}", "a${target.origin}b", "${key}", "${accept}"])");
}

TEST(Expand, ANameOfEachGoesBeforeAWordOfThePlayer) {
    EXPECT_EQ(to_json(expanded(R"({ "key": ["mine"] })", R"(["${key}"])").at(0).steps),
              R"(["mine"])");
}

TEST(Expand, ValuesMayHoldWordsOfThePlayer) {
    auto const all = expanded(R"({ "o": [ "${target.origin}.evil" ] })", R"(["<${o}>", "${o}"])");
    EXPECT_EQ(to_json(all.at(0).steps), R"(["<${target.origin}.evil>", "${target.origin}.evil"])");
}

TEST(Expand, ValuesThatBelongTogetherStandInOneObject) {
    auto const all =
        expanded(R"({ "w": { "a": { "bits": 8, "p": ["x"] }, "b": { "bits": 9, "p": "y" } } })",
                 R"(["window=${w.bits}", "${w.p}"])");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(to_json(all.at(0).steps), R"(["window=8", ["x"]])");
    EXPECT_EQ(to_json(all.at(1).steps), R"(["window=9", "y"])");
    EXPECT_EQ(all.at(1).suffix, "#b");
}

TEST(Expand, EveryValueHasTheKeyThatIsAskedFor) {
    EXPECT_EQ(
        complaint(R"({ "w": { "a": { "bits": 8 }, "b": { "bit": 9 } } })", "[\n\"${w.bits}\"]"),
        "2: expected every value of \"w\" in \"each\" to be an object with the key \"bits\"");
    EXPECT_EQ(complaint(R"({ "w": [8] })", R"(["${w.bits}"])").substr(0, 38),
              "1: expected every value of \"w\" in \"eac");
}

TEST(Expand, ANameDoesNotHideTheTarget) {
    auto const all = expanded(R"({ "target": ["/a"] })", R"(["${target}", "${target.host}"])");
    EXPECT_EQ(to_json(all.at(0).steps), R"(["/a", "${target.host}"])");
}

TEST(Expand, PutsValuesInOnceOnly) {
    EXPECT_EQ(
        complaint("{ \"a\": [ \"${b}\" ], \"b\": [1] }", "[\"${a}\", \"${b}\"]").substr(0, 20),
        "1: expected no ${b} ");
}

TEST(Expand, RefusesUnknownNamesWithASuggestion) {
    EXPECT_EQ(complaint(R"({ "frame": [1] })", "[\n\"${frmae}\"]"),
              "2: expected a name of \"each\", target.… or key or accept in ${…}, found \"frmae\"; "
              "did you mean \"frame\"?");
    EXPECT_EQ(complaint(R"({ "v": [1] })", "[\"${v}\",\n\"${target.hots}\"]").substr(0, 42),
              "2: expected ${target.…} with one of host");
}

TEST(Expand, RefusesWhatCannotBeWrittenOut) {
    EXPECT_EQ(complaint(R"({ "v": [ { "a": 1 } ] })", "[ \"x${v}\" ]"),
              "1: expected a text, a number or true/false for ${v} within a longer text, found an "
              "object");
    EXPECT_NE(complaint(R"({ "v": [ null ] })", "[ \"x${v}\" ]"), "");
}

TEST(Expand, RefusesAnOpenPlaceholder) {
    EXPECT_EQ(complaint(R"({ "v": [1] })", "[ \"${v}\",\n\"${v\" ]").substr(0, 25),
              "2: expected } after ${ (w");
}

TEST(Expand, RefusesUnusedNamesEqualLabelsAndBadForms) {
    EXPECT_EQ(complaint("{ \"a\": [1],\n\"b\": [2] }", "[\"${a}\"]"),
              "2: expected ${b} somewhere in the steps");
    EXPECT_EQ(complaint("{ \"a\": [\"x/y\",\n\"x-y\"] }", "[\"${a}\"]").substr(0, 46),
              "2: expected values with different labels in \"e");
    EXPECT_NE(complaint(R"({ "a": [] })", R"(["${a}"])"), "");
    EXPECT_NE(complaint(R"({ "a": 1 })", R"(["${a}"])"), "");
    EXPECT_NE(complaint(R"({ "A b": [1] })", R"(["${A b}"])"), "");
    EXPECT_NE(complaint(R"({ "a": { "x y": 1 } })", R"(["${a}"])"), "");
    EXPECT_NE(complaint("{}", "[1]"), "");
    EXPECT_NE(complaint("[]", "[1]"), "");
}

TEST(Expand, RefusesMoreVariantsThanAnybodyWants) {
    std::string values = "[0";
    for (int i = 1; i < 100; ++i) values += "," + std::to_string(i);
    values += "]";
    std::string const each = "{ \"a\": " + values + ", \"b\": " + values + " }";
    EXPECT_EQ(complaint(each, R"(["${a}${b}"])"), "1: expected at most 4,096 variants of a case");
}

TEST(Expand, BoundsWhatTheVariantsHoldTogether) {
    std::string big = "[0";
    for (int i = 1; i < 1000; ++i) big += ",0";
    big += "]";
    std::string uses = "[\"${a}\"";
    for (int i = 1; i < 2000; ++i) uses += ",\"${a}\"";
    uses += "]";
    EXPECT_EQ(complaint("{ \"a\": { \"x\": " + big + " } }", uses),
              "1: expected a case whose variants have fewer than 1,000,000 values");
}

}  // namespace
}  // namespace wsproof::script
