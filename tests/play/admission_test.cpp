// How the player sees what becomes of an opening handshake: let in, refused, or let in and closed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/play/kit.hpp"

namespace wsproof::play {
namespace {

using kit::answering;
using kit::FakePeer;
using kit::run;
using kit::server;
using kit::told;
using testing::HasSubstr;

constexpr std::string_view turned_away =
    R"([{"send": {"request": {"headers": {"Origin": "https://evil.example"}}}},
        {"expect": [{"response": {"status": 403}},
                    {"refused": {}, "grade": "lenient", "note": "not with 403"},
                    {"closed-at-once": {}, "grade": "lenient", "note": "only after the 101"}]}])";

constexpr std::string_view opening =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: ${accept}\r\n\r\n";

constexpr std::string_view origin_rule = "6455/10.2/verify-origin";

Result judged(Connect const& connect, Setting const& setting = {}) {
    return run(turned_away, connect, setting, origin_rule);
}

TEST(Admission, LetInIsWhoeverGetsAPong) {
    auto const result = judged(server(kit::behave));
    EXPECT_EQ(result.verdict, Verdict::fail) << told(result);
    EXPECT_EQ(result.admission, Admission::let_in);
    EXPECT_EQ(result.status, 101U);
}

TEST(Admission, LetInIsWhoeverIsGreetedAndGetsAPong) {
    auto greeted = false;
    auto const result = judged(server([&](FakePeer& peer, kit::SeenFrame const& frame) {
        if (!std::exchange(greeted, true)) peer.say_frame(wire::Opcode::text, "welcome");
        kit::behave(peer, frame);
    }));
    EXPECT_EQ(result.admission, Admission::let_in) << told(result);
}

TEST(Admission, ClosedAtOnceIsWhoeverGetsA101AndAClose) {
    auto const result = judged(answering(std::string{opening}, [](FakePeer& peer) {
        peer.say_frame(wire::Opcode::text, "who are you?");
        peer.say_close(1008);
        peer.end();
    }));
    EXPECT_EQ(result.verdict, Verdict::lenient) << told(result);
    EXPECT_EQ(result.admission, Admission::closed_at_once);
    EXPECT_THAT(result.reason, HasSubstr("only after the 101"));
    EXPECT_THAT(result.reason, HasSubstr("Close 1008"));
}

TEST(Admission, ClosedAtOnceIsWhoeverGetsA101AndTheEndOfTcp) {
    auto const result = judged(answering(std::string{opening}, [](FakePeer& peer) { peer.end(); }));
    EXPECT_EQ(result.verdict, Verdict::lenient) << told(result);
    EXPECT_EQ(result.admission, Admission::closed_at_once);
}

TEST(Admission, SilenceBehindA101IsLettingIn) {
    for (auto const answers_pings : {true, false}) {
        Setting setting;
        setting.answers_pings = answers_pings;
        auto const result = judged(server([](FakePeer&, kit::SeenFrame const&) {}), setting);
        EXPECT_EQ(result.verdict, Verdict::fail) << told(result);
        EXPECT_EQ(result.admission, Admission::let_in);
    }
}

TEST(Admission, RefusedAndDroppedAreToldApart) {
    auto const refused = judged(answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
    EXPECT_EQ(refused.verdict, Verdict::pass) << told(refused);
    EXPECT_EQ(refused.admission, Admission::refused);
    EXPECT_EQ(refused.status, 403U);
    auto const dropped = judged(answering("", [](FakePeer& peer) { peer.end(); }));
    EXPECT_EQ(dropped.verdict, Verdict::lenient) << told(dropped);
    EXPECT_EQ(dropped.admission, Admission::dropped);
    EXPECT_EQ(dropped.status, std::nullopt);
}

}  // namespace
}  // namespace wsproof::play
