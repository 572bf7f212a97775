#include "fuzz/merge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sessions.hpp"

namespace wsproof::fuzz {
namespace {

using wire::Opcode;

Session saying(std::initializer_list<Opcode> opcodes) {
    std::vector<script::FrameOutput> frames;
    for (auto const opcode : opcodes) frames.push_back(frame_of(opcode, "a"));
    return session_with(std::move(frames));
}

TEST(Merge, TakesTheSmallestThatReachSomethingNew) {
    Model const model{catalogue(), {}};
    auto const text = saying({Opcode::text});
    auto const texts = saying({Opcode::text, Opcode::text, Opcode::text});
    auto const ping = saying({Opcode::ping});
    auto const merged = merge({}, {texts, ping, text}, model);
    EXPECT_THAT(merged.added, testing::ElementsAre(ping, text));
    EXPECT_EQ(merged.states, merged.new_states);
    EXPECT_GE(merged.states, 2U);
}

TEST(Merge, PassesOverWhatIsThere) {
    Model const model{catalogue(), {}};
    auto const there = saying({Opcode::ping, Opcode::text});
    auto const merged = merge({there}, {saying({Opcode::ping}), saying({Opcode::text})}, model);
    EXPECT_THAT(merged.added, testing::IsEmpty());
    EXPECT_EQ(merged.new_states, 0U);
}

}  // namespace
}  // namespace wsproof::fuzz
