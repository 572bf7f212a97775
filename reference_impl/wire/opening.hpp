// Values that both sides of the opening handshake compute (RFC 6455 1.3, 4.1, 4.2.2).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::wire {

inline constexpr std::string_view guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Sec-WebSocket-Accept for a Sec-WebSocket-Key: base64 of the SHA-1 of the key as spelled and the
/// GUID.
std::string accept_value(std::string_view key);

/// The same with another GUID, to recognise common mistakes.
std::string accept_value(std::string_view key, std::string_view with_guid);

/// SHA-1, 20 bytes.
Bytes sha1(ByteView bytes);

std::string base64_encode(ByteView bytes);

/// Strict: alphabet, padding and length; `pad_bits_zero` tells of non-canonical pad bits (erratum
/// 3150).
struct Base64 {
    Bytes bytes = {};
    bool pad_bits_zero = true;
};
std::optional<Base64> base64_decode(std::string_view text);

/// Sec-WebSocket-Key from 16 random bytes.
std::string key_from(std::span<std::byte const, 16> nonce);

}  // namespace wsproof::wire
