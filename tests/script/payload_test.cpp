#include "harness/script/payload.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/deflate.hpp"

namespace wsproof::script {
namespace {

Payload times(std::size_t count, Payload of) {
    return {Times{count, {std::move(of)}}};
}

std::string text_of(Payload const& payload, std::uint64_t seed = 1) {
    return wire::to_text(evaluate(payload, seed));
}

TEST(Payload, EvaluatesTextAndHex) {
    EXPECT_EQ(text_of({Literal{"κόσμε"}}), "κόσμε");
    EXPECT_EQ(text_of({Hex{wire::to_bytes("\x01\xff")}}), "\x01\xff");
    EXPECT_EQ(text_of({}), "");
}

TEST(Payload, RepeatsAndJoins) {
    EXPECT_EQ(text_of(times(3, {Literal{"ab"}})), "ababab");
    EXPECT_EQ(text_of(times(0, {Literal{"ab"}})), "");
    EXPECT_EQ(text_of({Join{{{Literal{"a"}}, times(2, {Literal{"b"}}), {}}}}), "abb");
}

TEST(Payload, RandomBytesDependOnSeedAndSizeAlone) {
    Payload const ten{Random{10}};
    EXPECT_EQ(evaluate(ten, 7), evaluate(ten, 7));
    EXPECT_EQ(evaluate(ten, 7).size(), 10U);
    EXPECT_NE(evaluate(ten, 7), evaluate(ten, 8));
    auto longer = evaluate({Random{11}}, 7);
    longer.resize(10);
    EXPECT_NE(evaluate(ten, 7), longer);
    auto const twice = evaluate({Join{{ten, ten}}}, 7);
    EXPECT_TRUE(std::equal(twice.begin(), twice.begin() + 10, twice.begin() + 10));
}

TEST(Payload, RandomBytesAreTheSameOnEveryMachine) {
    EXPECT_EQ(wire::to_hex(evaluate({Random{11}}, 7)), "16bade539d6853ce9ceaa9");
    EXPECT_EQ(evaluate({Random{0}}, 0).size(), 0U);
}

TEST(Payload, RandomBytesTakeEveryValue) {
    auto const many = evaluate({Random{4096}}, 1);
    std::vector<int> seen(256, 0);
    for (auto const byte : many) ++seen[static_cast<std::size_t>(byte)];
    EXPECT_EQ(std::count(seen.begin(), seen.end(), 0), 0);
}

TEST(Payload, DeflateInflatesToThePayload) {
    Payload const plain = times(100, {Literal{"Hello "}});
    auto const compressed = evaluate({Deflate{{plain}}}, 1);
    EXPECT_LT(compressed.size(), 100U);
    wire::Inflater inflater;
    wire::Bytes inflated;
    ASSERT_EQ(inflater.feed(compressed, inflated, 10'000), wire::InflateStatus::ok);
    ASSERT_EQ(inflater.finish(inflated, 10'000), wire::InflateStatus::ok);
    EXPECT_EQ(inflated, evaluate(plain, 1));
}

TEST(Payload, EachDeflateBeginsWithAFreshWindow) {
    Payload const compressed{Deflate{{{Literal{"Hello Hello Hello"}}}}};
    auto const twice = evaluate({Join{{compressed, compressed}}}, 1);
    auto const once = evaluate(compressed, 1);
    EXPECT_EQ(twice.size(), 2 * once.size());
}

Block block(wire::BlockKind kind, Payload of, bool final = false) {
    Block made{kind, final, {}};
    made.parts.push_back({{std::move(of)}, {}});
    return made;
}

/// Those that RFC 7692 7.2.3 prints.
TEST(Payload, WritesBlocksAsTheyAreAskedFor) {
    using enum wire::BlockKind;
    Payload const hello{Literal{"Hello"}};
    EXPECT_EQ(wire::to_hex(evaluate({Blocks{{block(fixed, hello)}}}, 1)), "f248cdc9c90700");
    EXPECT_EQ(wire::to_hex(evaluate({Blocks{{block(fixed, hello, true)}}}, 1)), "f348cdc9c9070000");
    EXPECT_EQ(wire::to_hex(evaluate({Blocks{{block(stored, hello)}}}, 1)),
              "000500faff48656c6c6f00");
    Block again{fixed, false, {}};
    again.parts.push_back({{}, {5, 5}});
    EXPECT_EQ(evaluate({Blocks{{block(fixed, hello), again}}}, 1).size(), 10U);
    EXPECT_EQ(wire::to_hex(evaluate({Blocks{}}, 1)), "00");
}

TEST(Payload, CloseBodyIsTheCodeInNetworkByteOrderAndTheReason) {
    EXPECT_EQ(wire::to_hex(evaluate({CloseBody{1000, {}}}, 1)), "03e8");
    EXPECT_EQ(wire::to_hex(evaluate({CloseBody{1002, {{Literal{"ab"}}}}}, 1)), "03ea6162");
}

TEST(Payload, SpeaksInWords) {
    EXPECT_EQ(in_words({Literal{"Hello"}}), "'Hello'");
    EXPECT_EQ(in_words({}), "''");
    EXPECT_EQ(in_words({Random{65536}}), "65,536 random bytes");
    EXPECT_EQ(in_words({Random{1}}), "1 random byte");
    EXPECT_EQ(in_words({CloseBody{1005, {}}}), "1005");
    EXPECT_EQ(in_words({CloseBody{1000, {{Literal{"bye"}}}}}), "1000 'bye'");
    EXPECT_EQ(in_words(times(1000, {Literal{"a"}})), "1,000 × 'a'");
    EXPECT_EQ(in_words({Hex{wire::to_bytes("\x01\xff")}}), "bytes 01 ff");
    EXPECT_EQ(in_words({Deflate{{{Literal{"a"}}}}}), "'a' compressed");
    EXPECT_EQ(in_words({Blocks{}}), "no DEFLATE block");
    EXPECT_EQ(in_words({Blocks{{block(wire::BlockKind::stored, {Literal{"a"}}, true),
                                block(wire::BlockKind::dynamic, {Literal{"b"}})}}}),
              "a final stored block, a dynamic block");
    EXPECT_EQ(in_words({Join{{{Literal{"a"}}, {Literal{"b"}}}}}), "'a' + 'b'");
}

TEST(Payload, WordsAreShortAndFitForATerminal) {
    EXPECT_EQ(in_words({Literal{std::string(300, 'a')}}),
              "'" + std::string(40, 'a') + "…' (300 bytes)");
    EXPECT_EQ(in_words({Literal{"\x1b[2J\n"}}), R"('\x1b[2J\x0a')");
    EXPECT_EQ(in_words({Literal{"\xc2\x9b"}}), R"('\xc29b')");
    EXPECT_EQ(in_words({Literal{"\xff"}}), R"('\xff')");
    // A character is not cut in two: 39 letters, then one of three bytes.
    EXPECT_EQ(in_words({Literal{std::string(39, 'a') + "€€"}}),
              "'" + std::string(39, 'a') + "…' (45 bytes)");
}

}  // namespace
}  // namespace wsproof::script
