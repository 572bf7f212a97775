#include "reference_impl/wire/extensions.hpp"

#include <gtest/gtest.h>

namespace wsproof::wire {
namespace {

using List = std::vector<Extension>;

TEST(Extensions, AreReadFromEveryLegalSpelling) {
    std::vector<std::pair<std::string, List>> const legal{
        {"x-unknown", {{"x-unknown"}}},
        {"x-unknown; a; b=1; c=\"q\"", {{"x-unknown", {{"a"}, {"b", "1"}, {"c", "q"}}}}},
        {"x-unknown, permessage-deflate", {{"x-unknown"}, {"permessage-deflate"}}},
        {"permessage-deflate,permessage-deflate", {{"permessage-deflate"}, {"permessage-deflate"}}},
        {"permessage-deflate; client_max_window_bits",
         {{"permessage-deflate", {{"client_max_window_bits"}}}}},
        {"permessage-deflate; server_max_window_bits=\"12\"",
         {{"permessage-deflate", {{"server_max_window_bits", "12"}}}}},
        {"permessage-deflate; server_max_window_bits=\"1\\2\"",
         {{"permessage-deflate", {{"server_max_window_bits", "12"}}}}},
        {"permessage-deflate ;\tclient_max_window_bits , x",
         {{"permessage-deflate", {{"client_max_window_bits"}}}, {"x"}}},
        {"  a;b=c  ", {{"a", {{"b", "c"}}}}},
        {"a; b = c", {{"a", {{"b", "c"}}}}},
        {",permessage-deflate,,", {{"permessage-deflate"}}},
        {" , a ,\t, b", {{"a"}, {"b"}}},
        {"PERMESSAGE-DEFLATE", {{"PERMESSAGE-DEFLATE"}}},
        {"a; b; b; b=1", {{"a", {{"b"}, {"b"}, {"b", "1"}}}}},
        {"!#$%&'*+-.^_`|~", {{"!#$%&'*+-.^_`|~"}}},
    };
    for (auto const& [text, expected] : legal) EXPECT_EQ(parse_extensions(text), expected) << text;
}

TEST(Extensions, AreNothingWhenTheGrammarIsBroken) {
    for (std::string const text : {"",
                                   " ",
                                   ",",
                                   ", ,\t,",
                                   ";",
                                   "permessage-deflate;",
                                   ";permessage-deflate",
                                   "permessage-deflate; ;a",
                                   "permessage-deflate; =1",
                                   "permessage-deflate; a=",
                                   "permessage-deflate; a==b",
                                   "permessage deflate",
                                   "permessage-deflate; a=\"x",
                                   "permessage-deflate; a=\"x\\",
                                   "permessage-deflate; x=\"a b\"",
                                   "x-a; p=\"1,permessage-deflate\", x-b",
                                   "a; b=\"\"",
                                   "a; b=\"c\"d",
                                   "a; b=\"c\" d",
                                   "a; b=c d",
                                   "a@b",
                                   "a\x01",
                                   "\x7F",
                                   "caf\xC3\xA9",
                                   "a/b",
                                   "a(b)",
                                   "\"a\"",
                                   "a; \"b\"=c",
                                   "a; b=(c)",
                                   "a; b=c=d",
                                   "a, b;",
                                   "a:b",
                                   "a\nb",
                                   "a; b='c d'",
                                   "{a}"})
        EXPECT_FALSE(parse_extensions(text)) << text;
    EXPECT_FALSE(parse_extensions(std::string("a\0b", 3)));
}

TEST(Extensions, NeverComeOutOfQuotedText) {
    auto const list = parse_extensions(R"(x-a; p="1,permessage-deflate", x-b)");
    EXPECT_FALSE(list);
}

TEST(Extensions, AreReadInLinearTime) {
    std::string offers;
    for (int i = 0; i < 20'000; ++i) offers += "permessage-deflate; a=\"b\", ";
    auto const list = parse_extensions(offers);
    ASSERT_TRUE(list);
    EXPECT_EQ(list->size(), 20'000U);
    EXPECT_FALSE(parse_extensions(std::string(1'000'000, ';')));
    EXPECT_FALSE(parse_extensions(std::string(1'000'000, ',')));
}

TEST(Extensions, AreWrittenSoThatTheyReadTheSame) {
    List const list{{"permessage-deflate", {{"client_no_context_takeover"}, {"bits", "15"}}},
                    {"x-b"}};
    auto const text = write_extensions(list);
    EXPECT_EQ(text, "permessage-deflate; client_no_context_takeover; bits=15, x-b");
    EXPECT_EQ(parse_extensions(text), list);
    EXPECT_EQ(write_extensions({}), "");
}

TEST(Extensions, AreQuotedWhereAValueIsNoToken) {
    EXPECT_EQ(write_extensions({{"a", {{"b", "c \"d\\"}, {"e", ""}}}}), R"(a; b="c \"d\\"; e="")");
}

}  // namespace
}  // namespace wsproof::wire
