// The command line and the environment, read into Values by the table of options.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/values.hpp"

namespace wsproof::cli {

/// A variable of the environment; nothing when it is not set.
using Environment = std::function<std::optional<std::string>(std::string const&)>;

struct Invocation {
    Verb verb = Verb::test;
    bool help = false;
    bool whole_help = false;     ///< help asked for without a verb
    bool markdown_help = false;  ///< all options as docs/cli.md has them
    bool man_help = false;       ///< the manual page
    bool exit_codes_help = false;
    Values values = {};
    std::vector<std::string> argv = {};  ///< as typed, program included
};

/// Throws UsageError with one line that names the flag and, where one is near, what was meant.
Invocation parse(std::span<std::string const> argv, Environment const& environment);

/// A value for an option that takes one of a closed list of words; throws UsageError.
void check_choice(Option const& option, Value const& value);

}  // namespace wsproof::cli
