// Versions of libraries against the table of advisories.
#include "harness/script/advisory.hpp"

#include <gtest/gtest.h>

#include "harness/script/catalogue.hpp"

namespace wsproof::script {
namespace {

TEST(Advisories, CompareVersionsByTheirNumbers) {
    EXPECT_TRUE(is_older("1.9", "1.10"));
    EXPECT_FALSE(is_older("1.10", "1.9"));
    EXPECT_FALSE(is_older("1.0", "1"));
    EXPECT_FALSE(is_older("1", "1.0"));
    EXPECT_TRUE(is_older("8.17", "8.17.1"));
    EXPECT_FALSE(is_older("9.4.39.v20210325", "9.4.39"));
    EXPECT_TRUE(is_older("", "0.1"));
}

TEST(Advisories, ConcernTheVersionsBetweenTheirEnds) {
    Advisory const advisory{
        .id = "X", .library = {"ws"}, .affected = {{"5", "5.2.3"}, {"7", "7.4.6"}}};
    EXPECT_TRUE(affects(advisory, "ws", "5.0.0"));
    EXPECT_TRUE(affects(advisory, "ws", "7.4.5"));
    EXPECT_FALSE(affects(advisory, "ws", "7.4.6"));
    EXPECT_FALSE(affects(advisory, "ws", "6.0.0"));
    EXPECT_FALSE(affects(advisory, "ws", "4.9"));
    EXPECT_FALSE(affects(advisory, "websockets", "5.0.0"));
    EXPECT_FALSE(affects(advisory, "ws", "latest"));
    EXPECT_FALSE(affects(advisory, "ws", ""));
}

TEST(Advisories, OfTheTableHaveVersionsThatExist) {
    auto const advisories = embedded_catalogue().advisories;
    EXPECT_GE(advisories.size(), 40U);
    for (auto const& advisory : advisories)
        for (auto const& [from, before] : advisory.affected)
            EXPECT_TRUE(is_older(from, before)) << advisory.id;
}

}  // namespace
}  // namespace wsproof::script
