#include "fuzz/kit/model_coverage.hpp"

#include <array>
#include <cstddef>

namespace wsproof::kit {
namespace {

constexpr std::size_t size = 1U << 12U;

/// The engine finds the section by its name, and sets it to zero before each input.
[[gnu::section("__libfuzzer_extra_counters"), gnu::used]] std::array<std::uint8_t, size> counters;

}  // namespace

void note_coverage(std::span<std::uint64_t const> inputs) {
    for (auto const input : inputs) {
        auto const hash = input * 0x9E3779B97F4A7C15ULL >> 52U;
        counters[static_cast<std::size_t>(hash) % size] = 1;
    }
}

}  // namespace wsproof::kit
