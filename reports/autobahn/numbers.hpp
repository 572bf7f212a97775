// The numbers that Autobahn|Testsuite gives its 517 cases. Ours carry them as aliases
// ("autobahn:7.9.1").
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wsproof::report::autobahn {

/// All of them, in the order of the suite: 1.1.1 first, 13.7.18 last.
std::vector<std::string> const& all_numbers();

/// Its place in that order, counted from 1; 0 for what is no number of the suite.
std::size_t index_of(std::string_view number);

/// "7.9.1" of "autobahn:7.9.1"; nothing for an alias of another suite.
std::optional<std::string> number_in(std::string_view alias);

/// False when the expressions of -s (docs/cli.md) are about numbers alone and this is none of them:
/// a case that stands for two numbers may have been chosen for the other.
bool is_among(std::vector<std::string> const& selection, std::string_view number);

}  // namespace wsproof::report::autobahn
