// The verb `exchange` and messages in fragments.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/play/recorded_peer.hpp"
#include "harness/script/data_sets.hpp"
#include "reference_impl/wire/deflate.hpp"
#include "tests/play/kit.hpp"

namespace wsproof::play {
namespace {

using kit::behave;
using kit::FakePeer;
using kit::run;
using kit::SeenFrame;
using kit::server;
using kit::told;
using testing::HasSubstr;
using wire::Opcode;
using namespace std::chrono_literals;

constexpr std::string_view thousand =
    R"(["open", {"exchange": {"text": {"data": "json", "length": 1024}, "times": 1000}}])";
constexpr std::string_view packed =
    R"(["open", {"exchange": {"binary": {"data": "bitmap", "length": 4096}, "times": 1000,
                               "compressed": true, "fragments": 64}}])";
constexpr char const* deflate = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

Setting with(Depth depth) {
    Setting setting;
    setting.depth = depth;
    return setting;
}

/// Behaves, and counts the messages; the `odd` one is answered by `instead`.
struct Counting {
    std::shared_ptr<std::size_t> messages = std::make_shared<std::size_t>(0);

    kit::React react(std::size_t odd = 0, std::function<void(FakePeer&)> instead = {}) const {
        return [count = messages, odd, instead](FakePeer& peer, SeenFrame const& frame) {
            if (frame.header.opcode == Opcode::text && ++*count == odd) return instead(peer);
            behave(peer, frame);
        };
    }
};

TEST(Exchange, SendsAsManyAsTheDepthAsksFor) {
    for (auto const& [depth, messages] :
         {std::pair{Depth::brief, 41U}, std::pair{Depth::normal, 128U},
          std::pair{Depth::full, 1000U}}) {
        Counting const counting;
        auto const result = run(thousand, server(counting.react()), with(depth));
        EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
        EXPECT_EQ(*counting.messages, messages);
    }
}

TEST(Exchange, SendsAtLeastFourAndNeverMoreThanTimes) {
    Counting const small;
    run(R"(["open", {"exchange": {"text": "", "times": 1000}}])", server(small.react()));
    EXPECT_EQ(*small.messages, 256U);
    Counting const big;
    run(R"(["open", {"exchange": {"text": {"times": [65536, "a"]}, "times": 1000}}])",
        server(big.react()));
    EXPECT_EQ(*big.messages, 4U);
    Counting const few;
    auto const result =
        run(R"(["open", {"exchange": {"text": "", "times": 3}}])", server(few.react()));
    EXPECT_EQ(*few.messages, 3U);
    EXPECT_EQ(result.reason, "every one of 3 messages came back as it was sent");
}

TEST(Exchange, SaysWhichMessageWentWrong) {
    auto const wrong = run(
        thousand,
        server(Counting{}.react(7, [](FakePeer& peer) { peer.say_frame(Opcode::text, "other"); })));
    EXPECT_EQ(wrong.verdict, Verdict::fail);
    EXPECT_THAT(wrong.reason, HasSubstr("message 7 of 1,000: expected text"));
    auto const lost = run(thousand, server(Counting{}.react(2, [](FakePeer&) {})));
    EXPECT_EQ(lost.verdict, Verdict::fail);
    EXPECT_THAT(lost.reason, HasSubstr("message 2 of 1,000"));
    EXPECT_THAT(lost.reason, HasSubstr("did not react within 2,000 ms"));
    auto const other_type =
        run(thousand, server(Counting{}.react(1, [](FakePeer& peer) {
                peer.say_frame(Opcode::binary,
                               wire::to_text(script::slice({script::DataKind::json, 1024}, 0)));
            })));
    EXPECT_EQ(other_type.verdict, Verdict::fail) << told(other_type);
}

TEST(Exchange, FailsWhoDropsALegalMessage) {
    for (auto const how : {Received::Kind::eof, Received::Kind::reset}) {
        auto const result =
            run(thousand, server(Counting{}.react(3, [how](FakePeer& peer) { peer.end(how); })));
        EXPECT_EQ(result.verdict, Verdict::fail) << told(result);
    }
}

TEST(Exchange, TellsTheFirstMessagesAndTheOneThatWentWrong) {
    auto const result =
        run(thousand,
            server(Counting{}.react(900,
                                    [](FakePeer& peer) { peer.say_frame(Opcode::text, "other"); })),
            with(Depth::full));
    std::vector<std::string> words;
    for (auto const& entry : result.transcript.entries) words.push_back(entry.words);
    ASSERT_LT(words.size(), 20U);
    EXPECT_THAT(words, testing::Contains("897 more messages and their echoes"));
    EXPECT_THAT(words, testing::Contains(HasSubstr("other")));
}

TEST(Exchange, GivesItsVerdictAgainWhenReplayed) {
    for (std::size_t const odd : {0U, 5U}) {
        auto const told_once = run(thousand, server(Counting{}.react(odd, [](FakePeer& peer) {
                                       peer.say_frame(Opcode::text, "other");
                                   })));
        ASSERT_TRUE(told_once.transcript.complete);
        EXPECT_EQ(told(run(thousand, replaying(told_once.transcript))), told(told_once));
    }
}

TEST(Exchange, NotesALimitOfTheSize) {
    auto const closing = [](std::uint16_t code) {
        return Counting{}.react(1, [code](FakePeer& peer) { peer.say_close(code); });
    };
    EXPECT_EQ(run(thousand, server(closing(1009))).verdict, Verdict::note);
    EXPECT_EQ(run(thousand, server(closing(1008))).verdict, Verdict::lenient);
    EXPECT_EQ(run(thousand, server(closing(1002))).verdict, Verdict::fail);
}

TEST(Exchange, PassesOverPingsAndWaitsOn) {
    auto const result = run(thousand, server([](FakePeer& peer, SeenFrame const& frame) {
                                if (frame.header.opcode == Opcode::text) {
                                    peer.say_frame(Opcode::pong, "unasked");
                                    peer.say_frame(Opcode::ping, "are you there");
                                }
                                behave(peer, frame);
                            }));
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
}

TEST(Exchange, TakesNoHarmFromASlowPeerThatIsSteady) {
    auto const slow = server([](FakePeer& peer, SeenFrame const& frame) {
        peer.pause(200ms);
        behave(peer, frame);
    });
    auto const result = run(thousand, slow, with(Depth::full));
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
    EXPECT_GT(result.duration, 200s);
}

TEST(Exchange, EndsWithTheTimeOfTheStepNotWithThatOfTheCase) {
    auto const result = run(thousand, server(Counting{}.react(100, [](FakePeer&) {})));
    EXPECT_LT(result.duration, 4s);
}

TEST(Exchange, CompressesEachMessageByItselfAndCutsThePayload) {
    std::vector<SeenFrame> frames;
    auto const peer = server(
        [&](FakePeer& self, SeenFrame const& frame) {
            if (wire::is_control(frame.header.opcode)) return behave(self, frame);
            frames.push_back(frame);
            if (!frame.header.fin) return;
            std::string whole;
            for (auto const& part : frames) {
                EXPECT_EQ(part.header.rsv1, &part == &frames.front());
                EXPECT_EQ(part.header.opcode,
                          &part == &frames.front() ? Opcode::binary : Opcode::continuation);
                EXPECT_TRUE(part.header.fin || part.payload.size() == 64);
                whole += part.payload;
            }
            frames.clear();
            wire::Bytes out;
            wire::Inflater fresh;
            EXPECT_EQ(fresh.feed(wire::as_bytes(whole), out, 1U << 20U), wire::InflateStatus::ok);
            EXPECT_EQ(fresh.finish(out, 1U << 20U), wire::InflateStatus::ok);
            self.say_frame(Opcode::binary, wire::to_text(out));
        },
        deflate);
    // The response accepts what `open` offers.
    std::string steps(packed);
    steps.replace(steps.find("\"open\""), 6, R"({"open": {"extension": "permessage-deflate"}})");
    auto const result = run(steps, peer);
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
    EXPECT_EQ(run(packed, server(behave)).skip_reason, "needs-capability:permessage-deflate");
}

TEST(Fragments, AreOfOneSizeWithAShorterOrEmptyLast) {
    auto const sizes_of = [](std::string const& payload) {
        std::vector<std::size_t> sizes;
        run(R"(["open", {"send": {"text": ")" + payload + R"(", "fragments": 2}}, "alive"])",
            server([&](FakePeer& peer, SeenFrame const& frame) {
                if (wire::is_control(frame.header.opcode)) return behave(peer, frame);
                EXPECT_EQ(frame.header.opcode, sizes.empty() ? Opcode::text : Opcode::continuation);
                sizes.push_back(frame.payload.size());
                if (frame.header.fin) sizes.push_back(100);
            }));
        return sizes;
    };
    using testing::ElementsAre;
    EXPECT_THAT(sizes_of("abcde"), ElementsAre(2, 2, 1, 100));
    EXPECT_THAT(sizes_of("abcd"), ElementsAre(2, 2, 0, 100));
    EXPECT_THAT(sizes_of("ab"), ElementsAre(2, 100));
    EXPECT_THAT(sizes_of(""), ElementsAre(0, 100));
}

}  // namespace
}  // namespace wsproof::play
