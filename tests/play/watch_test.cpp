#include "harness/play/watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsproof::play {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using wire::FrameHeader;
using wire::Opcode;
using wire::Role;

std::vector<std::string> rules(std::vector<Defect> const& defects) {
    std::vector<std::string> ids;
    for (auto const& defect : defects) ids.push_back(defect.rule);
    return ids;
}

FrameHeader header(Opcode opcode, std::uint64_t length = 0) {
    return wire::header_for(opcode, length);
}

FrameHeader first_fragment(Opcode opcode) {
    auto frame = header(opcode);
    frame.fin = false;
    return frame;
}

wire::Bytes close_body(std::string_view hex) {
    return *wire::from_hex(hex);
}

std::vector<std::string> of_close(std::string_view hex, std::optional<std::uint16_t> sent = {}) {
    Watch watch{Role::server};
    watch.close_sent(sent);
    auto const body = close_body(hex);
    return rules(watch.frame(header(Opcode::close, body.size()), body));
}

TEST(Watch, FindsNothingInACorrectConversation) {
    Watch watch{Role::server};
    for (auto const opcode : {Opcode::text, Opcode::ping, Opcode::pong, Opcode::binary}) {
        EXPECT_THAT(watch.frame(header(opcode, 3), wire::to_bytes("abc")), IsEmpty());
    }
    EXPECT_THAT(watch.frame(first_fragment(Opcode::text), {}), IsEmpty());
    EXPECT_THAT(watch.frame(header(Opcode::ping), {}), IsEmpty());
    EXPECT_THAT(watch.frame(header(Opcode::continuation), {}), IsEmpty());
    EXPECT_THAT(watch.frame(header(Opcode::close), {}), IsEmpty());
    EXPECT_THAT(watch.frame(header(Opcode::pong), {}), IsEmpty());  // 5.5.1 bans data only
}

TEST(Watch, KnowsWhoMasks) {
    auto masked = header(Opcode::text);
    masked.masking_key = wire::MaskingKey{};
    EXPECT_THAT(rules(Watch{Role::server}.frame(masked, {})),
                ElementsAre("6455/5.1/server-never-masks"));
    EXPECT_THAT(rules(Watch{Role::client}.frame(masked, {})), IsEmpty());
    EXPECT_THAT(rules(Watch{Role::client}.frame(header(Opcode::text), {})),
                ElementsAre("6455/5.1/client-masks-every-frame"));
}

TEST(Watch, KnowsReservedBitsAndOpcodes) {
    auto frame = header(Opcode::text);
    frame.rsv1 = true;
    EXPECT_THAT(rules(Watch{Role::server}.frame(frame, {})),
                ElementsAre("6455/5.2/rsv-clear-unless-negotiated"));
    Watch compressed{Role::server};
    compressed.compressed({});
    EXPECT_THAT(rules(compressed.frame(frame, {})), IsEmpty());
    frame.rsv3 = true;
    EXPECT_THAT(rules(compressed.frame(frame, {})),
                ElementsAre("6455/5.2/rsv-clear-unless-negotiated"));
    auto ping = header(Opcode::ping);
    ping.rsv1 = true;
    EXPECT_THAT(rules(compressed.frame(ping, {})),
                ElementsAre("7692/6.1/rsv1-only-on-first-data-frame"));
    EXPECT_THAT(rules(Watch{Role::server}.frame(header(static_cast<Opcode>(0xB)), {})),
                ElementsAre("6455/5.2/defined-opcodes-only"));
}

TEST(Watch, KnowsLengthsAndControlFrames) {
    auto frame = header(Opcode::text, 5);
    frame.length_form = wire::LengthForm::bits_16;
    EXPECT_THAT(rules(Watch{Role::server}.frame(frame, wire::to_bytes("Hello"))),
                ElementsAre("6455/5.2/minimal-length"));
    EXPECT_THAT(rules(Watch{Role::server}.frame(first_fragment(Opcode::ping), {})),
                ElementsAre("6455/5.5/control-frame-unfragmented"));
    EXPECT_THAT(rules(Watch{Role::server}.frame(header(Opcode::pong, 126), wire::Bytes(126))),
                ElementsAre("6455/5.5/control-frame-short"));
}

TEST(Watch, KnowsTheSequenceOfFragments) {
    EXPECT_THAT(rules(Watch{Role::server}.frame(header(Opcode::continuation), {})),
                ElementsAre("6455/5.4/fragments-in-sequence"));
    Watch watch{Role::server};
    EXPECT_THAT(watch.frame(first_fragment(Opcode::text), {}), IsEmpty());
    EXPECT_THAT(rules(watch.frame(header(Opcode::text), {})),
                ElementsAre("6455/5.4/fragments-in-sequence"));
}

TEST(Watch, KnowsWhatMayFollowAClose) {
    Watch watch{Role::server};
    EXPECT_THAT(watch.frame(header(Opcode::close), {}), IsEmpty());
    EXPECT_THAT(rules(watch.frame(header(Opcode::text), {})),
                ElementsAre("6455/5.5.1/nothing-after-close"));
    EXPECT_THAT(rules(watch.frame(header(Opcode::close), {})),
                ElementsAre("6455/5.5.1/nothing-after-close"));
}

TEST(Watch, KnowsTheBodyOfAClose) {
    EXPECT_THAT(of_close("03e8"), IsEmpty());
    EXPECT_THAT(of_close("0fa0"), IsEmpty());
    EXPECT_THAT(of_close("03"), ElementsAre("6455/5.5.1/close-body-form"));
    EXPECT_THAT(of_close("03e8c328"), ElementsAre("6455/5.5.1/close-body-form"));
    EXPECT_THAT(of_close("03ed"), ElementsAre("6455/7.4.1/reserved-codes-not-sent"));
    EXPECT_THAT(of_close("03e7"), ElementsAre("6455/7.4.2/close-code-sendable"));
}

TEST(Watch, LeavesTheEchoOfAnUndefinedCodeToTheCases) {
    EXPECT_THAT(of_close("03e7", 999), IsEmpty());
    EXPECT_THAT(of_close("03ee", 1006), ElementsAre("6455/7.4.1/reserved-codes-not-sent"));
}

TEST(Watch, KnowsMessages) {
    Watch watch{Role::server};
    EXPECT_THAT(watch.message({{Opcode::text, wire::to_bytes("Grüße")}}), IsEmpty());
    EXPECT_THAT(watch.message({{Opcode::binary, *wire::from_hex("ff")}}), IsEmpty());
    EXPECT_THAT(rules(watch.message({{Opcode::text, *wire::from_hex("61ff")}})),
                ElementsAre("6455/8.1/text-is-utf8"));
    EXPECT_THAT(rules(watch.message({{Opcode::text, *wire::from_hex("61c3")}})),
                ElementsAre("6455/8.1/text-is-utf8"));
    EXPECT_THAT(rules(watch.message({.message = {Opcode::text, {}, true}, .inflates = false})),
                ElementsAre("7692/7.2.1/payload-inflates"));
}

TEST(Watch, MeasuresDistancesAgainstTheWindow) {
    Watch watch{Role::server};
    watch.compressed({.window_bits = 9});
    EXPECT_THAT(watch.message({.walk = wire::BlockWalk{.longest_distance = 512}}), IsEmpty());
    EXPECT_THAT(rules(watch.message({.walk = wire::BlockWalk{.longest_distance = 513}})),
                ElementsAre("7692/7.1.2.1/server-window-honoured"));
}

}  // namespace
}  // namespace wsproof::play
