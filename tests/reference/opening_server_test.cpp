#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/reference/kit.hpp"

namespace wsproof::reference {
namespace {

using namespace kit;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

struct Answer {
    unsigned status = 0;
    std::string text = {};
    bool transport_closes = false;
};

Answer ask(std::string_view request_text, Options const& options = {}, Faults const& faults = {}) {
    Endpoint endpoint{wire::Role::server, options, faults};
    auto const outcome = feed(endpoint, wire::as_bytes(request_text));
    Answer answer{.text = wire::to_text(outcome.output),
                  .transport_closes = outcome.transport_closes};
    if (auto const line = wire::parse_status_line(answer.text.substr(0, answer.text.find('\r'))))
        answer.status = line->status;
    return answer;
}

std::string with_line(std::string_view line) {
    return request({}, line);
}

std::string with(std::string_view name, std::string_view value) {
    return request({{std::string{name}, std::string{value}}});
}

TEST(OpeningServer, AcceptsWhatTheRfcsAllow) {
    std::vector<std::string> const requests{
        request(),
        "\r\n" + request(),
        with_line("GET / HTTP/1.2"),
        with_line("GET /?x=%23&y=a%20b HTTP/1.1"),
        with_line("GET http://localhost/path HTTP/1.1"),
        with_line("GET http://localhost HTTP/1.1"),
        with_line("GET HTTP://other.test:80/?q HTTP/1.1"),
        with_line("GET /" + std::string(8000, 'a') + " HTTP/1.1"),
        with("Host", "[::1]:8080"),
        with("Host", "LOCALHOST"),
        with("Host", "a.test:"),
        with("Upgrade", "WebSocket"),
        with("Upgrade", "wEbSoCkEt"),
        with("Upgrade", "websocket, h2c"),
        with("Upgrade", "h2c, websocket"),
        with("Upgrade", "  websocket\t "),
        with("Connection", "upgrade"),
        with("Connection", "keep-alive, Upgrade"),
        with("Connection", "keep-alive , \t upgrade"),
        with("Connection", ",Upgrade,,"),
        with("Connection", "close, Upgrade"),
        with("Connection", "Upgrade, HTTP2-Settings"),
        with("Sec-WebSocket-Key", "  dGhlIHNhbXBsZSBub25jZQ== \t"),
        with("Sec-WebSocket-Key", "AQIDBAUGBwgJCgsMDQ4PEC=="),
        with("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="),
        with("Sec-WebSocket-Version", " 13\t"),
        with("Sec-WebSocket-Protocol", "chat"),
        with("Sec-WebSocket-Protocol", "!#$%&'*+-.^_`|~, a"),
        with("Sec-WebSocket-Protocol", ", a ,,"),
        with("Sec-WebSocket-Protocol", "a, a"),
        with("Sec-WebSocket-Extensions", "x-unknown; a; b=1; c=\"q\""),
        with("Sec-WebSocket-Extensions", ",permessage-deflate,,"),
        with("Sec-WebSocket-Extensions", "permessage-deflate ;\tclient_max_window_bits , x"),
        with("Content-Length", "0"),
        with("Expect", "100-continue"),
        with("Origin", "https://example.test"),
        with("X-Empty", ""),
        with("X-Old", "caf\xC3\xA9 \xFF"),
        request_with("Connection: keep-alive\r\n"),
        request_with("Upgrade: h2c\r\n"),
        request_with("X-A:no-space\r\nX-B: \t much \t \r\n"),
        request_with("Sec-WebSocket-Accept: x\r\n"),
        request_with(std::string(8000, 'X') + ": a\r\n"),
    };
    for (auto const& text : requests) EXPECT_EQ(ask(text).status, 101U) << text;
}

TEST(OpeningServer, AcceptsFieldsInAnyOrderAndCase) {
    EXPECT_EQ(ask("GET / HTTP/1.1\r\nsec-websocket-version: 13\r\n"
                  "SEC-WEBSOCKET-KEY: dGhlIHNhbXBsZSBub25jZQ==\r\nconnection: Upgrade\r\n"
                  "uPGRADE: websocket\r\nhost: a\r\n\r\n")
                  .status,
              101U);
}

struct Bad {
    unsigned status;
    std::string text;
};

TEST(OpeningServer, RefusesWhatTheRfcsForbid) {
    std::vector<Bad> const requests{
        {405, with_line("POST / HTTP/1.1")},
        {405, with_line("HEAD / HTTP/1.1")},
        {405, with_line("CONNECT localhost:80 HTTP/1.1")},
        {405, with_line("OPTIONS * HTTP/1.1")},
        {501, with_line("get / HTTP/1.1")},
        {501, with_line("GETX / HTTP/1.1")},
        {400, with_line("G ET / HTTP/1.1")},
        {400, with_line(" / HTTP/1.1")},
        {426, with_line("GET / HTTP/1.0")},
        {505, with_line("GET / HTTP/2.0")},
        {505, with_line("PRI * HTTP/2.0")},
        {400, with_line("GET / HTTP/1.10")},
        {400, with_line("GET / HTTP/1.")},
        {400, with_line("GET / HTTP/11")},
        {400, with_line("GET / http/1.1")},
        {400, with_line("GET / HTTPS/1.1")},
        {400, with_line("GET /")},
        {400, with_line("GET  / HTTP/1.1")},
        {400, with_line("GET / HTTP/1.1 ")},
        {400, with_line("GET\t/ HTTP/1.1")},
        {400, with_line("GET /a b HTTP/1.1")},
        {400, with_line("GET  HTTP/1.1")},
        {400, " " + request()},
        {400, with_line("GET * HTTP/1.1")},
        {400, with_line("GET localhost:80 HTTP/1.1")},
        {400, with_line("GET path HTTP/1.1")},
        {400, with_line("GET /a#b HTTP/1.1")},
        {400, with_line("GET /%zz HTTP/1.1")},
        {400, with_line("GET /% HTTP/1.1")},
        {400, with_line("GET /%00 HTTP/1.1")},
        {400, with_line("GET /\xC3\xA9 HTTP/1.1")},
        {400, with_line("GET ws://localhost/ HTTP/1.1")},
        {400, with_line("GET http://user@localhost/ HTTP/1.1")},
        {421, with_line("GET https://localhost/ HTTP/1.1")},
        {414, with_line("GET /" + std::string(1U << 20U, 'a') + " HTTP/1.1")},
        {400, without("Host")},
        {400, with("Host", "")},
        {400, with("Host", "a b")},
        {400, with("Host", "a/b")},
        {400, with("Host", "u@a")},
        {400, with("Host", "a, b")},
        {400, with("Host", "a:8x")},
        {400, with("Host", "a:99999")},
        {400, with("Host", "[::1")},
        {400, request_with("Host: localhost:80\r\n")},
        {400, request_with("Host: other\r\n")},
        {426, without("Upgrade")},
        {426, with("Upgrade", "")},
        {426, with("Upgrade", "h2c")},
        {426, with("Upgrade", "websockets")},
        {426, with("Upgrade", "web socket")},
        {426, with("Upgrade", "websocket/13")},
        {426, with("Upgrade",
                   "websoc\xE2\x84\xAA"
                   "et")},
        {426, without("Connection")},
        {426, with("Connection", "keep-alive")},
        {426, with("Connection", "Upgraded")},
        {426, with("Connection", "X-Upgrade")},
        {400, with("Connection", "Up grade")},
        {426, with("Connection", "u")},
        {426, with("Connection", "")},
        {400, with("Connection", "\"Upgrade\"")},
        {400, without("Sec-WebSocket-Key")},
        {400, with("Sec-WebSocket-Key", "")},
        {400, with("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAA")},
        {400, with("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAAA=")},
        {400, with("Sec-WebSocket-Key", "!!!!!!!!!!!!!!!!!!!!!!==")},
        {400, with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ")},
        {400, with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=")},
        {400, with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ===")},
        {400, with("Sec-WebSocket-Key", "dGhlIHNhbXBs-_Bub25jZQ==")},
        {400, with("Sec-WebSocket-Key", "dGhlIHNh bXBsZSBub25jZQ==")},
        {400, with("Sec-WebSocket-Key", std::string(4096, 'A'))},
        {400, with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==, AAAAAAAAAAAAAAAAAAAAAA==")},
        {400, request_with("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")},
        {426, without("Sec-WebSocket-Version")},
        {426, with("Sec-WebSocket-Version", "")},
        {426, with("Sec-WebSocket-Version", "8")},
        {426, with("Sec-WebSocket-Version", "99")},
        {426, with("Sec-WebSocket-Version", "013")},
        {426, with("Sec-WebSocket-Version", "+13")},
        {426, with("Sec-WebSocket-Version", "13.0")},
        {426, with("Sec-WebSocket-Version", "269")},
        {426, with("Sec-WebSocket-Version", "4294967309")},
        {426, with("Sec-WebSocket-Version", "13, 8")},
        {400, request_with("Sec-WebSocket-Version: 13\r\n")},
        {400, with("Sec-WebSocket-Protocol", "")},
        {400, with("Sec-WebSocket-Protocol", ",")},
        {400, with("Sec-WebSocket-Protocol", "a b")},
        {400, with("Sec-WebSocket-Protocol", "chat, a/b")},
        {400, with("Sec-WebSocket-Protocol", "\"chat\"")},
        {400, with("Sec-WebSocket-Protocol", "\"a,b\", chat")},
        {400, with("Sec-WebSocket-Protocol", "caf\xC3\xA9")},
        {400, with("Sec-WebSocket-Extensions", "")},
        {400, with("Sec-WebSocket-Extensions", ",")},
        {400, with("Sec-WebSocket-Extensions", ";")},
        {400, with("Sec-WebSocket-Extensions", "permessage-deflate;")},
        {400, with("Sec-WebSocket-Extensions", "permessage-deflate; a==b")},
        {400, with("Sec-WebSocket-Extensions", "permessage-deflate; a=\"x")},
        {400, with("Sec-WebSocket-Extensions", "permessage deflate")},
        {400, with("Sec-WebSocket-Extensions", "x@y")},
        {400, with("Content-Length", "5")},
        {400, with("Content-Length", "abc")},
        {400, with("Content-Length", "-1")},
        {400, with("Content-Length", "+5")},
        {400, with("Content-Length", "5, 6")},
        {400, request_with("Content-Length: 5\r\nContent-Length: 6\r\n")},
        {501, with("Transfer-Encoding", "chunked")},
        {501, with("Transfer-Encoding", "xchunked")},
        {400, request_with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")},
        {400, request_with("Origin: https://a.test\r\nOrigin: https://b.test\r\n")},
        {400, request_with("X-A : 1\r\n")},
        {400, request_with("X-A\t: 1\r\n")},
        {400, request_with("X-A: 1\r\n folded\r\n")},
        {400, request_with(" X-A: 1\r\n")},
        {400, request_with("no colon\r\n")},
        {400, request_with(": no name\r\n")},
        {400, request_with("X A: 1\r\n")},
        {400, request_with("X-A: 1\n")},
        {400, request_with("X-A: 1\rX-B: 2\r\n")},
        {400, request_with(std::string{"X-A: a\0b\r\n", 10})},
        {400, request_with("X-A: \x01\r\n")},
        {400, request_with("X-A: \x7F\r\n")},
        {431, request_with("X-A: " + std::string(64U << 10U, 'a') + "\r\n")},
        {400, std::string{"\x16\x03\x01\x02\x00\x01", 6}},
        {400, "\x81\x85zzzz"},
    };
    for (auto const& [status, text] : requests) {
        auto const answer = ask(text);
        EXPECT_EQ(answer.status, status) << text.substr(0, 200) << "\n" << answer.text;
        EXPECT_TRUE(answer.transport_closes) << text.substr(0, 200);
        EXPECT_THAT(answer.text, HasSubstr("close\r\n"));
        EXPECT_THAT(answer.text, HasSubstr("\r\nContent-Length: "));
    }
}

TEST(OpeningServer, GivesTheSameAnswerHoweverTheHeadIsCut) {
    std::vector<std::string> const requests{request(),
                                            with_line("GET /"),
                                            without("Host"),
                                            request_with("X-A: 1\r\n folded\r\n"),
                                            with_line("GET / HTTP/2.0"),
                                            std::string(40000, 'x'),
                                            "\r\n\r\n" + request()};
    for (auto const& text : requests) {
        Endpoint whole{wire::Role::server};
        auto const expected = feed(whole, wire::as_bytes(text));
        for (std::size_t const piece : {1U, 2U, 3U, 7U}) {
            Endpoint cut{wire::Role::server};
            EXPECT_EQ(feed(cut, wire::as_bytes(text), piece), expected) << piece << " " << text;
        }
    }
}

TEST(OpeningServer, NamesTheVersionItSpeaks) {
    auto const answer = ask(with("Sec-WebSocket-Version", "99"));
    EXPECT_THAT(answer.text, HasSubstr("\r\nSec-WebSocket-Version: 13\r\n"));
    EXPECT_THAT(answer.text, HasSubstr("\r\nUpgrade: websocket\r\n"));
    EXPECT_THAT(answer.text, HasSubstr("\r\nConnection: Upgrade, close\r\n"));
}

TEST(OpeningServer, NamesTheMethodItAllows) {
    EXPECT_THAT(ask(with_line("PUT / HTTP/1.1")).text, HasSubstr("\r\nAllow: GET\r\n"));
}

TEST(OpeningServer, AnswersHeadWithoutContent) {
    EXPECT_TRUE(ask(with_line("HEAD / HTTP/1.1")).text.ends_with("\r\n\r\n"));
    EXPECT_TRUE(ask("HEAD / HTTP/1.1\r\nHost: a\rb\r\n\r\n").text.ends_with("\r\n\r\n"));
    EXPECT_FALSE(ask(with_line("POST / HTTP/1.1")).text.ends_with("\r\n\r\n"));
}

TEST(OpeningServer, TrimsTheKeyAndKeepsItsSpelling) {
    EXPECT_THAT(ask(with("Sec-WebSocket-Key", " \t dGhlIHNhbXBsZSBub25jZQ==  ")).text,
                HasSubstr(std::string{sample_accept}));
    EXPECT_THAT(ask(with("Sec-WebSocket-Key", "AQIDBAUGBwgJCgsMDQ4PEC==")).text,
                HasSubstr("OfS0wDaT5NoxF2gqm7Zj2YtetzM="));
}

TEST(OpeningServer, ChoosesASubprotocolItSpeaks) {
    Options const options{.subprotocols = {"a.test", "b.test"}};
    auto const chosen = [&](std::string_view offered) {
        auto const answer = ask(with("Sec-WebSocket-Protocol", offered), options);
        EXPECT_EQ(answer.status, 101U);
        return wire::parse_head(wire::as_bytes(answer.text))
            .head.values_of("Sec-WebSocket-Protocol");
    };
    EXPECT_THAT(chosen("b.test"), ElementsAre("b.test"));
    EXPECT_THAT(chosen("x, b.test, a.test"), ElementsAre("a.test"));
    EXPECT_THAT(chosen("x"), ElementsAre());
    EXPECT_THAT(chosen("B.TEST"), ElementsAre());
    EXPECT_THAT(chosen("x ,\tb.test,,"), ElementsAre("b.test"));
    auto const two_lines = request_with(
        "Sec-WebSocket-Protocol: b.test\r\nSec-WebSocket-Protocol: b.test, a.test\r\n");
    EXPECT_THAT(ask(two_lines, options).text, HasSubstr("Sec-WebSocket-Protocol: a.test\r\n"));
    EXPECT_THAT(ask(request(), options).text, Not(HasSubstr("Sec-WebSocket-Protocol")));
}

TEST(OpeningServer, LetsInTheOriginsItTrusts) {
    Options const options{.origin_policy = {.allowed = {"https://good.test"}}};
    auto const status = [&](std::string_view origin) {
        return ask(with("Origin", origin), options).status;
    };
    EXPECT_EQ(status("https://good.test"), 101U);
    EXPECT_EQ(status("https://GOOD.test"), 101U);
    for (auto const* origin : {"https://evil.test", "http://good.test", "https://good.test.evil",
                               "https://evil-good.test", "https://good.test:8443", "null", ""})
        EXPECT_EQ(status(origin), 403U) << origin;
    EXPECT_EQ(ask(request(), options).status, 101U);
    EXPECT_EQ(ask(request(), {.origin_policy = {.allowed = {}, .require = true}}).status, 403U);
}

TEST(OpeningServer, KnowsItsResources) {
    Options const options{.resources = {"/chat", "/echo"}};
    EXPECT_EQ(ask(with_line("GET /chat?room=1 HTTP/1.1"), options).status, 101U);
    EXPECT_EQ(ask(with_line("GET http://localhost/echo HTTP/1.1"), options).status, 101U);
    EXPECT_EQ(ask(with_line("GET /other HTTP/1.1"), options).status, 404U);
}

TEST(OpeningServer, AcceptsHttpsTargetsOnASecureTransport) {
    EXPECT_EQ(ask(with_line("GET https://localhost/ HTTP/1.1"), {.secure = true}).status, 101U);
}

TEST(OpeningServer, AddsFieldsToTheResponse) {
    auto const answer = ask(request(), {.extra_fields = {{"Set-Cookie", "a=b"}}});
    EXPECT_THAT(answer.text, HasSubstr("\r\nSet-Cookie: a=b\r\n"));
}

TEST(OpeningServer, ReadsBytesBehindTheHeadAsFrames) {
    Endpoint endpoint{wire::Role::server};
    auto const outcome = feed(endpoint, wire::as_bytes(request() + request()));
    EXPECT_EQ(outcome.events.back().substr(0, 11), "failed 1002");
}

TEST(OpeningServer, StaysSilentAfterARefusal) {
    Endpoint endpoint{wire::Role::server};
    feed(endpoint, wire::as_bytes(without("Host")));
    auto const outcome = feed(endpoint, joined({masked(ping("")), wire::to_bytes(request())}));
    EXPECT_TRUE(outcome.output.empty());
    EXPECT_TRUE(outcome.events.empty());
}

}  // namespace
}  // namespace wsproof::reference
