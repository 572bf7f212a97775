#include "reference_impl/wire/utf8.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace wsproof::wire {
namespace {

// States: between characters, or which continuation bytes must follow (RFC 3629 4).
enum State : std::uint8_t {
    between_characters,
    one_left,
    two_left,
    three_left,
    two_left_a0_to_bf,    // after E0: less would be an overlong form
    two_left_80_to_9f,    // after ED: more would be a surrogate
    three_left_90_to_bf,  // after F0: less would be an overlong form
    three_left_80_to_8f,  // after F4: more would lie beyond U+10FFFF
    impossible,
    number_of_states
};

using Row = std::array<std::uint8_t, 256>;

constexpr void allow(Row& row, unsigned first, unsigned last, State next) {
    for (unsigned byte = first; byte <= last; ++byte) row[byte] = next;
}

constexpr auto transitions = [] {
    std::array<Row, number_of_states> table{};
    for (auto& row : table) row.fill(impossible);
    auto& lead = table[between_characters];
    allow(lead, 0x00, 0x7F, between_characters);
    allow(lead, 0xC2, 0xDF, one_left);
    allow(lead, 0xE0, 0xE0, two_left_a0_to_bf);
    allow(lead, 0xE1, 0xEC, two_left);
    allow(lead, 0xED, 0xED, two_left_80_to_9f);
    allow(lead, 0xEE, 0xEF, two_left);
    allow(lead, 0xF0, 0xF0, three_left_90_to_bf);
    allow(lead, 0xF1, 0xF3, three_left);
    allow(lead, 0xF4, 0xF4, three_left_80_to_8f);
    allow(table[one_left], 0x80, 0xBF, between_characters);
    allow(table[two_left], 0x80, 0xBF, one_left);
    allow(table[three_left], 0x80, 0xBF, two_left);
    allow(table[two_left_a0_to_bf], 0xA0, 0xBF, one_left);
    allow(table[two_left_80_to_9f], 0x80, 0x9F, one_left);
    allow(table[three_left_90_to_bf], 0x90, 0xBF, two_left);
    allow(table[three_left_80_to_8f], 0x80, 0x8F, two_left);
    return table;
}();

/// Below this size a call into the vector code costs more than the automaton.
constexpr std::size_t bulk_from = 24;

template <std::size_t block>
bool is_ascii(std::byte const* at) noexcept {
    std::array<std::uint64_t, block / 8> words{};
    std::memcpy(words.data(), at, block);
    std::uint64_t all = 0;
    for (auto const word : words) all |= word;
    return (all & 0x8080808080808080U) == 0;
}

std::size_t ascii_blocks_portable(ByteView bytes, std::size_t at) noexcept {
    constexpr std::size_t block = 32;
    while (bytes.size() - at >= block && is_ascii<block>(bytes.data() + at)) at += block;
    return at;
}

#if defined(__x86_64__)

[[gnu::target("avx2")]] std::size_t ascii_blocks_avx2(ByteView bytes) noexcept {
    constexpr std::size_t block = 128;
    std::size_t at = 0;
    for (; bytes.size() - at >= block; at += block) {
        auto const* const vectors = reinterpret_cast<__m256i const*>(bytes.data() + at);
        auto const front =
            _mm256_or_si256(_mm256_loadu_si256(vectors), _mm256_loadu_si256(vectors + 1));
        auto const back =
            _mm256_or_si256(_mm256_loadu_si256(vectors + 2), _mm256_loadu_si256(vectors + 3));
        if (_mm256_movemask_epi8(_mm256_or_si256(front, back)) != 0) break;
    }
    return at;
}

/// Length of the run of ASCII at the start, in whole blocks.
std::size_t ascii_blocks(ByteView bytes) noexcept {
    bool const wide = bytes.size() >= 128 && __builtin_cpu_supports("avx2");
    return ascii_blocks_portable(bytes, wide ? ascii_blocks_avx2(bytes) : 0);
}

#else

std::size_t ascii_blocks(ByteView bytes) noexcept {
    return ascii_blocks_portable(bytes, 0);
}

#endif

/// How many bytes at the end may belong to a character that is not complete yet.
std::size_t unfinished_at_end(ByteView bytes) noexcept {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); ++back) {
        auto const byte = std::to_integer<unsigned>(bytes[bytes.size() - back]);
        if (byte < 0x80) return 0;
        if (byte < 0xC0) continue;
        std::size_t const length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        return length > back ? back : 0;
    }
    return 0;
}

bool valid_in_bulk(ByteView bytes) noexcept {
    auto const text = as_text(bytes);
    return simdjson::validate_utf8(text.data(), text.size());
}

}  // namespace

bool Utf8Validator::feed(ByteView bytes) noexcept {
    if (error_position_) return false;
    std::size_t at = 0;
    auto const step_to = [&](std::size_t end, bool until_between) {
        while (at < end && (!until_between || state_ != between_characters)) {
            state_ = transitions[state_][std::to_integer<std::size_t>(bytes[at])];
            if (state_ == impossible) {
                error_position_ = position_ + at;
                return false;
            }
            ++at;
        }
        return true;
    };

    if (!step_to(bytes.size(), true)) return false;
    if (bytes.size() - at >= bulk_from) at += ascii_blocks(bytes.subspan(at));
    if (bytes.size() - at >= bulk_from) {
        auto const rest = bytes.subspan(at);
        auto const whole = rest.first(rest.size() - unfinished_at_end(rest));
        // The vector code only says that something is wrong; the automaton then finds where.
        if (valid_in_bulk(whole)) at += whole.size();
    }
    if (!step_to(bytes.size(), false)) return false;
    position_ += bytes.size();
    return true;
}

bool is_valid_utf8(ByteView bytes) noexcept {
    Utf8Validator validator;
    return validator.feed(bytes) && validator.complete();
}

}  // namespace wsproof::wire
