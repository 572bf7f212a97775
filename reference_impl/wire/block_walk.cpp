// A reader of DEFLATE blocks (RFC 1951 3.2) that keeps no output.
#include <algorithm>
#include <array>

#include "reference_impl/wire/deflate.hpp"

namespace wsproof::wire {
namespace {

/// Thrown within this file alone: the data ends or breaks the format.
struct Corrupt {};

/// The bits of payload data and of the tail that was removed from it (RFC 7692 7.2.2).
class BitReader {
public:
    explicit BitReader(ByteView payload_data) : data_(payload_data) {}

    std::uint32_t bit() {
        if (at_ / 8 >= data_.size() + 4) throw Corrupt{};
        auto const value = byte_at(at_ / 8) >> (at_ % 8) & 1U;
        ++at_;
        return value;
    }

    std::uint32_t bits(unsigned count) {
        std::uint32_t value = 0;
        for (unsigned i = 0; i < count; ++i) value |= bit() << i;
        return value;
    }

    void align() { at_ = (at_ + 7) / 8 * 8; }

    void skip_bytes(std::size_t count) {
        if (count > data_.size() + 4 - at_ / 8) throw Corrupt{};
        at_ += count * 8;
    }

    /// Between blocks: everything is read, with the tail or without need of it.
    bool at_end() const { return at_ == data_.size() * 8 || used_tail(); }
    bool used_tail() const { return at_ == (data_.size() + 4) * 8; }

private:
    std::uint32_t byte_at(std::size_t index) const {
        if (index < data_.size()) return std::to_integer<std::uint32_t>(data_[index]);
        return index < data_.size() + 2 ? 0x00 : 0xFF;
    }

    ByteView data_;
    std::size_t at_ = 0;
};

/// A canonical Huffman code (RFC 1951 3.2.2), decoded bit by bit: codes of one length are
/// consecutive numbers, so counts and an ordered list of symbols suffice.
class HuffmanCode {
public:
    /// `may_be_single`: zlib and the RFC accept an incomplete code if it has one code of one bit.
    HuffmanCode(std::span<std::uint8_t const> lengths, bool may_be_single) {
        for (auto const length : lengths) ++count_[length];
        check_completeness(lengths.size(), may_be_single);
        std::array<std::uint16_t, 16> offset{};
        for (std::size_t length = 1; length < 15; ++length)
            offset[length + 1] = static_cast<std::uint16_t>(offset[length] + count_[length]);
        for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol)
            if (lengths[symbol] != 0)
                symbols_[offset[lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
    }

    std::uint32_t decode(BitReader& reader) const {
        std::uint32_t code = 0;
        std::uint32_t first = 0;
        std::uint32_t index = 0;
        for (std::size_t length = 1; length <= 15; ++length) {
            code |= reader.bit();
            if (code < first + count_[length]) return symbols_[index + code - first];
            index += count_[length];
            first = (first + count_[length]) << 1;
            code <<= 1;
        }
        throw Corrupt{};
    }

private:
    void check_completeness(std::size_t symbols, bool may_be_single) const {
        int left = 1;
        for (std::size_t length = 1; length <= 15; ++length) {
            left = left * 2 - count_[length];
            if (left < 0) throw Corrupt{};
        }
        auto const used = symbols - count_[0];
        bool const single = used == 0 || (used == 1 && count_[1] == 1);
        if (left > 0 && !(may_be_single && single)) throw Corrupt{};
    }

    std::array<std::uint16_t, 16> count_{};
    std::array<std::uint16_t, 288> symbols_{};
};

struct Codes {
    HuffmanCode literal_or_length;
    HuffmanCode distance;
};

constexpr std::uint32_t end_of_block = 256;

Codes make_fixed_codes() {
    std::array<std::uint8_t, 288> lengths{};
    std::fill_n(lengths.begin(), 144, std::uint8_t{8});
    std::fill_n(lengths.begin() + 144, 112, std::uint8_t{9});
    std::fill_n(lengths.begin() + 256, 24, std::uint8_t{7});
    std::fill_n(lengths.begin() + 280, 8, std::uint8_t{8});
    std::array<std::uint8_t, 32> distances{};
    distances.fill(5);
    return {HuffmanCode(lengths, false), HuffmanCode(distances, false)};
}

Codes const& fixed_codes() {
    static Codes const codes = make_fixed_codes();
    return codes;
}

HuffmanCode read_code_length_code(BitReader& reader, std::size_t count) {
    constexpr std::array<std::uint8_t, 19> order{16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                 11, 4,  12, 3, 13, 2, 14, 1, 15};
    std::array<std::uint8_t, 19> lengths{};
    for (std::size_t i = 0; i < count; ++i)
        lengths[order[i]] = static_cast<std::uint8_t>(reader.bits(3));
    return HuffmanCode(lengths, false);
}

/// Code lengths and their repetitions (RFC 1951 3.2.7).
void read_lengths(BitReader& reader, HuffmanCode const& code, std::span<std::uint8_t> lengths) {
    for (std::size_t at = 0; at < lengths.size();) {
        auto const symbol = code.decode(reader);
        if (symbol < 16) {
            lengths[at++] = static_cast<std::uint8_t>(symbol);
            continue;
        }
        if (symbol == 16 && at == 0) throw Corrupt{};
        auto const repeated = symbol == 16 ? lengths[at - 1] : std::uint8_t{0};
        std::size_t const times = symbol == 16   ? 3 + reader.bits(2)
                                  : symbol == 17 ? 3 + reader.bits(3)
                                                 : 11 + reader.bits(7);
        if (times > lengths.size() - at) throw Corrupt{};
        std::fill_n(lengths.begin() + static_cast<std::ptrdiff_t>(at), times, repeated);
        at += times;
    }
}

Codes read_dynamic_codes(BitReader& reader) {
    std::size_t const literals = reader.bits(5) + 257;
    std::size_t const distances = reader.bits(5) + 1;
    std::size_t const code_lengths = reader.bits(4) + 4;
    if (literals > 286 || distances > 30) throw Corrupt{};
    auto const code = read_code_length_code(reader, code_lengths);
    std::array<std::uint8_t, 286 + 30> lengths{};
    auto const used = std::span(lengths).first(literals + distances);
    read_lengths(reader, code, used);
    if (lengths[end_of_block] == 0) throw Corrupt{};
    return {HuffmanCode(used.first(literals), true), HuffmanCode(used.subspan(literals), true)};
}

/// Extra bits of length codes 257 to 285 (RFC 1951 3.2.5); the lengths themselves are not needed.
unsigned extra_length_bits(std::uint32_t symbol) {
    if (symbol > 285) throw Corrupt{};
    if (symbol < 265 || symbol == 285) return 0;
    return (symbol - 261) / 4;
}

std::uint32_t read_distance(BitReader& reader, HuffmanCode const& code) {
    auto const symbol = code.decode(reader);
    if (symbol > 29) throw Corrupt{};
    if (symbol < 4) return symbol + 1;
    auto const extra = symbol / 2 - 1;
    return ((2 + symbol % 2) << extra) + 1 + reader.bits(extra);
}

void walk_compressed(BitReader& reader, Codes const& codes, BlockWalk& walk) {
    for (;;) {
        auto const symbol = codes.literal_or_length.decode(reader);
        if (symbol == end_of_block) return;
        if (symbol < end_of_block) continue;
        reader.bits(extra_length_bits(symbol));
        walk.longest_distance =
            std::max(walk.longest_distance, read_distance(reader, codes.distance));
    }
}

void walk_stored(BitReader& reader, BlockWalk& walk) {
    reader.align();
    auto const length = reader.bits(16);
    auto const complement = reader.bits(16);
    if ((length ^ complement) != 0xFFFF) throw Corrupt{};
    reader.skip_bytes(length);
    bool const flush_of_sender = length == 0 && reader.used_tail();
    if (!flush_of_sender) ++walk.stored;
}

void walk_block(BitReader& reader, BlockWalk& walk) {
    bool const final = reader.bit() != 0;
    auto const type = reader.bits(2);
    if (type == 0) {
        walk_stored(reader, walk);
    } else if (type == 1) {
        walk_compressed(reader, fixed_codes(), walk);
        ++walk.fixed;
    } else if (type == 2) {
        walk_compressed(reader, read_dynamic_codes(reader), walk);
        ++walk.dynamic;
    } else {
        throw Corrupt{};
    }
    if (!final) return;
    ++walk.final_blocks;
    reader.align();  // the next block begins anew at a byte boundary (RFC 7692 7.2.3.5)
}

}  // namespace

BlockWalk walk_blocks(ByteView payload_data) {
    BlockWalk walk;
    BitReader reader(payload_data);
    try {
        while (!reader.at_end()) walk_block(reader, walk);
    } catch (Corrupt const&) {
        walk.corrupt = true;
    }
    return walk;
}

}  // namespace wsproof::wire
