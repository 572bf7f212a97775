// The steps of a case as sentences, for `explain`.
#pragma once

#include <string>
#include <vector>

#include "harness/script/case.hpp"

namespace wsproof::cli {

/// One line a step; outcomes of an expectation are lines of their own, indented.
std::vector<std::string> in_words(script::Step const& step);

}  // namespace wsproof::cli
