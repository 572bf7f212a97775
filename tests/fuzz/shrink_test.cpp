#include "fuzz/shrink.hpp"

#include <gtest/gtest.h>

#include "sessions.hpp"

namespace wsproof::fuzz {
namespace {

using wire::Opcode;

bool has_ping_with_x(Session const& session) {
    for (auto const& write : session.writes)
        for (auto const& output : write.outputs)
            if (auto const* const frame = std::get_if<script::FrameOutput>(&output))
                if (frame->opcode == Opcode::ping &&
                    wire::to_text(script::evaluate(frame->payload, 0)).find('x') !=
                        std::string::npos)
                    return true;
    return false;
}

TEST(Shrink, LeavesTheOneFrameAndTheOneByteThatMatter) {
    Session session;
    session.base = &catalogue().variants.front();
    session.extension = "permessage-deflate";
    session.fields = {{"X-Anything", {"1"}}};
    for (int i = 0; i < 10; ++i)
        session.writes.push_back(
            {{frame_of(Opcode::text, "noise"), frame_of(Opcode::pong, "more noise")}, 3});
    auto ping = frame_of(Opcode::ping, "abcxdef");
    ping.rsv1 = true;
    session.writes[7].outputs.insert(session.writes[7].outputs.begin() + 1, ping);
    EXPECT_EQ(shrink(session, has_ping_with_x, 10'000),
              session_with({frame_of(Opcode::ping, "x")}));
}

std::string payload_at(Session const& session, std::size_t write) {
    return wire::to_text(script::evaluate(
        std::get<script::FrameOutput>(session.writes[write].outputs[0]).payload, 0));
}

/// Every second byte matters, and the second write does as long as the first is whole.
TEST(Shrink, HasTriesLeftForFramesBehindLongPayloads) {
    std::string text;
    for (int i = 0; i < 60; ++i) text += {static_cast<char>('0' + i), '-'};
    auto const session =
        session_with({frame_of(Opcode::text, text), frame_of(Opcode::pong, "noise")});
    std::size_t tries = 0;
    auto const still_does = [&](Session const& candidate) {
        ++tries;
        if (candidate.writes.empty() || candidate.writes[0].outputs.empty()) return false;
        auto payload = payload_at(candidate, 0);
        if (payload == text && candidate.writes.size() == 1) return false;
        std::erase(payload, '-');
        return payload.size() == text.size() / 2;
    };
    EXPECT_EQ(shrink(session, still_does, 160).writes.size(), 1U);
    EXPECT_EQ(tries, 160U);
}

TEST(Shrink, GivesUpInTime) {
    Session session;
    for (int i = 0; i < 50; ++i) session.writes.push_back({{frame_of(Opcode::ping, "x")}});
    std::size_t tries = 0;
    auto const counting = [&](Session const&) { return ++tries > 1'000; };
    EXPECT_EQ(shrink(session, counting, 20), session);
    EXPECT_EQ(tries, 20U);
}

}  // namespace
}  // namespace wsproof::fuzz
