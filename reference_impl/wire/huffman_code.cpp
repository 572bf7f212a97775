#include "reference_impl/wire/huffman_code.hpp"

#include <algorithm>

namespace wsproof::wire {
namespace {

BlockCodes make_fixed_codes() {
    std::array<std::uint8_t, 288> lengths{};
    std::fill_n(lengths.begin(), 144, std::uint8_t{8});
    std::fill_n(lengths.begin() + 144, 112, std::uint8_t{9});
    std::fill_n(lengths.begin() + 256, 24, std::uint8_t{7});
    std::fill_n(lengths.begin() + 280, 8, std::uint8_t{8});
    std::array<std::uint8_t, 32> distances{};
    distances.fill(5);
    return {HuffmanCode(lengths, false), HuffmanCode(distances, false)};
}

HuffmanCode read_code_length_code(BitReader& reader, std::size_t count) {
    constexpr std::array<std::uint8_t, 19> order{16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                 11, 4,  12, 3, 13, 2, 14, 1, 15};
    std::array<std::uint8_t, 19> lengths{};
    for (std::size_t i = 0; i < count; ++i)
        lengths[order[i]] = static_cast<std::uint8_t>(reader.bits(3));
    return {lengths, false};
}

/// Code lengths and their repetitions (RFC 1951 3.2.7).
void read_lengths(BitReader& reader, HuffmanCode const& code, std::span<std::uint8_t> lengths) {
    for (std::size_t at = 0; at < lengths.size();) {
        auto const symbol = code.decode(reader);
        if (symbol < 16) {
            lengths[at++] = static_cast<std::uint8_t>(symbol);
            continue;
        }
        if (symbol == 16 && at == 0) throw CorruptDeflate{};
        auto const repeated = symbol == 16 ? lengths[at - 1] : std::uint8_t{0};
        std::size_t const times = symbol == 16   ? 3 + reader.bits(2)
                                  : symbol == 17 ? 3 + reader.bits(3)
                                                 : 11 + reader.bits(7);
        if (times > lengths.size() - at) throw CorruptDeflate{};
        std::fill_n(lengths.begin() + static_cast<std::ptrdiff_t>(at), times, repeated);
        at += times;
    }
}

}  // namespace

HuffmanCode::HuffmanCode(std::span<std::uint8_t const> lengths, bool may_be_single) {
    for (auto const length : lengths) ++count_[length];
    check_completeness(lengths.size(), may_be_single);
    std::array<std::uint16_t, 16> offset{};
    for (std::size_t length = 1; length < 15; ++length)
        offset[length + 1] = static_cast<std::uint16_t>(offset[length] + count_[length]);
    for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol)
        if (lengths[symbol] != 0)
            symbols_[offset[lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
    fill_short_codes();
}

/// Codes are packed from their most significant bit on (RFC 1951 3.1.1), so that the first bit of a
/// code is the lowest of the bits ahead.
void HuffmanCode::fill_short_codes() {
    std::uint32_t code = 0;
    std::size_t index = 0;
    for (unsigned length = 1; (std::size_t{1} << length) <= short_codes_.size(); ++length) {
        for (std::size_t i = 0; i < count_[length]; ++i, ++code, ++index) {
            std::size_t reversed = 0;
            for (unsigned bit = 0; bit < length; ++bit)
                reversed |= std::size_t{code >> (length - 1 - bit) & 1U} << bit;
            for (auto at = reversed; at < short_codes_.size(); at += std::size_t{1} << length)
                short_codes_[at] = {symbols_[index], static_cast<std::uint16_t>(length)};
        }
        code <<= 1U;
    }
}

std::uint32_t HuffmanCode::decode_bit_by_bit(BitReader& reader) const {
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
    throw CorruptDeflate{};
}

void HuffmanCode::check_completeness(std::size_t symbols, bool may_be_single) const {
    int left = 1;
    for (std::size_t length = 1; length <= 15; ++length) {
        left = left * 2 - count_[length];
        if (left < 0) throw CorruptDeflate{};
    }
    auto const used = symbols - count_[0];
    bool const single = used == 0 || (used == 1 && count_[1] == 1);
    if (left > 0 && !(may_be_single && single)) throw CorruptDeflate{};
}

BlockCodes const& fixed_codes() {
    static BlockCodes const codes = make_fixed_codes();
    return codes;
}

BlockCodes read_dynamic_codes(BitReader& reader) {
    std::size_t const literals = reader.bits(5) + 257;
    std::size_t const distances = reader.bits(5) + 1;
    std::size_t const code_lengths = reader.bits(4) + 4;
    if (literals > 286 || distances > 30) throw CorruptDeflate{};
    auto const code = read_code_length_code(reader, code_lengths);
    std::array<std::uint8_t, 286 + 30> lengths{};
    auto const used = std::span(lengths).first(literals + distances);
    read_lengths(reader, code, used);
    if (lengths[end_of_block] == 0) throw CorruptDeflate{};
    return {HuffmanCode(used.first(literals), true), HuffmanCode(used.subspan(literals), true)};
}

}  // namespace wsproof::wire
