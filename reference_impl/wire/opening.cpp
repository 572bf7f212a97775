#include "reference_impl/wire/opening.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <cstdint>

namespace wsproof::wire {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::optional<std::uint32_t> value_of(char digit) noexcept {
    auto const at = alphabet.find(digit);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<std::uint32_t>(at);
}

}  // namespace

std::string accept_value(std::string_view key) {
    return accept_value(key, guid);
}

std::string accept_value(std::string_view key, std::string_view with_guid) {
    std::string text(key);
    text += with_guid;
    return base64_encode(sha1(as_bytes(text)));
}

Bytes sha1(ByteView bytes) {
    Bytes digest(SHA_DIGEST_LENGTH);
    SHA1(reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
    return digest;
}

std::string base64_encode(ByteView bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        auto const group = bytes.subspan(at, std::min<std::size_t>(3, bytes.size() - at));
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits = bits << 8 | (i < group.size() ? std::to_integer<std::uint32_t>(group[i]) : 0);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= group.size() ? alphabet[bits >> (18 - 6 * i) & 0x3F] : '=';
    }
    return text;
}

std::optional<Base64> base64_decode(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=')
        ++padding;
    text.remove_suffix(padding);

    Base64 decoded;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (char const digit : text) {
        auto const value = value_of(digit);
        if (!value) return std::nullopt;
        bits = bits << 6 | *value;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        decoded.bytes.push_back(static_cast<std::byte>(bits >> held & 0xFF));
    }
    decoded.pad_bits_zero = (bits & ((1U << held) - 1)) == 0;
    return decoded;
}

std::string key_from(std::span<std::byte const, 16> nonce) {
    return base64_encode(nonce);
}

}  // namespace wsproof::wire
