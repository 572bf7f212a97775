// Masking of payload data (RFC 6455 5.3).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace wsproof::wire {

using MaskingKey = std::array<std::byte, 4>;

/// A masking key twice, so that words of 8 bytes can be masked with it.
using RepeatedKey = std::uint64_t;

/// The key as it meets the bytes `distance` bytes further on.
constexpr RepeatedKey advanced_key(RepeatedKey key, std::size_t distance) noexcept {
    auto const bits = static_cast<int>(distance % 4 * 8);
    return std::endian::native == std::endian::little ? std::rotr(key, bits) : std::rotl(key, bits);
}

constexpr RepeatedKey repeated_key(MaskingKey key) noexcept {
    auto const once = std::bit_cast<std::uint32_t>(key);
    return RepeatedKey{once} << 32 | once;
}

/// XORs the bytes, in place, with a key that meets the first of them.
void mask_from_start(std::byte* data, std::size_t size, RepeatedKey key) noexcept;

/// XORs the bytes with the key, in place; unmasking is the same operation. `offset` is the position
/// of the first byte within the payload data, so that a payload may be masked in pieces.
inline void mask(std::span<std::byte> bytes, MaskingKey key, std::size_t offset = 0) noexcept {
    mask_from_start(bytes.data(), bytes.size(), advanced_key(repeated_key(key), offset));
}

}  // namespace wsproof::wire
