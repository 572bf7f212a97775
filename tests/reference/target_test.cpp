#include "reference_impl/protocol/target.hpp"

#include <gtest/gtest.h>

namespace wsproof::reference {
namespace {

TEST(Target, IsTakenApart) {
    auto const plain = parse_target("/a/b?x=1&y=%20");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->path, "/a/b");
    EXPECT_EQ(plain->query, "x=1&y=%20");
    auto const absolute = parse_target("HTTP://a.test:80?x");
    ASSERT_TRUE(absolute);
    EXPECT_EQ(absolute->scheme, "http");
    EXPECT_EQ(absolute->authority, "a.test:80");
    EXPECT_EQ(absolute->path, "/");
    EXPECT_EQ(absolute->query, "x");
}

TEST(Target, HasNoOtherForms) {
    for (auto const* text : {"", "*", "a", "a.test:80", "http://", "http:///", "ftp://a/", "/a b",
                             "/\"", "/<", "/a#b", "/%", "/%4", "/%zz", "/%00", "http://a b/"})
        EXPECT_FALSE(parse_target(text)) << text;
}

TEST(Host, IsANameOrAnAddressAndAPort) {
    for (auto const* host : {"a", "a.test", "a:1", "a:", "A-1_b~:65535", "127.0.0.1:80", "[::1]",
                             "[::ffff:1.2.3.4]:80", "%61"})
        EXPECT_TRUE(is_valid_host(host)) << host;
    for (auto const* host : {"", ":80", "a b", "a/b", "u@a", "a,b", "a:b", "a:65536", "a:1:2", "[]",
                             "[::1", "[::1]x", "[g::]", "a\x01", "\xC3\xA9", "%6"})
        EXPECT_FALSE(is_valid_host(host)) << host;
}

}  // namespace
}  // namespace wsproof::reference
