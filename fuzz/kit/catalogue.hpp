// The cases of wsproof, read once: their rules, and what they send.
#pragma once

#include <vector>

#include "fuzz/session.hpp"
#include "harness/script/catalogue.hpp"

namespace wsproof::kit {

script::Catalogue const& catalogue();

/// What the cases send that are sessions and short, each once.
std::vector<fuzz::Session> const& sessions_of_cases();

}  // namespace wsproof::kit
