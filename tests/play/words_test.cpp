#include "harness/play/words.hpp"

#include <gtest/gtest.h>

#include "harness/play/event.hpp"
#include "harness/play/match.hpp"
#include "harness/play/verdict.hpp"

namespace wsproof::play {
namespace {

TEST(Words, EscapeWhatCouldDeceive) {
    EXPECT_EQ(printable("plain ünï 日本 😀"), "plain ünï 日本 😀");
    EXPECT_EQ(printable("a\x1b[31m\n"), "a\\x1b[31m\\x0a");
    EXPECT_EQ(printable("\xff\xc3"), "\\xff\\xc3");
    EXPECT_EQ(printable("\xe2\x80\xae"), "\\xe2\\x80\\xae");  // right-to-left override
    EXPECT_EQ(printable("\xc2\x85"), "\\xc2\\x85");           // C1 control
    EXPECT_EQ(printable("abcdef", 3), "abc…");
    EXPECT_EQ(printable("aüb", 2), "a…");
}

TEST(Words, TellFrames) {
    auto const ping = wire::header_for(wire::Opcode::ping, 2);
    EXPECT_EQ(frame_in_words(ping, wire::as_bytes("hi"), wire::Role::server), "ping 'hi'");
    EXPECT_EQ(frame_in_words(ping, wire::as_bytes("hi"), wire::Role::client),
              "ping 'hi' (unmasked)");
    auto odd = wire::header_for(wire::Opcode::text, 9);
    odd.fin = false;
    odd.rsv2 = true;
    EXPECT_EQ(frame_in_words(odd, wire::as_bytes("x"), wire::Role::server),
              "text 'x' (FIN 0, RSV2, declares 9 bytes)");
    auto const body = *wire::from_hex("03ea626164");
    auto const close = wire::header_for(wire::Opcode::close, body.size());
    EXPECT_EQ(frame_in_words(close, body, wire::Role::server), "Close 1002 'bad'");
    EXPECT_EQ(frame_in_words(wire::header_for(wire::Opcode::close, 0), {}, wire::Role::server),
              "Close without a code");
    EXPECT_EQ(payload_in_words(*wire::from_hex("ff00")), "2 bytes ff00");
    EXPECT_EQ(grouped(1234567), "1,234,567");
    EXPECT_EQ(grouped(999), "999");
}

TEST(Words, TellPatterns) {
    EXPECT_EQ(in_words(script::Pattern{script::FailedPattern{{1002, 1007}}}),
              "the connection to be failed: Close 1002 or 1007 and the end of TCP");
    EXPECT_EQ(in_words(script::Pattern{script::ClosePattern{{1000, std::nullopt}}}),
              "Close with 1000 or no code");
    script::ResponsePattern const response{
        .status_class = 4, .headers = {{"Allow", script::FieldPattern::Kind::has_token, "GET"}}};
    EXPECT_EQ(in_words(script::Pattern{response}), "a response 4xx with Allow naming GET");
}

TEST(Words, NameVerdictsAndEndings) {
    for (auto const verdict : verdicts) EXPECT_EQ(verdict_named(name_of(verdict)), verdict);
    EXPECT_FALSE(verdict_named("PASS"));
    EXPECT_EQ(ending_named("close-then-drop"), Ending::close_then_drop);
    EXPECT_EQ(ending_named("wrong-code"), Ending::wrong_code);
    EXPECT_FALSE(ending_named("broken"));
}

}  // namespace
}  // namespace wsproof::play
