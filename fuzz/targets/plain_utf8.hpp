// UTF-8 by arithmetic (RFC 3629 3): a byte is impossible when no character begins so. Slow, and
// without a table.
#pragma once

#include <cstdint>
#include <optional>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::fuzz {

struct PlainUtf8 {
    std::optional<std::size_t> impossible = std::nullopt;  ///< the first byte that cannot be
    bool complete = true;                                  ///< no character is unfinished
};

/// Whether a character lies between the two, of those that need so many bytes.
constexpr bool has_character(std::uint32_t least, std::uint32_t most, unsigned bytes) {
    constexpr std::uint32_t shortest[]{0, 0, 0x80, 0x800, 0x10000};
    constexpr std::uint32_t last = 0x10FFFF;
    if (most < shortest[bytes] || least > last) return false;
    return least < 0xD800 || most > 0xDFFF;  // surrogates are no characters
}

inline PlainUtf8 read_plain_utf8(wire::ByteView text) {
    std::uint32_t bits = 0;
    unsigned length = 1;
    unsigned left = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const byte = std::to_integer<std::uint32_t>(text[at]);
        if (left == 0 && byte < 0x80) continue;
        bool const continues = byte >> 6U == 2;
        if (continues != (left != 0) || byte >= 0xF8) return {at, false};
        if (continues) {
            bits = bits << 6U | (byte & 0x3FU);
            --left;
        } else {
            length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
            bits = byte & (0x7FU >> length);
            left = length - 1;
        }
        auto const least = bits << 6U * left;
        auto const most = least | ((1U << 6U * left) - 1);
        if (!has_character(least, most, length)) return {at, false};
    }
    return {std::nullopt, left == 0};
}

}  // namespace wsproof::fuzz
