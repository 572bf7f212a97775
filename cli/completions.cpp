// `wsproof completions SHELL`.
#include "cli/completions.hpp"

#include <fmt/format.h>

#include "cli/exit_code.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"

namespace wsproof::cli {
namespace {

std::string completions_for(std::string const& shell) {
    if (shell == "bash") return bash_completions();
    if (shell == "zsh") return zsh_completions();
    if (shell == "fish") return fish_completions();
    throw UsageError(
        fmt::format("completions: '{}' is no shell known here: bash, zsh or fish", shell));
}

}  // namespace

int completions(Invocation& invocation, Environment const& environment) {
    Terminal terminal(invocation.values, environment);
    terminal.result(completions_for(invocation.values.positionals.front()));
    return terminal.failed() ? exit_code::incomplete : exit_code::ok;
}

}  // namespace wsproof::cli
