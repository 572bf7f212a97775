#include "harness/script/node.hpp"

#include <gtest/gtest.h>

namespace wsproof::script {
namespace {

std::string complaint(std::string_view text) {
    try {
        parse_json(text);
        return {};
    } catch (Wrong const& wrong) {
        return std::to_string(wrong.line()) + ": " + wrong.what();
    }
}

TEST(Node, KnowsTheLineOfEveryKeyAndValue) {
    Node const root = parse_json(
        "// first\n{\n  \"a\":\n    1\n,\n  \"b\": [ true,\n null\n],\n\n\"c\": \"x\" }");
    EXPECT_EQ(root.line, 2U);
    EXPECT_EQ(root.members[0].line, 3U);
    EXPECT_EQ(root.members[0].value.line, 4U);
    EXPECT_EQ(root.members[1].line, 6U);
    EXPECT_EQ(root.members[1].value.items[0].line, 6U);
    EXPECT_EQ(root.members[1].value.items[1].line, 7U);
    EXPECT_EQ(root.members[2].line, 10U);
}

TEST(Node, ANumberAtTheEndOfALineStandsOnThatLine) {
    Node const root = parse_json("[\n12\n,\n-3\n,\n1.5\n]");
    EXPECT_EQ(root.items[0].line, 2U);
    EXPECT_EQ(root.items[1].line, 4U);
    EXPECT_EQ(root.items[2].line, 6U);
}

TEST(Node, KeepsNumbersUpToTwoToTheSixtyFour) {
    Node const root = parse_json("[18446744073709551615, -1, 1.5]");
    EXPECT_TRUE(root.items[0].whole);
    EXPECT_EQ(root.items[0].number, UINT64_MAX);
    EXPECT_FALSE(root.items[1].whole);
    EXPECT_EQ(root.items[1].text, "-1");
    EXPECT_FALSE(root.items[2].whole);
    EXPECT_EQ(root.items[2].text, "1.5");
}

TEST(Node, SkipsBothKindsOfComments) {
    EXPECT_EQ(parse_json("/* a\n b */ [ 1, // one\n 2 ]").items.size(), 2U);
}

TEST(Node, RefusesTrailingCommas) {
    EXPECT_EQ(complaint("{ \"a\": 1,\n}"),
              "2: expected string literal, found '}'; is there a comma before it?");
    EXPECT_EQ(complaint("[ 1,\n ]").substr(0, 11), "2: expected");
}

TEST(Node, RefusesEqualKeysAndSaysWhereTheFirstIs) {
    EXPECT_EQ(complaint("{ \"a\": 1,\n  \"b\": 2,\n  \"a\": 3 }"),
              "3: expected every key once; \"a\" stands in line 1 already");
}

TEST(Node, RefusesBrokenSyntaxOnItsLine) {
    EXPECT_EQ(complaint("{\n\"a\" 1 }").substr(0, 11), "2: expected");
    EXPECT_EQ(complaint("{\n\"a\": tru }").substr(0, 11), "2: expected");
    EXPECT_EQ(complaint("").substr(0, 11), "1: expected");
    EXPECT_EQ(complaint("{}\n{}").substr(0, 11), "2: expected");
    EXPECT_EQ(complaint("[ \"\xff\" ]").substr(0, 11), "1: expected");
}

TEST(Node, RefusesDepthThatWouldExhaustTheStack) {
    std::string const deep(100'000, '[');
    EXPECT_EQ(complaint(deep), "1: expected at most 64 levels of brackets");
}

TEST(Node, PrintsWhatItRead) {
    std::string const text = R"({ "a": [1, null, true], "b": {}, "c": "\"\n€" })";
    EXPECT_EQ(to_json(parse_json(text)), text);
}

}  // namespace
}  // namespace wsproof::script
