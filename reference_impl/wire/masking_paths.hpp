// The ways of masking that a processor may offer, named so that tests and benchmarks can choose.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "reference_impl/wire/masking.hpp"

namespace wsproof::wire {

struct MaskingPath {
    std::string_view name = {};
    bool supported = false;  ///< by this processor
    /// At least 32 bytes.
    void (*mask)(std::byte* data, std::size_t size, RepeatedKey key) noexcept = nullptr;
};

/// The fastest first; the last one is always supported. `mask` takes the first supported one.
std::span<MaskingPath const> masking_paths() noexcept;

}  // namespace wsproof::wire
