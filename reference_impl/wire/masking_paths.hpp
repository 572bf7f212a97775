// The ways of masking that a processor may offer, named so that tests and benchmarks can choose.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace wsproof::wire {

struct MaskingPath {
    std::string_view name = {};
    bool supported = false;  ///< by this processor
    /// At least 32 bytes; `key` is the masking key twice, as it meets the first byte.
    void (*mask)(std::byte* data, std::size_t size, std::uint64_t key) noexcept = nullptr;
};

/// The fastest first; the last one is always supported. `mask` takes the first supported one.
std::span<MaskingPath const> masking_paths() noexcept;

}  // namespace wsproof::wire
