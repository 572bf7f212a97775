// Byte strings, and their forms as text and hexadecimal digits.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wsproof::wire {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<std::byte const>;

/// The bytes behind a text, without copying; valid as long as the text is.
ByteView as_bytes(std::string_view text) noexcept;

/// The text behind bytes, without copying and without any check of what they spell.
std::string_view as_text(ByteView bytes) noexcept;

Bytes to_bytes(std::string_view text);
std::string to_text(ByteView bytes);

void append(Bytes& to, ByteView bytes);
/// The same bytes, compared many at once.
bool equal(ByteView a, ByteView b) noexcept;

/// Lower-case hexadecimal digits, two a byte.
std::string to_hex(ByteView bytes);

/// Reads digits of either case; blanks between bytes are skipped. Nothing when a digit is odd or
/// foreign.
std::optional<Bytes> from_hex(std::string_view digits);

}  // namespace wsproof::wire
