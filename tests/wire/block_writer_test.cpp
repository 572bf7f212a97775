#include "reference_impl/wire/block_writer.hpp"

#include <gtest/gtest.h>

#include <random>

#include "reference_impl/wire/deflate.hpp"

namespace wsproof::wire {
namespace {

Bytes inflated(Bytes const& payload_data) {
    Inflater inflater;
    Bytes to;
    EXPECT_EQ(inflater.feed(payload_data, to, 1U << 20U), InflateStatus::ok);
    EXPECT_EQ(inflater.finish(to, 1U << 20U), InflateStatus::ok);
    return to;
}

Bytes noise(std::size_t size, unsigned seed) {
    std::minstd_rand random(seed);
    Bytes bytes(size);
    for (auto& byte : bytes) byte = static_cast<std::byte>(random() >> 8U);
    return bytes;
}

/// One block with these bytes, then copies of `length` and `distance`.
Bytes block_with(BlockKind kind, Bytes const& bytes, std::uint32_t length, std::uint32_t distance) {
    BlockWriter writer;
    writer.begin(kind, false);
    writer.literals(bytes);
    writer.copy(length, distance);
    writer.end();
    return writer.finish();
}

Bytes with_copy(Bytes bytes, std::size_t length, std::size_t distance) {
    for (std::size_t i = 0; i < length; ++i) bytes.push_back(bytes[bytes.size() - distance]);
    return bytes;
}

/// RFC 7692 7.2.3.1 to 7.2.3.5 print these.
TEST(BlockWriter, WritesTheExamplesOfTheRfc) {
    BlockWriter writer;
    writer.begin(BlockKind::fixed, false);
    writer.literals(as_bytes("Hello"));
    writer.end();
    EXPECT_EQ(to_hex(writer.finish()), "f248cdc9c90700");

    writer.stored(as_bytes("Hello"), false);
    EXPECT_EQ(to_hex(writer.finish()), "000500faff48656c6c6f00");

    writer.begin(BlockKind::fixed, true);
    writer.literals(as_bytes("Hello"));
    writer.end();
    EXPECT_EQ(to_hex(writer.finish()), "f348cdc9c9070000");
}

TEST(BlockWriter, AnEmptyMessageIsTheSingleByteThatTheRfcAsksFor) {
    EXPECT_EQ(to_hex(BlockWriter{}.finish()), "00");
}

TEST(BlockWriter, WritesEveryLiteral) {
    Bytes all;
    for (unsigned value = 0; value < 256; ++value) all.push_back(static_cast<std::byte>(value));
    for (auto const kind : {BlockKind::fixed, BlockKind::dynamic})
        EXPECT_EQ(inflated(block_with(kind, all, 3, 256)), with_copy(all, 3, 256));
}

TEST(BlockWriter, WritesEveryLength) {
    auto const bytes = noise(300, 1);
    for (auto const kind : {BlockKind::fixed, BlockKind::dynamic})
        for (std::uint32_t length = 3; length <= longest_copy; ++length)
            EXPECT_EQ(inflated(block_with(kind, bytes, length, 300)), with_copy(bytes, length, 300))
                << length;
}

TEST(BlockWriter, WritesDistancesAroundEveryPowerOfTwo) {
    auto const bytes = noise(longest_copy_distance, 2);
    for (auto const kind : {BlockKind::fixed, BlockKind::dynamic})
        for (std::uint32_t power = 1; power <= longest_copy_distance; power *= 2)
            for (auto const distance : {power - 1, power, power + 1, power + power / 2}) {
                if (distance < 1 || distance > longest_copy_distance) continue;
                auto const written = block_with(kind, bytes, 20, distance);
                EXPECT_EQ(inflated(written), with_copy(bytes, 20, distance)) << distance;
                EXPECT_EQ(walk_blocks(written).longest_distance, distance);
            }
}

TEST(BlockWriter, WritesBlocksOfAllKindsOneAfterTheOther) {
    BlockWriter writer;
    writer.stored({}, false);
    writer.begin(BlockKind::dynamic, true);
    writer.literals(as_bytes("He"));
    writer.end();
    writer.stored(as_bytes("l"), true);
    writer.begin(BlockKind::fixed, false);
    writer.literals(as_bytes("lo"));
    writer.end();
    auto const written = writer.finish();
    EXPECT_EQ(to_text(inflated(written)), "Hello");
    auto const walk = walk_blocks(written);
    EXPECT_EQ(walk.stored, 2U);
    EXPECT_EQ(walk.fixed, 1U);
    EXPECT_EQ(walk.dynamic, 1U);
    EXPECT_EQ(walk.final_blocks, 2U);
    EXPECT_EQ(walk.inflated_size, 5U);
}

TEST(BlockWriter, TheLongestStoredBlockFits) {
    auto const bytes = noise(longest_stored_block, 3);
    BlockWriter writer;
    writer.stored(bytes, false);
    EXPECT_EQ(inflated(writer.finish()), bytes);
    EXPECT_THROW(writer.stored(Bytes(longest_stored_block + 1), false), std::invalid_argument);
}

TEST(BlockWriter, RefusesCopiesThatDeflateCannotSay) {
    BlockWriter writer;
    writer.begin(BlockKind::fixed, false);
    EXPECT_THROW(writer.copy(2, 1), std::invalid_argument);
    EXPECT_THROW(writer.copy(259, 1), std::invalid_argument);
    EXPECT_THROW(writer.copy(3, 0), std::invalid_argument);
    EXPECT_THROW(writer.copy(3, 32769), std::invalid_argument);
    EXPECT_THROW(writer.begin(BlockKind::stored, false), std::invalid_argument);
}

TEST(BlockWriter, ACopyMayReachIntoEarlierMessages) {
    auto const again = block_with(BlockKind::fixed, {}, 5, 5);
    EXPECT_EQ(walk_blocks(again).reach, 5U);
    EXPECT_EQ(walk_blocks(again).inflated_size, 5U);
    Inflater inflater;
    Bytes to;
    inflater.feed(*from_hex("f248cdc9c90700"), to, 100);
    inflater.finish(to, 100);
    inflater.feed(again, to, 100);
    EXPECT_EQ(inflater.finish(to, 100), InflateStatus::ok);
    EXPECT_EQ(to_text(to), "HelloHello");
}

}  // namespace
}  // namespace wsproof::wire
