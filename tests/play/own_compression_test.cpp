#include "harness/play/own_compression.hpp"

#include <gtest/gtest.h>

#include "harness/script/payload.hpp"
#include "tests/play/kit.hpp"

namespace wsproof::play {
namespace {

using kit::hex;
using wire::Opcode;

wire::Bytes const hello = hex("f248cdc9c90700");
wire::Bytes const again = hex("f200110000");  ///< five bytes from five bytes back

/// The message, sent as one compressed frame.
std::optional<OwnCompression::Obstacle> add(OwnCompression& to, wire::Bytes const& payload,
                                            bool rsv1 = true) {
    auto header = wire::header_for(Opcode::binary, payload.size());
    header.rsv1 = rsv1;
    return to.add(header, payload);
}

OwnCompression agreed(Compression compression) {
    OwnCompression own;
    own.agreed(compression);
    return own;
}

/// `distance` bytes, and the first of them again.
wire::Bytes reaching(std::uint32_t distance) {
    wire::BlockWriter writer;
    writer.stored(wire::Bytes(distance), false);
    writer.begin(wire::BlockKind::fixed, false);
    writer.copy(3, distance);
    writer.end();
    return writer.finish();
}

TEST(OwnCompression, LetsEverythingPassThatTheAgreementAllows) {
    auto own = agreed({});
    EXPECT_FALSE(add(own, hello));
    EXPECT_FALSE(add(own, again));
    EXPECT_FALSE(add(own, reaching(32768)));
}

TEST(OwnCompression, ReferringToEarlierMessagesNeedsTheirContext) {
    auto own = agreed({.takes_context_over = false});
    EXPECT_FALSE(add(own, hello));
    auto const obstacle = add(own, again);
    ASSERT_TRUE(obstacle);
    EXPECT_EQ(obstacle->capability, "context-takeover");
}

TEST(OwnCompression, WhatRefersToNothingIsCorruptOnPurpose) {
    auto own = agreed({.takes_context_over = false});
    EXPECT_FALSE(add(own, again));
    EXPECT_FALSE(add(own, hello));
    EXPECT_FALSE(add(own, reaching(10)));
}

TEST(OwnCompression, ReferringBeyondTheAgreedWindowIsAnObstacle) {
    auto own = agreed({.window_bits = 9});
    EXPECT_FALSE(add(own, reaching(512)));
    auto const obstacle = add(own, reaching(513));
    ASSERT_TRUE(obstacle);
    EXPECT_EQ(obstacle->capability, "max_window_bits");
}

TEST(OwnCompression, LooksAtFragmentsAsOneMessage) {
    auto own = agreed({.takes_context_over = false});
    EXPECT_FALSE(add(own, hello));
    auto first = wire::header_for(Opcode::binary, 2);
    first.rsv1 = true;
    first.fin = false;
    auto const bytes = wire::ByteView{again};
    EXPECT_FALSE(own.add(first, bytes.first(2)));
    EXPECT_FALSE(own.add(wire::header_for(Opcode::ping, 0), {}));
    auto const rest = bytes.subspan(2);
    EXPECT_TRUE(own.add(wire::header_for(Opcode::continuation, rest.size()), rest));
}

TEST(OwnCompression, PassesOverUncompressedMessages) {
    auto own = agreed({.takes_context_over = false});
    EXPECT_FALSE(add(own, hello));
    EXPECT_FALSE(add(own, again, false));
    OwnCompression none;
    EXPECT_FALSE(add(none, hello));
    EXPECT_FALSE(add(none, again));
}

constexpr std::string_view two_messages = R"([
    { "open": { "extension": "permessage-deflate" } },
    { "send": { "text": { "hex": "f248cdc9c90700" }, "rsv1": true } },
    { "send": { "text": { "hex": "f200110000" }, "rsv1": true } },
    { "expect": { "text": "Hello" } } ])";

TEST(OwnCompression, ACaseIsSkippedThatTheAgreementForbids) {
    auto const connect =
        kit::server(kit::behave,
                    "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n");
    auto const result = kit::run(two_messages, connect);
    EXPECT_EQ(result.verdict, Verdict::skipped) << kit::told(result);
    EXPECT_EQ(result.skip_reason, "needs-capability:context-takeover");
}

constexpr std::string_view declined = R"([
    { "open": { "headers": { "Sec-WebSocket-Extensions": "permessage-deflate; unknown" } } },
    { "send": { "ping": "a" } }, { "expect": { "pong": "a" } } ])";

TEST(OpenByHand, WantsTheOfferDeclined) {
    EXPECT_EQ(kit::run(declined, kit::server(kit::behave)).verdict, Verdict::pass);
    auto const accepting =
        kit::server(kit::behave, "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    EXPECT_EQ(kit::run(declined, accepting).skip_reason, "needs-capability:declined-offer");
    auto const refusing = kit::answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(kit::run(declined, refusing).skip_reason, "needs-capability:declined-offer");
}

}  // namespace
}  // namespace wsproof::play
