// Coverage of the model: libFuzzer keeps an input that takes the reference to a state, or brings it
// an input there, that none before it has.
#pragma once

#include <cstdint>
#include <span>

namespace wsproof::kit {

/// Counts for the input under way; whoever is not linked with an engine counts for nobody.
void note_coverage(std::span<std::uint64_t const> inputs);

}  // namespace wsproof::kit
