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

}  // namespace
}  // namespace wsproof::wire
