#include "harness/run/select.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(Select, SuggestsTheNearestName) {
    EXPECT_THAT(error_of({"framing/unmaskd-frame"}),
                HasSubstr("did you mean 'framing/unmasked-frame'?"));
    EXPECT_THAT(error_of({"unmasked-frame"}), HasSubstr("framing/unmasked-frame"));
    EXPECT_THAT(error_of({"!@shuold"}), HasSubstr("did you mean '@should'?"));
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
