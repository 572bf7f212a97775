#include "reference_impl/wire/origin.hpp"

#include <gtest/gtest.h>

namespace wsproof::wire {
namespace {

TEST(Origin, HasPieces) {
    Origin const origin("https://app.good.example:8443");
    EXPECT_EQ(origin.scheme, "https");
    EXPECT_EQ(origin.host, "app.good.example:8443");
    EXPECT_EQ(origin.name, "app.good.example");
    EXPECT_EQ(origin.port, "8443");
    EXPECT_EQ(origin.parent, "good.example");
    EXPECT_FALSE(origin.is_address);
}

TEST(Origin, HasNoParentOfTwoLabelsOrInAnAddress) {
    EXPECT_EQ(Origin("https://good.example").parent, "");
    EXPECT_EQ(Origin("http://localhost").parent, "");
    EXPECT_EQ(Origin("http://192.0.2.1:80").parent, "");
    EXPECT_TRUE(Origin("http://192.0.2.1:80").is_address);
}

TEST(Origin, KeepsTheBracketsOfAddresses) {
    Origin const origin("http://[2001:db8::1]:8080");
    EXPECT_EQ(origin.name, "[2001:db8::1]");
    EXPECT_EQ(origin.port, "8080");
    EXPECT_TRUE(origin.is_address);
}

TEST(Origin, TakesAnyText) {
    EXPECT_EQ(Origin("null").host, "null");
    EXPECT_EQ(Origin("null").scheme, "");
    EXPECT_EQ(Origin("").name, "");
    EXPECT_EQ(Origin("https://[::1").name, "[::1");
    EXPECT_EQ(Origin("https://a:").port, "");
    EXPECT_EQ(Origin("file://").name, "");
}

TEST(Origin, IsSchemeHostAndPort) {
    for (auto const* const good :
         {"https://a.example", "http://localhost:3000", "HTTPS://A.Example",
          "http://[2001:db8::1]:80", "http://192.0.2.1", "chrome-extension://abcdef",
          "https://under_score.example"})
        EXPECT_TRUE(is_origin(good)) << good;
    for (auto const* const bad :
         {"", "null", "a.example", "https://", "https://a/", "https://a/path", "https://a?x",
          "https://a:", "https://a:123456", "https://a:8o", "https://u@a", "https://a b",
          "https://[::1", "https://a\n"})
        EXPECT_FALSE(is_origin(bad)) << bad;
}

TEST(Origin, IsMatchedByPatterns) {
    EXPECT_TRUE(matches_origin("https://a.example", "HTTPS://A.example"));
    EXPECT_TRUE(matches_origin("https://*.a.example", "https://b.a.example"));
    EXPECT_TRUE(matches_origin("https://*.a.example", "https://c.b.a.example"));
    EXPECT_TRUE(matches_origin("http://localhost:*", "http://localhost:3000"));
    EXPECT_FALSE(matches_origin("https://*.a.example", "https://.a.example.evil.example"));
    EXPECT_FALSE(matches_origin("https://*.a.example", "https://a.example"));
    EXPECT_FALSE(matches_origin("https://*.a.example", "https://evila.example"));
    EXPECT_FALSE(matches_origin("https://*.a.example", "https://evil.example/.a.example"));
    EXPECT_FALSE(matches_origin("https://a.example", "https://a.example:443"));
}

}  // namespace
}  // namespace wsproof::wire
