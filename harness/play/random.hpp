// Random bytes that depend on a seed alone: masking keys, nonces, tokens (docs/architecture.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "reference_impl/wire/masking.hpp"

namespace wsproof::play {

/// SplitMix64: small, seedable, the same on every machine. RFC 6455 5.3 wants unpredictable masking
/// keys to protect intermediaries; a tester wants every byte to be the same again.
class Random {
public:
    explicit Random(std::uint64_t seed) noexcept : state_(seed) {}

    std::uint64_t next() noexcept;
    void fill(std::span<std::byte> bytes) noexcept;
    wire::MaskingKey masking_key() noexcept;
    std::string token();  ///< 16 hexadecimal digits

private:
    std::uint64_t state_;
};

}  // namespace wsproof::play
