// `--print-config`: every value and where it comes from.
#pragma once

#include <string>

#include "cli/config.hpp"
#include "cli/parse.hpp"

namespace wsproof::cli {

std::string print_config(Invocation const& invocation, Config const& config);

}  // namespace wsproof::cli
