#include <gtest/gtest.h>
#include <zlib.h>

#include <random>

#include "reference_impl/wire/block_walker.hpp"
#include "tests/wire/vectors.hpp"

namespace wsproof::wire {
namespace {

/// What zlib itself makes of the blocks, with one flush after each of the pieces.
Bytes deflated_in_pieces(std::vector<std::string> const& pieces, int level, int strategy) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, level, Z_DEFLATED, -15, 8, strategy), Z_OK);
    Bytes to(64 * 1024);
    stream.next_out = reinterpret_cast<Bytef*>(to.data());
    stream.avail_out = static_cast<uInt>(to.size());
    for (auto const& piece : pieces) {
        auto copy = piece;
        stream.next_in = reinterpret_cast<Bytef*>(copy.data());
        stream.avail_in = static_cast<uInt>(copy.size());
        deflate(&stream, Z_SYNC_FLUSH);
    }
    to.resize(to.size() - stream.avail_out - 4);
    deflateEnd(&stream);
    return to;
}

/// zlib's complaint about payload data, its tail put back; empty if there is none.
std::string zlib_complaint(Bytes payload_data) {
    append(payload_data, hex("0000ffff"));
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, -15), Z_OK);
    Bytes to(64 * 1024);
    stream.next_in = reinterpret_cast<Bytef*>(payload_data.data());
    stream.avail_in = static_cast<uInt>(payload_data.size());
    stream.next_out = reinterpret_cast<Bytef*>(to.data());
    stream.avail_out = static_cast<uInt>(to.size());
    std::string complaint;
    for (auto result = Z_OK; complaint.empty() && stream.avail_in > 0;) {
        result = inflate(&stream, Z_SYNC_FLUSH);
        if (result == Z_STREAM_END) inflateResetKeep(&stream);
        if (result == Z_DATA_ERROR) complaint = stream.msg;
        if (result == Z_BUF_ERROR) break;
    }
    inflateEnd(&stream);
    return complaint;
}

std::string words(std::size_t size, unsigned seed) {
    std::minstd_rand random(seed);
    std::string text;
    while (text.size() < size) {
        text += "abcdefghij"[random() % 10];
        if (random() % 4 == 0) text += " and so on";
    }
    return text;
}

TEST(BlockWalk, CountsTheBlocksOfTheValidVectors) {
    std::map<std::string, BlockWalk> const expected{
        {"hello fixed", {.fixed = 1}},
        {"hello stored", {.stored = 1}},
        {"two blocks", {.stored = 1, .fixed = 2}},
        {"bfinal", {.fixed = 1, .final_blocks = 1}},
        {"bfinal block then block", {.fixed = 2, .final_blocks = 1}},
        {"empty stored", {}},
        {"empty fixed", {.fixed = 1}},
        {"tail not stripped (tolerated)", {.stored = 1, .fixed = 1}},
        {"last fragment only an empty block", {.stored = 1, .fixed = 1}},
    };
    for (auto const& vector : vectors()["deflate_valid"]) {
        auto const found = expected.find(vector["name"]);
        if (found == expected.end()) continue;
        auto const walk = walk_blocks(bytes_of(vector["payloads_hex"][0]));
        EXPECT_EQ(walk.stored, found->second.stored) << found->first;
        EXPECT_EQ(walk.fixed, found->second.fixed) << found->first;
        EXPECT_EQ(walk.dynamic, 0U) << found->first;
        EXPECT_EQ(walk.final_blocks, found->second.final_blocks) << found->first;
    }
}

TEST(BlockWalk, FindsNoFaultInTheValidVectors) {
    for (auto const& vector : vectors()["deflate_valid"])
        for (auto const& payload : vector["payloads_hex"])
            EXPECT_FALSE(walk_blocks(bytes_of(payload)).corrupt) << vector["name"];
    EXPECT_FALSE(walk_blocks({}).corrupt);
}

TEST(BlockWalk, FindsTheFaultsThatNeedNoWindow) {
    for (auto const& vector : vectors()["deflate_invalid"]) {
        auto const walk = walk_blocks(bytes_of(vector["payload_hex"]));
        bool const needs_window = vector["name"] == "distance too far, empty window";
        EXPECT_EQ(walk.corrupt, !needs_window) << vector["name"];
        EXPECT_EQ(walk.longest_distance > 0, needs_window) << vector["name"];
    }
}

TEST(BlockWalk, MeasuresTheLongestDistance) {
    EXPECT_EQ(walk_blocks(hex("f248cdc9c90700")).longest_distance, 0U);
    EXPECT_EQ(walk_blocks(hex("f200110000")).longest_distance, 5U);
    EXPECT_EQ(
        walk_blocks(bytes_of(vectors()["deflate_distance_32768"]["tail_hex"])).longest_distance,
        32768U);
}

TEST(BlockWalk, SeesEveryDistanceAsItWasWritten) {
    for (std::size_t distance : {1UL, 2UL, 4UL, 5UL, 6UL, 9UL, 64UL, 255UL, 256UL, 257UL, 1000UL,
                                 4096UL, 4097UL, 20'000UL, 32'000UL}) {
        std::minstd_rand random(static_cast<unsigned>(distance));
        std::string text;
        while (text.size() < distance) text += static_cast<char>(random() >> 8 & 0xFF);
        auto repeated = text;
        while (repeated.size() < 100) repeated += text;
        auto const payload_data =
            deflated_in_pieces({text, repeated.substr(0, 100)}, 9, Z_DEFAULT_STRATEGY);
        auto const walk = walk_blocks(payload_data);
        ASSERT_FALSE(walk.corrupt);
        EXPECT_EQ(walk.longest_distance, distance);
    }
}

TEST(BlockWalk, CountsStoredFixedAndDynamicBlocksAsZlibWritesThem) {
    std::vector<std::string> const pieces{words(500, 1), words(3000, 2), words(20'000, 3)};
    auto const stored = walk_blocks(deflated_in_pieces(pieces, 0, Z_DEFAULT_STRATEGY));
    EXPECT_FALSE(stored.corrupt);
    EXPECT_GE(stored.stored, 3U);
    EXPECT_EQ(stored.fixed + stored.dynamic, 0U);
    EXPECT_EQ(stored.longest_distance, 0U);

    auto const fixed = walk_blocks(deflated_in_pieces(pieces, 9, Z_FIXED));
    EXPECT_FALSE(fixed.corrupt);
    EXPECT_EQ(fixed.fixed, 3U);
    EXPECT_EQ(fixed.stored, 2U);  // the flushes between the pieces
    EXPECT_EQ(fixed.dynamic, 0U);

    auto const dynamic = walk_blocks(deflated_in_pieces(pieces, 9, Z_DEFAULT_STRATEGY));
    EXPECT_FALSE(dynamic.corrupt);
    EXPECT_EQ(dynamic.dynamic, 3U);
    EXPECT_GT(dynamic.longest_distance, 1U);

    auto const no_matches = walk_blocks(deflated_in_pieces(pieces, 9, Z_HUFFMAN_ONLY));
    EXPECT_FALSE(no_matches.corrupt);
    EXPECT_EQ(no_matches.longest_distance, 0U);

    auto const runs = walk_blocks(deflated_in_pieces({std::string(9000, 'a')}, 9, Z_RLE));
    EXPECT_FALSE(runs.corrupt);
    EXPECT_EQ(runs.longest_distance, 1U);
}

TEST(BlockWalk, AgreesWithZlibOnDamagedData) {
    std::minstd_rand random(28);
    std::size_t corrupt = 0;
    for (int round = 0; round < 4000; ++round) {
        auto const strategy = round % 3 == 0 ? Z_FIXED : Z_DEFAULT_STRATEGY;
        auto damaged =
            deflated_in_pieces({words(60 + random() % 400, static_cast<unsigned>(random()))},
                               static_cast<int>(random() % 10), strategy);
        for (auto flips = 1 + random() % 3; flips != 0; --flips)
            damaged[random() % damaged.size()] ^= static_cast<std::byte>(1U << random() % 8);
        auto const complaint = zlib_complaint(damaged);
        auto const walk = walk_blocks(damaged);
        // zlib says nothing of data that merely ends too early, and alone knows its window.
        if (!complaint.empty() && complaint != "invalid distance too far back") {
            ++corrupt;
            ASSERT_TRUE(walk.corrupt) << complaint << ": " << to_hex(damaged);
        }
        Inflater inflater;
        Bytes to;
        inflater.feed(damaged, to, 1'000'000);
        auto const status = inflater.finish(to, 1'000'000);
        bool const too_far = complaint == "invalid distance too far back";
        ASSERT_EQ(status == InflateStatus::corrupt, walk.corrupt || too_far) << to_hex(damaged);
    }
    EXPECT_GT(corrupt, 500U);
}

TEST(BlockWalk, IsTheSameInEveryChunking) {
    std::minstd_rand random(1951);
    for (int round = 0; round < 500; ++round) {
        auto data = deflated_in_pieces({words(300, static_cast<unsigned>(round)), words(90, 7)},
                                       round % 10, round % 3 == 0 ? Z_FIXED : Z_DEFAULT_STRATEGY);
        if (round % 2 == 0) data[random() % data.size()] ^= std::byte{4};
        auto const whole = walk_blocks(data);
        BlockWalker walker;
        for (std::size_t at = 0; at < data.size();) {
            auto const piece = std::min<std::size_t>(1 + random() % 9, data.size() - at);
            walker.feed(ByteView(data).subspan(at, piece));
            at += piece;
        }
        walker.finish();
        ASSERT_EQ(walker.walk().corrupt, whole.corrupt) << to_hex(data);
        ASSERT_EQ(walker.walk().longest_distance, whole.longest_distance);
        ASSERT_EQ(walker.walk().stored, whole.stored);
        ASSERT_EQ(walker.walk().fixed, whole.fixed);
        ASSERT_EQ(walker.walk().dynamic, whole.dynamic);
        ASSERT_EQ(walker.walk().final_blocks, whole.final_blocks);
    }
}

TEST(BlockWalk, FindsEveryTruncation) {
    auto const whole = deflated_in_pieces({words(300, 5)}, 6, Z_DEFAULT_STRATEGY);
    for (std::size_t size = 1; size + 1 < whole.size(); ++size)
        EXPECT_TRUE(walk_blocks(ByteView(whole).first(size)).corrupt) << size;
}

TEST(BlockWalk, TakesTimeInProportionToTheData) {
    Bytes empty_blocks;
    for (int i = 0; i < 300'000; ++i) append(empty_blocks, hex("0300"));
    EXPECT_EQ(walk_blocks(empty_blocks).final_blocks, 300'000U);
    Bytes noise(1'000'000, std::byte{0x55});
    walk_blocks(noise);
    Bytes const zeros(1'000'000);
    EXPECT_TRUE(walk_blocks(zeros).corrupt);
}

}  // namespace
}  // namespace wsproof::wire
