// Masking of payload data (RFC 6455 5.3).
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace wsproof::wire {

using MaskingKey = std::array<std::byte, 4>;

/// XORs the bytes with the key, in place; unmasking is the same operation. `offset` is the position
/// of the first byte within the payload data, so that a payload may be masked in pieces.
void mask(std::span<std::byte> bytes, MaskingKey key, std::size_t offset = 0) noexcept;

}  // namespace wsproof::wire
