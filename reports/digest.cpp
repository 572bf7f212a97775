#include "reports/digest.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace wsproof::report {
namespace {

using Digest = std::array<unsigned char, 32>;

Digest sha256(std::string_view text) {
    Digest digest{};
    if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("expected SHA-256 from the OpenSSL library; it refused");
    return digest;
}

}  // namespace

std::string sha256_hex(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (unsigned const byte : sha256(text)) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 0xFU];
    }
    return hex;
}

std::string sha256_base64(std::string_view text) {
    auto const digest = sha256(text);
    std::array<unsigned char, 45> encoded{};  // 44 digits and the end that EVP_EncodeBlock writes
    auto const size =
        EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(digest.size()));
    return {encoded.begin(), encoded.begin() + size};
}

}  // namespace wsproof::report
