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
