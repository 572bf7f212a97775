#include "reference_impl/wire/set_cookie.hpp"

#include <gtest/gtest.h>

namespace wsproof::wire {
namespace {

TEST(SetCookie, HasNameValueAndAttributes) {
    auto const cookie = parse_set_cookie("__Host-sid=a=b; Path=/;Secure ; HttpOnly; SameSite=Lax");
    ASSERT_TRUE(cookie);
    EXPECT_EQ(cookie->name, "__Host-sid");
    EXPECT_EQ(cookie->value, "a=b");
    EXPECT_EQ(cookie->attribute("path"), "/");
    EXPECT_EQ(cookie->attribute("SECURE"), "");
    EXPECT_EQ(cookie->attribute("samesite"), "Lax");
    EXPECT_FALSE(cookie->attribute("Domain"));
}

TEST(SetCookie, TakesTheLastOfEqualAttributes) {
    auto const cookie = parse_set_cookie("a=b; SameSite=None; samesite=Strict");
    ASSERT_TRUE(cookie);
    EXPECT_EQ(cookie->attribute("SameSite"), "Strict");
}

TEST(SetCookie, IsNothingWhereBrowsersIgnoreTheField) {
    EXPECT_FALSE(parse_set_cookie(""));
    EXPECT_FALSE(parse_set_cookie("sid; Secure"));
    EXPECT_FALSE(parse_set_cookie("=value; Secure"));
}

TEST(SetCookie, SurvivesEmptyPieces) {
    auto const cookie = parse_set_cookie(" a = ;;; ;Secure");
    ASSERT_TRUE(cookie);
    EXPECT_EQ(cookie->name, "a");
    EXPECT_EQ(cookie->value, "");
    EXPECT_EQ(cookie->attributes.size(), 1U);
}

}  // namespace
}  // namespace wsproof::wire
