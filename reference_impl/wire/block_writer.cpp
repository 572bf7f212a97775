#include "reference_impl/wire/block_writer.hpp"

#include <array>
#include <bit>
#include <stdexcept>

#include "reference_impl/wire/huffman_code.hpp"

namespace wsproof::wire {
namespace {

struct Code {
    std::uint32_t bits = 0;
    unsigned length = 0;
};

/// The codes of two lengths: the first `shorter` symbols take `length` bits, the others one more
/// (3.2.2). Complete where shorter * 2 + the others fill 2^(length + 1).
Code code_of(std::uint32_t symbol, std::uint32_t shorter, unsigned length) {
    if (symbol < shorter) return {symbol, length};
    return {2 * shorter + (symbol - shorter), length + 1};
}

/// The fixed code of literals and lengths (3.2.6).
Code fixed_code(std::uint32_t symbol) {
    if (symbol < 144) return {0x30 + symbol, 8};
    if (symbol < 256) return {0x190 + (symbol - 144), 9};
    if (symbol < 280) return {symbol - 256, 7};
    return {0xC0 + (symbol - 280), 8};
}

// Our dynamic codes, complete and of two lengths each: 226 * 2 + 60 = 2^9, 2 * 2 + 28 = 2^5.
constexpr std::uint32_t literal_symbols = 286;
constexpr std::uint32_t shorter_literals = 226;
constexpr unsigned literal_length = 8;
constexpr std::uint32_t distance_symbols = 30;
constexpr std::uint32_t shorter_distances = 2;
constexpr unsigned distance_length = 4;

/// A symbol, and the extra bits behind it.
struct Spelled {
    std::uint32_t symbol = 0;
    std::uint32_t extra = 0;
    unsigned extra_bits = 0;
};

Spelled spell_length(std::uint32_t length) {
    if (length == longest_copy) return {285};
    auto const value = length - 3;
    if (value < 8) return {257 + value};
    auto const extra_bits = static_cast<unsigned>(std::bit_width(value)) - 3;
    return {257 + 4 * extra_bits + (value >> extra_bits), value & ((1U << extra_bits) - 1),
            extra_bits};
}

Spelled spell_distance(std::uint32_t distance) {
    auto const value = distance - 1;
    if (value < 4) return {value};
    auto const extra_bits = static_cast<unsigned>(std::bit_width(value)) - 2;
    return {2 * (extra_bits + 1) + ((value >> extra_bits) & 1U), value & ((1U << extra_bits) - 1),
            extra_bits};
}

}  // namespace

void BlockWriter::stored(ByteView bytes_of_block, bool final) {
    if (bytes_of_block.size() > longest_stored_block)
        throw std::invalid_argument("a stored block has at most 65,535 bytes (RFC 1951 3.2.4)");
    bits(final ? 1 : 0, 1);
    bits(0, 2);
    align();
    auto const size = static_cast<std::uint32_t>(bytes_of_block.size());
    bits(size, 16);
    bits(size ^ 0xFFFFU, 16);
    append(to_, bytes_of_block);
}

void BlockWriter::begin(BlockKind kind, bool final) {
    if (kind == BlockKind::stored)
        throw std::invalid_argument("a stored block takes its bytes at once");
    final_ = final;
    dynamic_ = kind == BlockKind::dynamic;
    bits(final ? 1 : 0, 1);
    bits(dynamic_ ? 2 : 1, 2);
    if (dynamic_) write_codes();
}

void BlockWriter::literals(ByteView bytes_of_block) {
    for (auto const byte : bytes_of_block) literal_or_length(std::to_integer<std::uint32_t>(byte));
}

void BlockWriter::copy(std::uint32_t length, std::uint32_t distance) {
    if (length < 3 || length > longest_copy || distance < 1 || distance > longest_copy_distance)
        throw std::invalid_argument("a copy has 3 to 258 bytes from at most 32,768 bytes back");
    auto const spelled_length = spell_length(length);
    literal_or_length(spelled_length.symbol);
    bits(spelled_length.extra, spelled_length.extra_bits);
    auto const spelled_distance = spell_distance(distance);
    distance_symbol(spelled_distance.symbol);
    bits(spelled_distance.extra, spelled_distance.extra_bits);
}

void BlockWriter::end() {
    literal_or_length(end_of_block);
    if (final_) align();  // what follows begins anew at a byte boundary (RFC 7692 7.2.3.5)
}

Bytes BlockWriter::finish() {
    bits(0, 3);
    align();
    auto payload_data = std::move(to_);
    *this = BlockWriter{};
    return payload_data;
}

/// 3.1.1: values begin with their least significant bit.
void BlockWriter::bits(std::uint32_t value, unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
        if (used_ == 0) to_.push_back(std::byte{0});
        auto const bit = static_cast<std::byte>(((value >> i) & 1U) << used_);
        to_.back() |= bit;
        used_ = (used_ + 1) % 8;
    }
}

void BlockWriter::align() {
    used_ = 0;
}

/// 3.1.1: Huffman codes begin with their most significant bit.
void BlockWriter::symbol(std::uint32_t code, unsigned length) {
    for (unsigned i = length; i-- > 0;) bits((code >> i) & 1U, 1);
}

void BlockWriter::literal_or_length(std::uint32_t value) {
    auto const code =
        dynamic_ ? code_of(value, shorter_literals, literal_length) : fixed_code(value);
    symbol(code.bits, code.length);
}

void BlockWriter::distance_symbol(std::uint32_t value) {
    auto const code =
        dynamic_ ? code_of(value, shorter_distances, distance_length) : Code{value, 5};
    symbol(code.bits, code.length);
}

/// The head of a dynamic block (3.2.7): how many codes, the code of their lengths, the lengths.
void BlockWriter::write_codes() {
    // Of the lengths 4, 5, 8, 9 and of 16, "repeat the one before"; 2, 2, 2, 3 and 3 bits are
    // complete. In the order of symbols: 5 is 00, 8 is 01, 9 is 10, 4 is 110, 16 is 111.
    constexpr std::array<std::uint32_t, 12> lengths_in_file_order{
        3, 0, 0, 0, 2, 0, 2, 0, 0, 2, 0, 3};  // 16 17 18 0 8 7 9 6 10 5 11 4
    bits(literal_symbols - 257, 5);
    bits(distance_symbols - 1, 5);
    bits(static_cast<std::uint32_t>(lengths_in_file_order.size()) - 4, 4);
    for (auto const length : lengths_in_file_order) bits(length, 3);
    auto const run = [this](std::uint32_t code, unsigned length, std::uint32_t count) {
        symbol(code, length);
        for (auto left = count - 1; left > 0;) {
            auto const repeats = left >= 6 ? 6U : left;
            if (repeats < 3) {
                symbol(code, length);
                --left;
                continue;
            }
            symbol(7, 3);
            bits(repeats - 3, 2);
            left -= repeats;
        }
    };
    run(1, 2, shorter_literals);
    run(2, 2, literal_symbols - shorter_literals);
    run(6, 3, shorter_distances);
    run(0, 2, distance_symbols - shorter_distances);
}

}  // namespace wsproof::wire
