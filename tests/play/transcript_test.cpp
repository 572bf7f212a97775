// Observation and judgement are apart: what was recorded can be judged again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/play/endpoint_peer.hpp"
#include "harness/play/recorded_peer.hpp"
#include "tests/play/kit.hpp"

namespace wsproof::play {
namespace {

using kit::behave;
using kit::FakePeer;
using kit::SeenFrame;
using kit::server;
using kit::told;
using wire::Opcode;
using namespace std::chrono_literals;

void judges_the_same_again(std::string_view steps, Connect const& connect) {
    auto const first = kit::run(steps, connect);
    ASSERT_TRUE(first.transcript.complete);
    auto const again = kit::run(steps, replaying(first.transcript));
    EXPECT_EQ(told(again), told(first));
    EXPECT_EQ(again.ending, first.ending);
    EXPECT_EQ(again.breaches.size(), first.breaches.size());
}

TEST(Transcript, IsJudgedTheSameAgain) {
    judges_the_same_again(kit::echo, server(behave));
    judges_the_same_again(kit::echo,
                          kit::answering("HTTP/1.1 503 No\r\n\r\nbody",
                                         [](FakePeer& peer) { peer.end(Received::Kind::reset); }));
    judges_the_same_again(kit::violation, server([](FakePeer& peer, SeenFrame const& frame) {
                              if (!frame.header.rsv2) return behave(peer, frame);
                              peer.say_close(1002);
                              peer.pause(1700ms);
                              peer.end();
                          }));
    judges_the_same_again(kit::violation, server([](FakePeer& peer, SeenFrame const& frame) {
                              if (!frame.header.rsv2) behave(peer, frame);
                          }));
    judges_the_same_again(
        R"(["open", {"open": {}, "on": 1}, {"send": {"text": "a"}, "on": 1}, {"expect": {"text": "a"}, "on": 1}])",
        server(behave));
    judges_the_same_again(kit::echo,
                          []() -> std::unique_ptr<Peer> { throw Unreachable{"refused"}; });
}

TEST(Transcript, TellsTheStoryInWords) {
    auto const result = kit::run(kit::violation, to_reference(wire::Role::server));
    std::vector<std::string> words;
    for (auto const& entry : result.transcript.entries) words.push_back(entry.words);
    using testing::StartsWith;
    EXPECT_THAT(words, testing::ElementsAre(StartsWith("GET / HTTP/1.1"), "101 Switching Protocols",
                                            StartsWith("ping '"), StartsWith("pong '"),
                                            "text 'x' (RSV2)", StartsWith("Close 1002"),
                                            "Close 1002", "FIN", StartsWith("pass: ")));
    EXPECT_EQ(result.transcript.entries[4].flag, Flag::trigger);
    EXPECT_EQ(result.transcript.entries[5].close_code, 1002);
}

/// The words of what the verdict is about.
std::vector<std::string> triggers(std::string_view steps) {
    std::vector<std::string> words;
    for (auto const& entry : kit::run(steps, server(behave)).transcript.entries)
        if (entry.flag == Flag::trigger) words.push_back(entry.words);
    return words;
}

TEST(Transcript, FlagsWhatWasSentSinceTheLastAnswerThatWasRight) {
    EXPECT_THAT(triggers(R"(["open", {"send": {"text": "a"}}, {"expect": {"text": "a"}}, "alive",
                             {"send": {"text": "b", "fin": false}}, {"wait": 1},
                             {"send": {"continuation": "c"}}, {"expect": {"text": "x"}}])"),
                testing::ElementsAre("text 'b' (FIN 0)", "continuation 'c'"));
    EXPECT_THAT(triggers(R"(["open", {"send": {"text": "a"}},
                             {"expect": {"text": "a", "grade": "lenient", "note": "odd"}},
                             {"send": {"text": "b"}}, {"expect": {"text": "b"}}])"),
                testing::ElementsAre("text 'a'"));
}

TEST(Transcript, FlagsTheFrameThatBreaksAStandingRule) {
    auto const result = kit::run(kit::echo, server([](FakePeer& peer, SeenFrame const& frame) {
                                     if (frame.header.opcode == Opcode::text)
                                         peer.say(*wire::from_hex("817e000548656c6c6f"));
                                     if (frame.header.opcode != Opcode::text) behave(peer, frame);
                                 }));
    EXPECT_TRUE(kit::has_breach(result, "6455/5.2/minimal-length"));
    auto const flagged =
        std::ranges::count(result.transcript.entries, Flag::violation, &Entry::flag);
    EXPECT_EQ(flagged, 1);
}

TEST(EndpointPeer, LetsTimePassOnlyByWaiting) {
    auto const peer = to_reference(wire::Role::server)();
    auto const start = peer->now();
    EXPECT_EQ(peer->receive(start + 3s).kind, Received::Kind::timeout);
    EXPECT_EQ(peer->now(), start + 3s);
    peer->sleep(1s);
    EXPECT_EQ(peer->now(), start + 4s);
}

TEST(EndpointPeer, SpeaksFirstAsAClientAndEndsWithTheTransport) {
    auto const peer = to_reference(wire::Role::client)();
    auto const first = peer->receive(peer->now());
    EXPECT_EQ(first.kind, Received::Kind::bytes);
    EXPECT_TRUE(wire::to_text(first.data).starts_with("GET "));
    peer->half_close();
    EXPECT_EQ(peer->receive(peer->now()).kind, Received::Kind::eof);
}

}  // namespace
}  // namespace wsproof::play
