#include "harness/play/player.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/play/kit.hpp"

namespace wsproof::play {
namespace {

using kit::behave;
using kit::echo;
using kit::FakePeer;
using kit::has_breach;
using kit::run;
using kit::SeenFrame;
using kit::server;
using kit::told;
using kit::until_violation;
using kit::violation;
using testing::ElementsAre;
using testing::HasSubstr;
using wire::Opcode;
using namespace std::chrono_literals;

TEST(Player, PassesWhenTheEchoComes) {
    auto const result = run(echo, server(behave));
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
    EXPECT_EQ(result.ending, Ending::clean);
    EXPECT_EQ(result.close.received, 1000);
    EXPECT_TRUE(result.breaches.empty());
}

TEST(Player, FailsWhenAnotherMessageComes) {
    auto const result = run(echo, server([](FakePeer& peer, SeenFrame const&) {
                                peer.say_frame(Opcode::text, "hello");
                            }));
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_THAT(result.reason, HasSubstr("the server sent text 'hello'"));
    EXPECT_EQ(result.signature, "test/case: text 'hello'");
    EXPECT_EQ(result.decided_at.file, "cases/test/case.jsonc");
}

TEST(Player, IsInconclusiveWhenTheSetUpFails) {
    EXPECT_EQ(
        run(echo, kit::answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")).verdict,
        Verdict::inconclusive);
    EXPECT_EQ(run(echo, kit::answering("", [](FakePeer& peer) { peer.end(); })).verdict,
              Verdict::inconclusive);
    EXPECT_EQ(run(echo, kit::answering("")).verdict, Verdict::inconclusive);
    auto const deaf = run(violation, server([](FakePeer&, SeenFrame const&) {}));
    EXPECT_EQ(deaf.verdict, Verdict::inconclusive) << told(deaf);
}

TEST(Player, SaysWhenNoConnectionCanBeMade) {
    auto const result =
        run(echo, []() -> std::unique_ptr<Peer> { throw Unreachable{"connection refused"}; });
    EXPECT_EQ(result.verdict, Verdict::inconclusive);
    EXPECT_TRUE(result.unreachable);
    EXPECT_EQ(result.reason, "connection refused");
    EXPECT_EQ(result.close.tcp, CloseRecord::Tcp::refused);
}

TEST(Player, IsBrokenWhenTheHarnessStumbles) {
    auto const result =
        run(echo, []() -> std::unique_ptr<Peer> { throw std::runtime_error{"out of order"}; });
    EXPECT_EQ(told(result), "broken: out of order");
}

TEST(Player, SkipsWhenTheExtensionIsDeclined) {
    auto const result =
        run(R"([{"open": {"extension": "permessage-deflate"}}, "alive"])", server(behave));
    EXPECT_EQ(result.verdict, Verdict::skipped);
    EXPECT_EQ(result.skip_reason, "needs-capability:permessage-deflate");
}

TEST(Player, SkipsWhenTheSettingLacksAWord) {
    auto const result = run(
        R"([{"send": {"request": {"headers": {"Origin": "${target.origin}"}}}}, {"expect": "accepted"}])",
        server(behave));
    EXPECT_EQ(result.verdict, Verdict::skipped);
    EXPECT_EQ(result.skip_reason, "config");
}

TEST(Player, SkipsAForeignOriginThatIsTheOwnOneOfTheTarget) {
    constexpr std::string_view steps =
        R"([{"send": {"request": {"headers": {"Origin": "http://localhost:3000"}}}},
            {"expect": {"response": {"status": 403}}}])";
    Setting setting;
    setting.origin = "http://localhost:3000";
    auto const own = run(steps, server(behave), setting);
    EXPECT_EQ(own.verdict, Verdict::skipped);
    EXPECT_EQ(own.skip_reason, "config");
    setting.origin = "http://localhost:8080";
    EXPECT_EQ(run(steps, server(behave), setting).verdict, Verdict::fail);
}

TEST(Player, PrefersTheOutcomeThatFitsExactly) {
    auto const steps = R"(["open", {"send": {"text": "x", "rsv2": true}},
        {"expect": [{"failed": 1002}, {"close": 1000, "grade": "fail", "note": "took it for a farewell"}]}])";
    auto const result = run(steps, server(until_violation([](FakePeer& peer) {
                                peer.say_close(1000);
                                peer.end();
                            })));
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_THAT(result.reason, HasSubstr("took it for a farewell"));
}

TEST(Player, CountsStrictOutcomesAsLenientUnlessAskedToBeStrict) {
    auto const steps =
        R"(["open", {"send": {"text": "a"}}, {"expect": {"text": "a", "grade": "strict", "note": "odd"}}])";
    EXPECT_EQ(run(steps, server(behave)).verdict, Verdict::lenient);
    EXPECT_EQ(run(steps, server(behave), Setting{.strict = true}).verdict, Verdict::fail);
}

TEST(Player, ExpectsWhatTheRuleAsksForAndNamesWhatIsTolerated) {
    auto const steps =
        R"(["open", {"send": {"text": "a"}}, {"expect": [{"text": "b"}, {"text": "c", "grade": "lenient"},
        {"text": "a", "grade": "fail", "note": "came back"}]}])";
    auto const result = run(steps, server(behave));
    EXPECT_EQ(told(result), "fail: expected text 'b'; the server sent text 'a': came back");
    EXPECT_THAT(result.expected, testing::ElementsAre("text 'b'", "text 'c' (lenient)"));
}

TEST(Player, LetsTheLeastGoodStepDecide) {
    auto const steps =
        R"(["open", {"send": {"text": "a"}}, {"expect": {"text": "a", "grade": "lenient", "note": "odd"}}, "alive"])";
    auto const result = run(steps, server(behave));
    EXPECT_EQ(result.verdict, Verdict::lenient);
    EXPECT_THAT(result.notes, testing::ElementsAre("odd"));
}

TEST(Player, TakesMembersOfAllInAnyOrder) {
    auto const steps =
        R"(["open", {"send": [{"text": "a"}, {"ping": "p"}]}, {"expect": {"all": [{"pong": "p"}, {"text": "a"}]}}])";
    EXPECT_EQ(run(steps, server(behave)).verdict, Verdict::pass);
    auto const half = run(steps, server([](FakePeer& peer, SeenFrame const& frame) {
                              if (frame.header.opcode == Opcode::ping) behave(peer, frame);
                          }));
    EXPECT_EQ(half.verdict, Verdict::fail) << told(half);
}

TEST(Player, KeepsWhatComesBeforeAFenceForTheNextExpect) {
    auto const result = run(
        R"(["open", {"send": {"text": "a"}}, "alive", {"expect": {"text": "a"}}])", server(behave));
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
}

TEST(Player, NeverTakesWhatCameBeforeASendForAnAnswerToIt) {
    auto const steps =
        R"(["open", {"send": {"text": "x"}}, "alive", {"send": {"text": "x", "rsv2": true}},
        {"expect": [{"text": "x", "grade": "fail"}, {"failed": 1002}]}])";
    auto const result = run(steps, server(until_violation([](FakePeer& peer) {
                                peer.say_close(1002);
                                peer.end();
                            })));
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
}

TEST(Player, AsksWithAPingOfItsOwnWhenThatOfTheCaseIsAnswered) {
    constexpr std::string_view steps =
        R"(["open", {"send": [{"ping": "one"}, {"ping": "two"}]}, "alive"])";
    auto const before_own_ping = [](Result const& result) {
        std::vector<std::string> words;
        for (auto const& entry : result.transcript.entries) {
            if (entry.kind != EntryKind::frame) continue;
            words.push_back(entry.words);
        }
        auto const own = std::ranges::find_if(words, [](std::string const& word) {
            return word.starts_with("ping") && word != "ping 'one'" && word != "ping 'two'";
        });
        return std::vector<std::string>(words.begin(), own);
    };
    auto const all = run(steps, server(behave));
    EXPECT_EQ(all.verdict, Verdict::pass) << told(all);
    EXPECT_THAT(before_own_ping(all),
                ElementsAre("ping 'one'", "ping 'two'", "pong 'one'", "pong 'two'"));
    auto const latest = run(steps, server([](FakePeer& peer, SeenFrame const& frame) {
                                if (frame.payload != "one") behave(peer, frame);
                            }));
    EXPECT_EQ(latest.verdict, Verdict::pass) << told(latest);
    EXPECT_LT(latest.duration, 1s);
    auto const none = run(steps, server([](FakePeer& peer, SeenFrame const& frame) {
                              if (frame.payload.size() > 3) behave(peer, frame);
                          }));
    EXPECT_EQ(none.verdict, Verdict::pass) << told(none);
    EXPECT_GE(none.duration, 1s);
    EXPECT_EQ(run(steps, server([](FakePeer&, SeenFrame const&) {})).verdict, Verdict::fail);
}

TEST(Player, AnswersPingsAndKeepsThemOutOfSight) {
    auto got = std::make_shared<std::string>();
    auto const result = run(echo, server([got](FakePeer& peer, SeenFrame const& frame) {
                                if (frame.header.opcode == Opcode::pong) *got = frame.payload;
                                if (frame.header.opcode == Opcode::text)
                                    peer.say_frame(Opcode::ping, "are you there?");
                                behave(peer, frame);
                            }));
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
    EXPECT_EQ(*got, "are you there?");
}

TEST(Player, AsksByAnEchoWhereNoPingIsAnswered) {
    auto const silent_on_pings = server([](FakePeer& peer, SeenFrame const& frame) {
        if (frame.header.opcode != Opcode::ping) behave(peer, frame);
    });
    EXPECT_EQ(run(R"(["open", "alive", {"send": {"pong": "x"}}, "alive"])", silent_on_pings,
                  Setting{.answers_pings = false})
                  .verdict,
              Verdict::pass);
    auto const neither =
        run(R"(["open", "alive"])", silent_on_pings,
            Setting{.answers_pings = false, .echoes_text = false, .echoes_binary = false});
    EXPECT_EQ(neither.skip_reason, "needs-echo");
}

TEST(Player, PassesOverMessagesOfATalkativePeer) {
    auto const talkative = server([](FakePeer& peer, SeenFrame const& frame) {
        if (frame.header.opcode == Opcode::text) peer.say_frame(Opcode::text, "news of the day");
        behave(peer, frame);
    });
    EXPECT_EQ(run(echo, talkative).verdict, Verdict::fail);
    auto const result = run(echo, talkative, Setting{.talks_unasked = true});
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
    EXPECT_THAT(result.notes, testing::SizeIs(1));
}

TEST(Player, PassesOverTheLateEchoOfATalkativePeer) {
    auto const late = server([](FakePeer& peer, SeenFrame const& frame) {
        if (frame.header.opcode == Opcode::text) return;
        if (frame.header.opcode == Opcode::binary) peer.say_frame(Opcode::text, "legal");
        if (frame.header.opcode == Opcode::binary) peer.say_close(1002), peer.end();
        behave(peer, frame);
    });
    auto const with_fence = R"([ "open", { "send": { "text": "legal" } }, "alive",
                                 { "send": { "binary": "wrong" } }, { "expect": { "failed": 1002 } } ])";
    auto const without = R"([ "open", { "send": [{ "text": "legal" }, { "binary": "wrong" }] },
                              { "expect": { "failed": 1002 } } ])";
    Setting const talks{.echoes_text = false, .echoes_binary = false, .talks_unasked = true};
    EXPECT_EQ(run(with_fence, late, talks).verdict, Verdict::pass);
    EXPECT_EQ(run(without, late, talks).verdict, Verdict::fail);
}

TEST(Player, PassesOverAFarewellBeforeTheCloseOfThePeer) {
    auto const farewell = [](bool before) {
        return server([before](FakePeer& peer, SeenFrame const& frame) {
            if (frame.header.opcode != wire::Opcode::close) return;
            if (before) peer.say_frame(wire::Opcode::text, "good bye");
            peer.say_close(1000);
            if (!before) peer.say_frame(wire::Opcode::text, "good bye");
            peer.end();
        });
    };
    auto const closing = R"([ "open", { "send": { "close": 1000 } },
                              { "expect": { "close": 1000 } }, { "expect": "closed" } ])";
    EXPECT_EQ(run(closing, farewell(true)).verdict, Verdict::pass);
    EXPECT_EQ(run(closing, farewell(false)).verdict, Verdict::fail);
}

TEST(Player, RecordsTheBreachOfAnotherRuleWithoutJudgingByIt) {
    auto const masks = server([](FakePeer& peer, SeenFrame const& frame) {
        if (frame.header.opcode != Opcode::text) return behave(peer, frame);
        auto const header = wire::header_for(Opcode::text, 5, wire::MaskingKey{std::byte{1}});
        peer.say(wire::encode_frame(header, wire::as_bytes("Hello")));
    });
    auto const result = run(echo, masks);
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
    EXPECT_TRUE(has_breach(result, "6455/5.1/server-never-masks"));
    auto const own = run(echo, masks, {}, "6455/5.1/server-never-masks");
    EXPECT_EQ(own.verdict, Verdict::fail);
    EXPECT_EQ(own.reason, "the server masked a text frame");
}

TEST(Player, TakesADropInsteadOfAResponseForLenient) {
    auto const drops = kit::answering("", [](FakePeer& peer) { peer.end(); });
    auto const refused =
        run(R"([{"send": {"request": {"method": "POST"}}}, {"expect": "refused"}])", drops);
    EXPECT_EQ(refused.verdict, Verdict::lenient) << told(refused);
    auto const listed = run(
        R"([{"send": {"request": {"method": "POST"}}}, {"expect": ["refused", "closed"]}])", drops);
    EXPECT_EQ(listed.verdict, Verdict::pass) << told(listed);
}

TEST(Player, AsksNobodyWhoRefusedWhetherHeIsAlive) {
    constexpr std::string_view steps =
        R"([{"send": {"request": {}}}, {"expect": ["accepted", {"refused": {}, "grade": "lenient"}]}, "alive"])";
    auto const refused =
        run(steps, kit::answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
    EXPECT_EQ(refused.verdict, Verdict::lenient) << told(refused);
    auto const dropped = run(steps, kit::answering("", [](FakePeer& peer) { peer.end(); }));
    EXPECT_EQ(dropped.verdict, Verdict::lenient) << told(dropped);
    auto const deaf = run(steps, server([](FakePeer&, SeenFrame const&) {}));
    EXPECT_EQ(deaf.verdict, Verdict::fail) << told(deaf);
    constexpr std::string_view unasked = R"([{"send": {"request": {}}}, "alive"])";
    EXPECT_EQ(run(unasked, kit::answering("HTTP/1.1 400 Bad Request\r\n\r\n")).verdict,
              Verdict::fail);
}

TEST(Player, PassesOverInterimResponses) {
    auto const result =
        run(R"([{"send": {"request": {}}}, {"expect": "accepted"}])",
            kit::answering(
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 101 Switching Protocols\r\nUpgrade: "
                "websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n"));
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
}

TEST(Player, NamesTheWrongAcceptValue) {
    auto const result = run(
        R"([{"send": {"request": {}}}, {"expect": "accepted"}])",
        kit::answering("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
                       "Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_THAT(result.reason, HasSubstr("a fixed value"));
    EXPECT_TRUE(has_breach(result, "6455/4.2.2/accept-value"));
}

TEST(Player, HoldsNoFramesAgainstAnotherProtocol) {
    auto const switching_to = [](std::string const& protocol) {
        return run(R"([{"send": {"request": {}}}, {"expect": "accepted"}])",
                   kit::answering("HTTP/1.1 101 Switching Protocols\r\nUpgrade: " + protocol +
                                  "\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                                  "${accept}\r\n\r\n\xf3\x01x"));
    };
    auto const* const reserved = "6455/5.2/defined-opcodes-only";
    EXPECT_EQ(switching_to("h2c").verdict, Verdict::fail);
    EXPECT_FALSE(has_breach(switching_to("h2c"), reserved));
    EXPECT_TRUE(has_breach(switching_to("websocket"), reserved));
}

TEST(Player, SpeaksOnSeveralConnections) {
    auto const result = run(
        R"(["open", {"open": {}, "on": 1}, {"send": {"close": 1000}}, {"expect": {"close": 1000}}, {"expect": "closed"}, {"alive": {}, "on": 1}])",
        server(behave));
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
}

TEST(Player, PlaysTheServerForClients) {
    auto const client = [] {
        auto peer = std::make_unique<FakePeer>();
        peer->say(
            "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: "
            "Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: "
            "13\r\n\r\n");
        peer->on_bytes = [](FakePeer& self) {
            if (self.got.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") == std::string::npos ||
                self.writes.size() != 2)
                return;
            auto const header = wire::header_for(Opcode::text, 2, wire::MaskingKey{std::byte{7}});
            self.say(wire::encode_frame(header, wire::as_bytes("hi")));
        };
        return peer;
    };
    auto const result = run(R"(["open", {"send": {"text": "hi"}}, {"expect": {"text": "hi"}}])",
                            client, Setting{.target_role = wire::Role::client});
    EXPECT_EQ(result.verdict, Verdict::pass) << told(result);
    EXPECT_TRUE(result.breaches.empty());
}

TEST(Player, SendsTheSameBytesWheneverItPlaysAVariant) {
    std::vector<std::string> heard;
    for (auto i = 0; i < 2; ++i) {
        auto all = std::make_shared<std::string>();
        run(echo, server([all](FakePeer& peer, SeenFrame const& frame) {
                *all += wire::to_hex(*frame.header.masking_key) + frame.payload;
                behave(peer, frame);
            }));
        heard.push_back(*all);
    }
    EXPECT_EQ(heard[0], heard[1]);
    EXPECT_NE(case_seed(1, "a"), case_seed(1, "b"));
    EXPECT_NE(case_seed(1, "a"), case_seed(2, "a"));
}

TEST(Player, CutsByDeliveryAndSendsTheSameBytes) {
    auto const bytes_in = [](Delivery delivery, std::string_view steps) {
        auto peer = std::make_shared<FakePeer*>();
        auto writes = std::make_shared<std::vector<std::size_t>>();
        run(
            steps,
            [writes] {
                auto fake = std::make_unique<FakePeer>();
                fake->on_bytes = [writes](FakePeer& self) { *writes = self.writes; };
                return fake;
            },
            Setting{.delivery = delivery});
        return *writes;
    };
    constexpr std::string_view steps =
        R"([{"send": [{"bytes": "abc"}, {"bytes": "def"}]}, {"send": {"bytes": "gh"}}, {"expect": "closed"}])";
    EXPECT_THAT(bytes_in(Delivery::whole, steps), testing::ElementsAre(6, 2));
    EXPECT_THAT(bytes_in(Delivery::coalesced, steps), testing::ElementsAre(8));
    EXPECT_THAT(bytes_in(Delivery::bytewise, steps), testing::ElementsAre(1, 1, 1, 1, 1, 1, 1, 1));
    EXPECT_THAT(bytes_in(Delivery::bytewise,
                         R"([{"send": {"bytes": "abcdefg"}, "chop": 3}, {"expect": "closed"}])"),
                testing::ElementsAre(3, 3, 1));
}

}  // namespace
}  // namespace wsproof::play
