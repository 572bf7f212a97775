// Canonical Huffman codes of DEFLATE (RFC 1951 3.2.2), and the bits they are read from.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::wire {

/// Thrown where data break the format, or seem to because they are not all there yet.
struct CorruptDeflate {};

/// Reads bits, the least significant first. Behind the end there are zeros, and `exhausted` tells.
class BitReader {
public:
    BitReader(ByteView data, std::size_t position) : data_(data), position_(position) {}

    std::uint32_t bit() noexcept {
        auto const index = position_ / 8;
        if (index >= data_.size()) {
            exhausted_ = true;
            return 0;
        }
        return std::to_integer<std::uint32_t>(data_[index] >> (position_++ % 8)) & 1U;
    }

    std::uint32_t bits(unsigned count) noexcept {
        std::uint32_t value = 0;
        for (unsigned i = 0; i < count; ++i) value |= bit() << i;
        return value;
    }

    /// Skips at most so many whole bytes; how many there were.
    std::size_t skip_bytes(std::size_t most) noexcept {
        auto const skipped = std::min(most, data_.size() - std::min(data_.size(), position_ / 8));
        position_ += skipped * 8;
        return skipped;
    }

    void exhaust() noexcept { exhausted_ = true; }
    void align() noexcept { position_ = (position_ + 7) / 8 * 8; }
    std::size_t position() const noexcept { return position_; }
    bool exhausted() const noexcept { return exhausted_; }

private:
    ByteView data_;
    std::size_t position_ = 0;
    bool exhausted_ = false;
};

/// Decoded bit by bit: codes of one length are consecutive numbers, so that counts and an ordered
/// list of symbols suffice.
class HuffmanCode {
public:
    /// `may_be_single`: zlib and RFC 1951 accept an incomplete code if it has one code of one bit.
    HuffmanCode(std::span<std::uint8_t const> lengths, bool may_be_single);

    std::uint32_t decode(BitReader& reader) const;

private:
    void check_completeness(std::size_t symbols, bool may_be_single) const;

    std::array<std::uint16_t, 16> count_{};
    std::array<std::uint16_t, 288> symbols_{};
};

struct BlockCodes {
    HuffmanCode literal_or_length;
    HuffmanCode distance;
};

BlockCodes const& fixed_codes();
BlockCodes read_dynamic_codes(BitReader& reader);

}  // namespace wsproof::wire
