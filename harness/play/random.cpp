#include "harness/play/random.hpp"

#include <array>

#include "harness/play/player.hpp"
#include "reference_impl/wire/bytes.hpp"

namespace wsproof::play {

std::uint64_t Random::next() noexcept {
    state_ += 0x9E3779B97F4A7C15ULL;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31U);
}

void Random::fill(std::span<std::byte> bytes) noexcept {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i % 8 == 0) word = next();
        bytes[i] = static_cast<std::byte>(word & 0xFFU);
        word >>= 8U;
    }
}

wire::MaskingKey Random::masking_key() noexcept {
    wire::MaskingKey key{};
    fill(key);
    return key;
}

std::string Random::token() {
    std::array<std::byte, 8> bytes{};
    fill(bytes);
    return wire::to_hex(bytes);
}

std::uint64_t case_seed(std::uint64_t run_seed, std::string_view variant_id) noexcept {
    std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a
    for (auto const character : variant_id) {
        hash ^= static_cast<unsigned char>(character);
        hash *= 0x100000001B3ULL;
    }
    return Random{hash ^ Random{run_seed}.next()}.next();
}

}  // namespace wsproof::play
