#include "harness/play/origin_words.hpp"

#include <gtest/gtest.h>

namespace wsproof::play {
namespace {

TEST(OriginWords, TakeAnOriginToPieces) {
    constexpr std::string_view origin = "https://app.good.example:8443";
    EXPECT_EQ(origin_word("origin_host", origin), "app.good.example:8443");
    EXPECT_EQ(origin_word("origin_name", origin), "app.good.example");
    EXPECT_EQ(origin_word("origin_scheme", origin), "https");
    EXPECT_EQ(origin_word("origin_other_scheme", origin), "http");
    EXPECT_EQ(origin_word("origin_label", origin), "app");
    EXPECT_EQ(origin_word("origin_parent", origin), "good.example");
}

TEST(OriginWords, MakeWhatACarelessComparisonTakesForIt) {
    constexpr std::string_view origin = "https://app.good.example";
    EXPECT_EQ(origin_word("origin_other_port", origin), "8443");
    EXPECT_EQ(origin_word("origin_other_port", "http://app.example:3000"), "3001");
    EXPECT_EQ(origin_word("origin_other_top_level", origin), "app.good.test");
    EXPECT_EQ(origin_word("origin_with_a_wild_dot", origin), "appxgood.example");
    EXPECT_EQ(origin_word("origin_with_wild_dots", origin), "appxgoodxexample");
    EXPECT_EQ(origin_word("origin_with_hyphens", origin), "app-good-example");
    EXPECT_EQ(origin_word("origin_without_first", origin), "pp.good.example");
    EXPECT_EQ(origin_word("origin_without_last", origin), "app.good.exampl");
}

TEST(OriginWords, AreEmptyWhereTheOriginHasNothingOfTheKind) {
    EXPECT_EQ(origin_word("origin_parent", "https://good.example"), "");
    EXPECT_EQ(origin_word("origin_label", "http://localhost:8080"), "");
    EXPECT_EQ(origin_word("origin_with_wild_dots", "http://127.0.0.1:8080"), "");
    EXPECT_EQ(origin_word("origin_without_first", "http://[::1]:8080"), "");
    EXPECT_EQ(origin_word("origin_name", "http://[::1]:8080"), "[::1]");
    EXPECT_EQ(origin_word("origin_host", ""), "");
    EXPECT_EQ(origin_word("origin_of_nobody", "http://a.example"), "");
}

}  // namespace
}  // namespace wsproof::play
