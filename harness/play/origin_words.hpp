// What the origin cases make of the origin that a target accepts: its pieces, and hosts that a
// careless comparison takes for it.
#pragma once

#include <string>
#include <string_view>

namespace wsproof::play {

/// The value of `${target.NAME}` for the names that begin with "origin_" (docs/case-language.md).
/// Empty where the origin has nothing of the kind, such as a parent domain.
std::string origin_word(std::string_view name, std::string_view origin);

}  // namespace wsproof::play
