#include "harness/run/select.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "harness/run/nearest.hpp"
#include "tests/run/kit.hpp"

namespace wsproof::run {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> ids(std::vector<std::string> const& expressions,
                             wire::Role role = wire::Role::server) {
    auto const catalogue = test::small_catalogue();
    std::vector<std::string> found;
    for (auto const* const variant : select(catalogue, role, expressions))
        found.push_back(variant->id);
    return found;
}

/// Cases of every breadth: two variants of a must, a should, an exclusive, a slow one and limits.
script::Catalogue broad_catalogue() {
    auto const ping = [](std::string const& keys, std::string const& rule) {
        return R"({ "says": "A ping is answered.", "rule": ")" + rule + R"(", )" + keys +
               R"( "faults": ["never-answers-pings"],
            "steps": ["open", { "send": { "ping": "a" } }, { "expect": { "pong": "a" } }] })";
    };
    auto const must = "6455/5.5.2/ping-answered";
    return test::catalogue_of(
        {test::file("cases/control/two.jsonc",
                    R"({ "says": "A ping is answered.", "rule": "6455/5.5.2/ping-answered",
                         "faults": ["never-answers-pings"], "alias": ["autobahn:2.10"],
                         "needs": ["pings"], "each": { "n": ["a", "b"] },
                         "steps": ["open", { "send": { "ping": "${n}" } }, "alive"] })"),
         test::file("cases/control/alone.jsonc", ping(R"("exclusive": true,)", must)),
         test::file("cases/control/slow.jsonc", ping(R"("tags": ["slow"],)", must)),
         test::file("cases/limits/big.jsonc", ping(R"("alias": ["autobahn:9.1.1"],)", must)),
         test::file("cases/control/much.jsonc", ping(R"("tags": ["limits"],)", must))});
}

std::vector<std::string> broad(Breadth breadth, std::vector<std::string> const& expressions) {
    auto const catalogue = broad_catalogue();
    std::vector<std::string> found;
    for (auto const* const variant :
         select(catalogue, {.role = wire::Role::server, .breadth = breadth}, expressions))
        found.push_back(variant->id);
    return found;
}

std::string error_of(std::vector<std::string> const& expressions) {
    try {
        ids(expressions);
    } catch (SelectError const& error) {
        return error.what();
    }
    return "no error";
}

TEST(Select, TakesEverythingForTheRoleWithoutExpressions) {
    EXPECT_THAT(ids({}), ElementsAre("control/ping-answered#empty", "control/ping-answered#one",
                                     "control/ping-answered#two", "framing/unmasked-frame",
                                     "messages/text-echoed", "opening/plain"));
}

TEST(Select, KnowsIdsCasesAndGlobs) {
    EXPECT_THAT(ids({"opening/plain"}), ElementsAre("opening/plain"));
    EXPECT_EQ(ids({"control/ping-answered"}).size(), 3U);
    EXPECT_THAT(ids({"control/ping-answered#t*"}), ElementsAre("control/ping-answered#two"));
    EXPECT_THAT(ids({"f*/un?asked-frame"}), ElementsAre("framing/unmasked-frame"));
}

TEST(Select, KnowsTagsLevelsAndFolders) {
    EXPECT_THAT(ids({"@should"}), ElementsAre("messages/text-echoed"));
    EXPECT_THAT(ids({"@framing"}), ElementsAre("framing/unmasked-frame"));
}

TEST(Select, KnowsSectionsOfTheRfcAndWhatIsBelowThem) {
    EXPECT_THAT(ids({"rfc:5.1"}), ElementsAre("framing/unmasked-frame"));
    EXPECT_EQ(ids({"rfc:5.5"}).size(), 3U);
    EXPECT_EQ(ids({"rfc:6455/5.5.2"}).size(), 3U);
    EXPECT_EQ(ids({"rfc:6455"}).size(), 6U);
    EXPECT_THAT(error_of({"rfc:7692"}), HasSubstr("no case matches"));
    // 5.5 must not take 5.51 for one of its own.
    EXPECT_THAT(error_of({"rfc:5.5.20"}), HasSubstr("no case matches"));
}

TEST(Select, KnowsTheNumbersOfAutobahn) {
    EXPECT_EQ(ids({"autobahn:2.*"}).size(), 3U);
}

TEST(Select, RemovesWhatFollowsAnExclamationMark) {
    EXPECT_THAT(ids({"@must", "!control/*"}),
                ElementsAre("framing/unmasked-frame", "opening/plain"));
    EXPECT_THAT(ids({"!@must"}), ElementsAre("messages/text-echoed"));
    EXPECT_THAT(ids({"opening/*", "!opening/*"}), IsEmpty());
}

TEST(Select, AppliesExpressionsFromTheLeftToTheRight) {
    EXPECT_THAT(
        ids({"@must", "!control/*", "control/*#one"}),
        ElementsAre("control/ping-answered#one", "framing/unmasked-frame", "opening/plain"));
    EXPECT_EQ(ids({"!opening/plain", "opening/plain"}).size(), 6U);
    EXPECT_THAT(ids({"opening/plain", "!@must", "messages/*"}),
                ElementsAre("messages/text-echoed"));
}

TEST(Select, KnowsNeedsAndWhomACaseIsFor) {
    EXPECT_THAT(ids({"@needs-echo"}), ElementsAre("messages/text-echoed"));
    EXPECT_EQ(ids({"@server"}).size(), 6U);
    auto const catalogue = test::small_catalogue();
    std::vector<std::string> const client{"@client", "!@server"};
    auto const only = select(catalogue, Choice{}, client);
    ASSERT_EQ(only.size(), 1U);
    EXPECT_EQ(only.front()->id, "opening/client-connects");
}

TEST(Select, ChoosesOutOfTheBreadth) {
    EXPECT_THAT(broad(Breadth::smoke, {}), ElementsAre("control/two#a"));
    EXPECT_THAT(broad(Breadth::ordinary, {}),
                ElementsAre("control/alone", "control/two#a", "control/two#b"));
    EXPECT_EQ(broad(Breadth::full, {}).size(), 6U);
    EXPECT_EQ(broad(Breadth::ordinary, {"@must"}), broad(Breadth::ordinary, {}));
    EXPECT_EQ(broad(Breadth::full, {"@default"}), broad(Breadth::ordinary, {}));
    EXPECT_THAT(broad(Breadth::ordinary, {"!control/alone"}),
                ElementsAre("control/two#a", "control/two#b"));
}

TEST(Select, TakesWhoeverNamesWhatTheBreadthLeavesOutAtTheirWord) {
    EXPECT_THAT(broad(Breadth::ordinary, {"@slow"}), ElementsAre("control/slow"));
    EXPECT_THAT(broad(Breadth::ordinary, {"@limits"}), ElementsAre("control/much", "limits/big"));
    EXPECT_THAT(broad(Breadth::ordinary, {"autobahn:9.*"}), ElementsAre("limits/big"));
    EXPECT_THAT(broad(Breadth::smoke, {"control/two#b"}), ElementsAre("control/two#b"));
}

TEST(Select, TakesANumberOfAutobahnWithAllBelowIt) {
    EXPECT_EQ(broad(Breadth::full, {"autobahn:2"}).size(), 2U);
    EXPECT_THAT(broad(Breadth::full, {"autobahn:9.1"}), ElementsAre("limits/big"));
    EXPECT_THAT(error_of({"autobahn:2.77"}), HasSubstr("did you mean 'autobahn:2."));
}

TEST(Shard, IsReadStrictly) {
    EXPECT_EQ(parse_shard("2/4"), (Shard{2, 4}));
    EXPECT_EQ(in_words({2, 4}), "2/4");
    for (auto const* const wrong : {"", "2", "0/4", "5/4", "1/0", "a/4", "2/", "/4", "-1/4",
                                    "1/4/2", "1/99999", " 1/4", "1 /4"})
        EXPECT_FALSE(parse_shard(wrong)) << wrong;
}

TEST(Shard, PartsCasesWithoutGapsOrOverlaps) {
    std::array<unsigned, 5> sizes{};
    for (int n = 0; n < 1000; ++n) {
        auto const id = "folder/case-" + std::to_string(n);
        unsigned parts = 0;
        for (unsigned number = 1; number <= 5; ++number)
            if (Shard{number, 5}.has(id)) {
                ++parts;
                ++sizes[number - 1];
            }
        EXPECT_EQ(parts, 1U) << id;
    }
    for (auto const size : sizes) EXPECT_NEAR(size, 200, 60);
}

TEST(Shard, IsTheSameInEveryBuild) {
    // Shards of one run may be played by different builds: these numbers never change.
    auto const of_four = [](std::string_view id) {
        for (unsigned number = 1; number <= 4; ++number)
            if (Shard{number, 4}.has(id)) return number;
        return 0U;
    };
    EXPECT_EQ(of_four("opening/plain"), 1U);
    EXPECT_EQ(of_four("framing/unmasked-frame"), 4U);
    EXPECT_EQ(of_four("closing/code-echoed"), 3U);
}

TEST(Select, SuggestsTheNearestName) {
    EXPECT_THAT(error_of({"framing/unmaskd-frame"}),
                HasSubstr("did you mean 'framing/unmasked-frame'?"));
    EXPECT_THAT(error_of({"unmasked-frame"}), HasSubstr("framing/unmasked-frame"));
    EXPECT_THAT(error_of({"!@shuold"}), HasSubstr("did you mean '@should'?"));
    EXPECT_THAT(error_of({"@needs-ecko"}), HasSubstr("did you mean '@needs-echo'?"));
    EXPECT_THAT(error_of({"rfc:6455/5.5.22"}), HasSubstr("did you mean 'rfc:6455/5.5.2'?"));
    EXPECT_THAT(error_of({"rcf:5.5.2"}), HasSubstr("did you mean 'rfc:5.5.2'?"));
    EXPECT_THAT(error_of({"autobhan:2.*"}), HasSubstr("did you mean 'autobahn:2.*'?"));
    EXPECT_THAT(error_of({"contrl/*"}), HasSubstr("did you mean 'control/*'?"));
    EXPECT_THAT(error_of({"should"}), HasSubstr("did you mean '@should'?"));
    EXPECT_THAT(error_of({"qqqqqqqqqqqqqq"}), HasSubstr("wsproof list"));
}

TEST(Select, SaysWhenACaseIsForTheOtherSide) {
    EXPECT_THAT(error_of({"opening/client-connects"}), HasSubstr("other side"));
    EXPECT_THAT(ids({"opening/client-connects"}, wire::Role::client),
                ElementsAre("opening/client-connects"));
}

TEST(Select, RefusesEmptyExpressions) {
    EXPECT_THAT(error_of({""}), HasSubstr("empty"));
    EXPECT_THAT(error_of({"!"}), HasSubstr("empty"));
}

TEST(EditDistance, CountsSwapsOfNeighboursAsOne) {
    EXPECT_EQ(edit_distance("jobs", "jobs"), 0U);
    EXPECT_EQ(edit_distance("jbos", "jobs"), 1U);
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

}  // namespace
}  // namespace wsproof::run
