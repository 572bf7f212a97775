// Help texts and docs/cli.md, both made from the table of options.
#pragma once

#include <string>

#include "cli/options.hpp"

namespace wsproof::cli {

std::string whole_help();
std::string help_of(Verb verb);
/// The whole of docs/cli.md.
std::string options_as_markdown();

}  // namespace wsproof::cli
