// Completion scripts, made from the tables of verbs and options. What cases there are, a script
// asks the binary when the user does.
#pragma once

#include <string>

namespace wsproof::cli {

std::string bash_completions();
std::string zsh_completions();
std::string fish_completions();

}  // namespace wsproof::cli
