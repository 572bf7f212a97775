// A document less some of its members is the document that a parser would have made less them.
#include "reports/slim.hpp"

#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>

namespace wsproof::report {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 2> names{"why", "hex"};

std::string slim(std::string_view text) {
    return without_members(text, names);
}

TEST(Slim, LeavesOutMembersWhereverTheyStand) {
    EXPECT_EQ(slim(R"({"why": 1, "a": 2})"), R"({"a":2})");
    EXPECT_EQ(slim(R"({"a": 2, "why": [1, {"x": "]"}]})"), R"({"a":2})");
    EXPECT_EQ(slim(R"({"a": 2, "why": "x", "b": 3})"), R"({"a":2,"b":3})");
    EXPECT_EQ(slim(R"({"why": null})"), "{}");
    EXPECT_EQ(slim(R"({"hex": "00", "why": {}, "a": [{"hex": {"why": 1}}, "why"]})"),
              R"({"a":[{},"why"]})");
    EXPECT_EQ(slim(R"({"a": {"why": 1}, "why": 2})"), R"({"a":{}})");
}

TEST(Slim, KnowsStringsWithQuotesAndBackslashes) {
    EXPECT_EQ(slim(R"({"why": "\"}\\", "a": "x \" , \\"})"), R"({"a":"x \" , \\"})");
    EXPECT_EQ(slim(R"({"a\\": "\\\\", "why": "\\"})"), R"({"a\\":"\\\\"})");
    EXPECT_EQ(slim(R"(["why", "why"])"), R"(["why","why"])");
}

TEST(Slim, LeavesWhatIsNoJsonWithoutMeaning) {
    std::string const whole = R"({"a": [1, "x\"y"], "why": {"b": [2]}, "c": {"hex": "]"}})";
    ASSERT_TRUE(json::accept(slim(whole)));
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(json::accept(slim(whole.substr(0, size)))) << size;
    for (auto const* const text :
         {"", "\"", "\\", "{\"why\"", "{\"why\":", "{\"why\":]", "[}", "{,}"})
        EXPECT_FALSE(json::accept(slim(text))) << text;
}

}  // namespace
}  // namespace wsproof::report
