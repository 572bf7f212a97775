// Whatever a peer sends: no crash, no hang, bounded memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/play/player.hpp"
#include "reference_impl/wire/deflate.hpp"
#include "tests/play/kit.hpp"

namespace wsproof::play {
namespace {

using kit::behave;
using kit::echo;
using kit::FakePeer;
using kit::run;
using kit::SeenFrame;
using kit::server;
using kit::told;
using testing::HasSubstr;
using wire::Opcode;

/// Sends the same piece again and again, and time stands still.
class Flood : public FakePeer {
public:
    explicit Flood(wire::Bytes piece) : piece_(std::move(piece)) {}
    Received receive(Deadline deadline) override {
        auto received = FakePeer::receive(deadline);
        if (received.kind != Received::Kind::timeout) return received;
        return {Received::Kind::bytes, piece_};
    }

private:
    wire::Bytes piece_;
};

Connect flood(wire::Bytes const& piece) {
    return [piece] {
        auto const opened = server(behave)();
        auto peer = std::make_unique<Flood>(piece);
        peer->on_bytes = static_cast<FakePeer&>(*opened).on_bytes;
        return peer;
    };
}

wire::Bytes pings(std::size_t count) {
    wire::Bytes bytes;
    for (std::size_t i = 0; i < count; ++i) wire::append(bytes, *wire::from_hex("8900"));
    return bytes;
}

TEST(HostilePeer, CannotFloodWithFrames) {
    auto const result = run(R"(["open", {"send": {"pong": "x"}}, {"expect": {"text": "never"}}])",
                            flood(pings(1000)));
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_THAT(result.reason, HasSubstr("flood"));
    EXPECT_LT(result.transcript.entries.size(), 10'000U);
}

TEST(HostilePeer, CannotFloodWithBytes) {
    auto const result = run(R"(["open", {"send": {"pong": "x"}}, {"expect": {"text": "never"}}])",
                            flood(wire::Bytes(1U << 20U, std::byte{0})));
    EXPECT_EQ(result.verdict, Verdict::fail) << told(result);
    EXPECT_FALSE(result.transcript.complete);
}

TEST(HostilePeer, CannotHoldTheCaseWithEmptyPieces) {
    auto const result =
        run(R"(["open", {"send": {"pong": "x"}}, {"expect": {"text": "never"}}])", flood({}));
    EXPECT_EQ(result.verdict, Verdict::fail) << told(result);
}

TEST(HostilePeer, CannotFloodBehindItsClose) {
    auto const result =
        run(R"(["open", {"send": {"text": "x", "rsv2": true}}, {"expect": {"failed": 1002}}])",
            flood(*wire::from_hex("880203ea8900")));
    EXPECT_EQ(result.verdict, Verdict::fail) << told(result);
}

TEST(HostilePeer, CannotMakeUsReadAHugeFrame) {
    auto const result = run(echo, server([](FakePeer& peer, SeenFrame const&) {
                                peer.say(*wire::from_hex("827f7fffffffffffffff"));
                            }));
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_THAT(result.reason, HasSubstr("declares 9,223,372,036,854,775,807 bytes"));
}

TEST(HostilePeer, CannotSendAHeadWithoutEnd) {
    auto const result = run(echo, kit::answering("HTTP/1.1 101 Switching Protocols\r\nX: " +
                                                 std::string(200'000, 'a')));
    EXPECT_EQ(result.verdict, Verdict::inconclusive);
    EXPECT_THAT(result.reason, HasSubstr("an HTTP head of more than 65,536 bytes"));
}

TEST(HostilePeer, CannotHideBehindSomethingThatIsNoHttp) {
    auto const result = run(R"([{"send": {"request": {}}}, {"expect": "accepted"}])",
                            kit::answering("\x15\x03\x01\x02\x02"));
    EXPECT_EQ(result.verdict, Verdict::fail) << told(result);
    EXPECT_TRUE(kit::has_breach(result, "9112/2/response-syntax"));
}

TEST(HostilePeer, CannotInflateWithoutBound) {
    // 40 MiB of zeros, compressed, in one frame.
    wire::Deflater deflater;
    auto const bomb = deflater.compress(wire::Bytes(40U << 20U, std::byte{0}));
    auto const bombs = server(
        [bomb](FakePeer& peer, SeenFrame const&) {
            auto header = wire::header_for(Opcode::binary, bomb.size());
            header.rsv1 = true;
            peer.say(wire::encode_frame(header, bomb));
        },
        "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    auto const result = run(
        R"([{"open": {"extension": "permessage-deflate"}}, {"send": {"text": "x"}}, {"expect": {"text": "x"}}])",
        bombs);
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_THAT(result.reason, HasSubstr("cannot be read"));
    EXPECT_FALSE(kit::has_breach(result, "7692/7.2.1/payload-inflates"));
}

TEST(HostilePeer, CannotForgeLinesOfTheReport) {
    auto const result = run(echo, server([](FakePeer& peer, SeenFrame const&) {
                                peer.say_frame(Opcode::text, "\x1b[2J\r\nPASS \xe2\x80\xae \xff");
                            }));
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_EQ(result.reason.find_first_of("\x1b\r\n"), std::string::npos);
    EXPECT_EQ(result.reason.find("\xe2\x80\xae"), std::string::npos);
}

TEST(HostilePeer, LeavesABoundedTranscript) {
    Setting const setting{.transcript_bound = 10'000, .entry_bound = 100};
    auto const big =
        R"(["open", {"send": {"binary": {"times": [50000, "a"]}}}, {"expect": {"binary": {"times": [50000, "a"]}}}])";
    auto const result = run(big, server(behave), setting);
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
    EXPECT_FALSE(result.transcript.complete);
    EXPECT_TRUE(result.transcript.arrivals.empty());
    for (auto const& entry : result.transcript.entries) {
        EXPECT_LE(entry.bytes.size(), 100U);
        if (entry.bytes.size() == 100U && entry.frame) {
            EXPECT_GT(entry.omitted, 49'000U);
        }
    }
}

}  // namespace
}  // namespace wsproof::play
