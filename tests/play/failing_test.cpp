// How the player sees that a peer fails the connection (RFC 6455 7.1.7), or does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/play/kit.hpp"

namespace wsproof::play {
namespace {

using kit::behave;
using kit::FakePeer;
using kit::has_breach;
using kit::ignore_violation;
using kit::run;
using kit::SeenFrame;
using kit::server;
using kit::told;
using kit::until_violation;
using kit::violation;
using testing::HasSubstr;
using namespace std::chrono_literals;

TEST(Player, TakesTheAskedCloseAndTheEndForFailing) {
    auto const result = run(violation, server(until_violation([](FakePeer& peer) {
                                peer.say_close(1002);
                                peer.end();
                            })));
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
    EXPECT_EQ(result.ending, Ending::clean);
}

TEST(Player, TakesAnotherCodeForLenient) {
    auto const result = run(violation, server(until_violation([](FakePeer& peer) {
                                peer.say_close(1000);
                                peer.end();
                            })));
    EXPECT_EQ(result.verdict, Verdict::lenient) << told(result);
    EXPECT_EQ(result.ending, Ending::wrong_code);
}

TEST(Player, NeverTakesAnUnsendableCodeForFailing) {
    auto const result = run(violation, server(until_violation([](FakePeer& peer) {
                                peer.say_close(1006);
                                peer.end();
                            })));
    EXPECT_EQ(result.verdict, Verdict::fail) << told(result);
    EXPECT_TRUE(has_breach(result, "6455/7.4.1/reserved-codes-not-sent"));
}

TEST(Player, TakesDroppedTcpForLenientUnlessTheCaseListsClosed) {
    auto const drop = [](Received::Kind how) {
        return server(until_violation([how](FakePeer& peer) { peer.end(how); }));
    };
    auto const fin = run(violation, drop(Received::Kind::eof));
    EXPECT_EQ(fin.verdict, Verdict::lenient) << told(fin);
    EXPECT_EQ(fin.ending, Ending::drop);
    auto const rst = run(violation, drop(Received::Kind::reset));
    EXPECT_EQ(rst.verdict, Verdict::lenient) << told(rst);
    EXPECT_EQ(rst.ending, Ending::reset);
    auto const listed = run(
        R"(["open", {"send": {"text": "x", "rsv2": true}}, {"expect": [{"failed": 1002}, "closed"]}])",
        drop(Received::Kind::eof));
    EXPECT_EQ(listed.verdict, Verdict::pass) << told(listed);
}

TEST(Player, FailsWhenTcpIsKeptOpenBehindTheClose) {
    auto const result =
        run(violation, server(until_violation([](FakePeer& peer) { peer.say_close(1002); })));
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_THAT(result.reason, HasSubstr("sent Close 1002 but kept TCP open"));
    EXPECT_EQ(result.ending, Ending::timeout);
}

TEST(Player, TakesALateEndOfTcpForLenient) {
    auto const result = run(violation, server(until_violation([](FakePeer& peer) {
                                peer.say_close(1002);
                                peer.pause(1500ms);
                                peer.end();
                            })));
    EXPECT_EQ(result.verdict, Verdict::lenient) << told(result);
    EXPECT_THAT(result.notes,
                testing::Contains("kept TCP open for 1,500 ms after the Close frames"));
}

TEST(Player, LearnsByAFenceThatThePeerWentOn) {
    auto const result = run(violation, server(ignore_violation));
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_THAT(result.reason, HasSubstr("went on as if nothing had happened"));
    EXPECT_LT(result.duration, 2s);
}

TEST(Player, FailsWhenThePingBehindTheViolationIsAnswered) {
    auto const result = run(
        R"(["open", {"send": [{"text": "x", "rsv2": true}, {"ping": "behind"}]}, {"expect": {"failed": 1002}}])",
        server(ignore_violation));
    EXPECT_THAT(told(result), HasSubstr("fail: "));
    EXPECT_THAT(result.reason, HasSubstr("sent pong 'behind'"));
    EXPECT_LT(result.duration, 1s);
}

TEST(Player, PassesOverThePongOfAPingBeforeTheViolation) {
    auto const result = run(
        R"(["open", {"send": [{"ping": "before"}, {"text": "x", "rsv2": true}]}, {"expect": {"failed": 1002}}])",
        server(until_violation([](FakePeer& peer) {
            peer.say_close(1002);
            peer.end();
        })));
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
}

TEST(Player, FailsAHangingPeerWithinTheTimeOfTheStep) {
    auto alive = std::make_shared<int>(0);
    auto const result = run(violation, server([alive](FakePeer& peer, SeenFrame const& frame) {
                                if ((*alive)++ == 0) behave(peer, frame);
                            }));
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_THAT(result.reason, HasSubstr("did not react within 2,000 ms"));
    EXPECT_LE(result.duration, 2s);
}

}  // namespace
}  // namespace wsproof::play
