// Help texts and docs/cli.md, both made from the table of options.
#pragma once

#include <string>

#include "cli/options.hpp"

namespace wsproof::cli {

std::string whole_help();
std::string help_of(Verb verb);
std::string exit_codes_help();
/// The part of docs/cli.md that is made from the table: everything behind its marker.
inline constexpr char const* markdown_marker = "<!-- below: `wsproof help --markdown` -->\n";
std::string options_as_markdown();

}  // namespace wsproof::cli
