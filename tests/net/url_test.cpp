#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/net/target.hpp"

namespace wsproof::net {
namespace {

using ::testing::HasSubstr;

std::string complaint(std::string_view text) {
    try {
        return "taken: " + parse_url(text).text();
    } catch (UrlError const& error) {
        return error.what();
    }
}

TEST(Url, HasThePartsOfRfc6455Section3) {
    auto const url = parse_url("ws://example.com:9001/chat/room?id=7&x=%20");
    EXPECT_FALSE(url.tls);
    EXPECT_EQ(url.host, "example.com");
    EXPECT_EQ(url.port, 9001);
    EXPECT_EQ(url.resource_name, "/chat/room?id=7&x=%20");
    EXPECT_EQ(url.host_field(), "example.com:9001");
    EXPECT_EQ(url.text(), "ws://example.com:9001/chat/room?id=7&x=%20");
}

TEST(Url, TakesTheDefaultPortFromTheScheme) {
    EXPECT_EQ(parse_url("ws://example.com/").port, 80);
    EXPECT_EQ(parse_url("wss://example.com/").port, 443);
    EXPECT_EQ(parse_url("wss://example.com:/").port, 443);
    EXPECT_EQ(parse_url("wss://example.com:443/").host_field(), "example.com");
    EXPECT_EQ(parse_url("wss://example.com:80/").host_field(), "example.com:80");
}

TEST(Url, HasAResourceNameThatBeginsWithASlash) {
    EXPECT_EQ(parse_url("ws://example.com").resource_name, "/");
    EXPECT_EQ(parse_url("ws://example.com?a/b").resource_name, "/?a/b");
    EXPECT_EQ(parse_url("ws://example.com//").resource_name, "//");
}

TEST(Url, TakesSchemesInAnyCaseAndThoseOfHttp) {
    EXPECT_TRUE(parse_url("WSS://example.com/").tls);
    EXPECT_TRUE(parse_url("https://example.com/").tls);
    EXPECT_FALSE(parse_url("Http://example.com/").tls);
    EXPECT_EQ(parse_url("http://example.com/a").text(), "ws://example.com/a");
}

TEST(Url, TakesBareHostAndPortForWs) {
    auto const url = parse_url("localhost:9001/chat");
    EXPECT_EQ(url.text(), "ws://localhost:9001/chat");
    EXPECT_EQ(parse_url("[::1]:9001").text(), "ws://[::1]:9001/");
}

TEST(Url, KeepsIpv6WithoutItsBrackets) {
    auto const url = parse_url("ws://[::1]:9001/");
    EXPECT_EQ(url.host, "::1");
    EXPECT_EQ(url.host_field(), "[::1]:9001");
    EXPECT_EQ(parse_url("ws://[2001:db8::1]").host_field(), "[2001:db8::1]");
}

TEST(Url, SaysWhatIsWrongAndWhatToWrite) {
    EXPECT_THAT(complaint(""), HasSubstr("empty"));
    EXPECT_THAT(complaint("localhost"), HasSubstr("no scheme"));
    EXPECT_THAT(complaint("/chat"), HasSubstr("no scheme"));
    EXPECT_THAT(complaint("ws:localhost"), HasSubstr("lacks the '//'"));
    EXPECT_THAT(complaint("ftp://localhost/"), HasSubstr("'ftp' is none of ws, wss"));
    EXPECT_THAT(complaint("ws://localhost:0/"), HasSubstr("1 to 65535"));
    EXPECT_THAT(complaint("ws://localhost:65536/"), HasSubstr("1 to 65535"));
    EXPECT_THAT(complaint("ws://localhost:99999999999999/"), HasSubstr("1 to 65535"));
    EXPECT_THAT(complaint("ws://localhost:80x/"), HasSubstr("port '80x'"));
    EXPECT_THAT(complaint("ws://localhost:-1/"), HasSubstr("port '-1'"));
    EXPECT_THAT(complaint("ws://localhost/#top"), HasSubstr("fragment"));
    EXPECT_THAT(complaint("ws://localhost/#"), HasSubstr("%23"));
    EXPECT_THAT(complaint("ws://ann:secret@localhost/"), HasSubstr("user name"));
    EXPECT_THAT(complaint("ws:///chat"), HasSubstr("names no host"));
    EXPECT_THAT(complaint("ws://:9001/"), HasSubstr("names no host"));
    EXPECT_THAT(complaint("ws://local host/"), HasSubstr("%20"));
    EXPECT_THAT(complaint("ws://localhost/a b"), HasSubstr("%20"));
    EXPECT_THAT(complaint("ws://localhost/\r\nX: y"), HasSubstr("\\x0d\\x0a"));
    EXPECT_THAT(complaint("ws://localhost/\xc3\xa4"), HasSubstr("percent-encode"));
    EXPECT_THAT(complaint("ws://::1:9001/"), HasSubstr("brackets"));
    EXPECT_THAT(complaint("ws://[::1:9001/"), HasSubstr("IPv6"));
    EXPECT_THAT(complaint("ws://[nonsense]/"), HasSubstr("IPv6"));
    EXPECT_THAT(complaint("ws://[::1]9001/"), HasSubstr("IPv6"));
    EXPECT_THAT(complaint("ws://a<b/"), HasSubstr("'<'"));
    EXPECT_THAT(complaint("ws://a%41/"), HasSubstr("'%'"));
}

TEST(Url, ComplainsInOneLineOfBoundedLength) {
    auto const words = complaint("ws://localhost/\n" + std::string(5000, 'a'));
    EXPECT_EQ(words.find('\n'), std::string::npos);
    EXPECT_LT(words.size(), 400U);
}

}  // namespace
}  // namespace wsproof::net
