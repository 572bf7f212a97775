// "Did you mean …?": the known name that is nearest to what somebody typed.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace wsproof::run {

/// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest name; empty when none is near enough to be meant.
std::string nearest(std::string_view typed, std::span<std::string const> names);

}  // namespace wsproof::run
