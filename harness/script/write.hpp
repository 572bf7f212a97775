// Writes a variant as a case file: findings of the fuzzer, replays, digests. What is written loads
// back to the same meaning.
#pragma once

#include <string>

#include "harness/script/case.hpp"

namespace wsproof::script {

/// The text of a case file with this one variant, its choices put in.
std::string write(Variant const& variant);

}  // namespace wsproof::script
