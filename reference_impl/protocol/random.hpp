// Masking keys and nonces that derive from a seed, so that a run can be repeated byte for byte.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "reference_impl/wire/masking.hpp"

namespace wsproof::reference {

/// splitmix64. RFC 6455 10.3 asks for keys that an attacker cannot foresee: whoever runs an
/// endpoint in earnest gives it a seed from the system's source of entropy.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_{seed} {}

    std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15U;
        auto value = state_;
        value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
        value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
        return value ^ (value >> 31U);
    }

    wire::MaskingKey masking_key() noexcept {
        return std::bit_cast<wire::MaskingKey>(static_cast<std::uint32_t>(next() >> 32U));
    }

    std::array<std::byte, 16> nonce() noexcept {
        return std::bit_cast<std::array<std::byte, 16>>(std::array{next(), next()});
    }

private:
    std::uint64_t state_;
};

}  // namespace wsproof::reference
