// Canonical Huffman codes of DEFLATE (RFC 1951 3.2.2), and the bits they are read from.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::wire {

/// The symbol behind the literals (3.2.5).
constexpr std::uint32_t end_of_block = 256;

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

    /// True where three bytes are left, so that `ahead` has at least 17 bits.
    bool has_ahead() const noexcept { return position_ / 8 + 3 <= data_.size(); }
    std::uint32_t ahead() const noexcept {
        auto const byte = [this](std::size_t i) {
            return std::to_integer<std::uint32_t>(data_[position_ / 8 + i]);
        };
        return (byte(0) | byte(1) << 8U | byte(2) << 16U) >> (position_ % 8);
    }
    void skip(unsigned count) noexcept { position_ += count; }

    /// At most 16 bits.
    std::uint32_t bits(unsigned count) noexcept {
        if (has_ahead()) {
            auto const value = ahead() & ((1U << count) - 1U);
            skip(count);
            return value;
        }
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

/// Short codes are looked up by the bits ahead. Others are decoded bit by bit: codes of one length
/// are consecutive numbers, so that counts and an ordered list of symbols suffice.
class HuffmanCode {
public:
    /// `may_be_single`: zlib and RFC 1951 accept an incomplete code if it has one code of one bit.
    HuffmanCode(std::span<std::uint8_t const> lengths, bool may_be_single);

    std::uint32_t decode(BitReader& reader) const {
        if (reader.has_ahead()) {
            auto const& found = short_codes_[reader.ahead() % short_codes_.size()];
            if (found.length != 0) {
                reader.skip(found.length);
                return found.symbol;
            }
        }
        return decode_bit_by_bit(reader);
    }

private:
    struct Short {
        std::uint16_t symbol = 0;
        std::uint16_t length = 0;  ///< 0: no code that short
    };

    std::uint32_t decode_bit_by_bit(BitReader& reader) const;
    void fill_short_codes();
    void check_completeness(std::size_t symbols, bool may_be_single) const;

    std::array<std::uint16_t, 16> count_{};
    std::array<std::uint16_t, 288> symbols_{};
    std::array<Short, 512> short_codes_{};
};

struct BlockCodes {
    HuffmanCode literal_or_length;
    HuffmanCode distance;
};

BlockCodes const& fixed_codes();
BlockCodes read_dynamic_codes(BitReader& reader);

}  // namespace wsproof::wire
