#include "reference_impl/wire/masking.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/masking_paths.hpp"

namespace wsproof::wire {
namespace {

constexpr MaskingKey key{std::byte{0x37}, std::byte{0xFA}, std::byte{0x21}, std::byte{0x3D}};

Bytes random_bytes(std::size_t size) {
    std::minstd_rand random(static_cast<unsigned>(size) + 1);
    Bytes bytes(size);
    for (auto& byte : bytes) byte = static_cast<std::byte>(random() >> 8 & 0xFF);
    return bytes;
}

void mask_byte_by_byte(std::span<std::byte> bytes, std::size_t offset) {
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] ^= key[(offset + i) % 4];
}

TEST(Masking, EqualsAByteLoopAtEveryOffsetAlignmentAndLength) {
    constexpr std::size_t guard = 64;
    for (std::size_t length = 0; length <= 300; ++length)
        for (std::size_t place = 0; place < 64 * 4; ++place) {
            auto const alignment = place / 4;
            auto const offset = place % 4;
            auto masked = random_bytes(alignment + length + guard);
            auto expected = masked;
            mask_byte_by_byte(std::span(expected).subspan(alignment, length), offset);
            mask(std::span(masked).subspan(alignment, length), key, offset);
            ASSERT_EQ(masked, expected)
                << length << " bytes at " << alignment << ", offset " << offset;
        }
}

TEST(Masking, CountsTheOffsetFromTheStartOfThePayloadData) {
    for (std::size_t offset : {0UL, 1UL, 2UL, 3UL, 4UL, 7UL, 125UL, 0xFFFFFFFFFFFFFFFFUL})
        for (std::size_t length : {1UL, 3UL, 4UL, 7UL, 8UL, 15UL, 16UL, 33UL, 4097UL}) {
            auto const original = random_bytes(length);
            auto expected = original;
            mask_byte_by_byte(expected, offset % 4);
            auto masked = original;
            mask(masked, key, offset);
            ASSERT_EQ(masked, expected) << length << " bytes, offset " << offset;
        }
}

TEST(Masking, InPiecesEqualsTheWhole) {
    auto const original = random_bytes(70'000);
    auto whole = original;
    mask(whole, key);
    for (std::size_t piece : {1UL, 2UL, 3UL, 5UL, 16UL, 31UL, 1021UL, 4096UL, 65'537UL}) {
        auto masked = original;
        for (std::size_t at = 0; at < masked.size(); at += piece)
            mask(std::span(masked).subspan(at, std::min(piece, masked.size() - at)), key, at);
        ASSERT_EQ(masked, whole) << "pieces of " << piece;
    }
}

TEST(Masking, TwiceIsNothing) {
    auto const original = random_bytes(1000);
    auto bytes = original;
    mask(bytes, key, 3);
    EXPECT_NE(bytes, original);
    mask(bytes, key, 3);
    EXPECT_EQ(bytes, original);
}

TEST(Masking, WithAKeyOfZerosChangesNothing) {
    auto const original = random_bytes(500);
    auto bytes = original;
    mask(bytes, MaskingKey{}, 1);
    EXPECT_EQ(bytes, original);
}

TEST(MaskingPaths, AllSupportedOnesAgree) {
    for (auto const& path : masking_paths()) {
        if (!path.supported) continue;
        for (std::size_t length = 32; length <= 1200; ++length) {
            auto const alignment = length % 37;
            auto const original = random_bytes(alignment + length + 64);
            auto expected = original;
            mask_byte_by_byte(std::span(expected).subspan(alignment, length), 0);
            auto masked = original;
            path.mask(masked.data() + alignment, length, repeated_key(key));
            ASSERT_EQ(masked, expected) << path.name << ", " << length << " bytes";
        }
    }
}

TEST(MaskingPaths, EndWithOneThatEveryProcessorHas) {
    ASSERT_FALSE(masking_paths().empty());
    EXPECT_TRUE(masking_paths().back().supported);
    EXPECT_EQ(masking_paths().back().name, "portable");
}

}  // namespace
}  // namespace wsproof::wire
