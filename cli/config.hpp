// wsproof.toml: found, read strictly, and put below flags and environment (docs/cli.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/parse.hpp"
#include "cli/values.hpp"

namespace wsproof::cli {

/// `[[skip]]`: cases that the user leaves out of a target's run, and why.
struct SkipRule {
    std::vector<std::string> cases = {};  ///< expressions, as -s takes them
    std::string place = {};               ///< "wsproof.toml:12"
    std::string why = {};
};

struct Config {
    std::string path = {};         ///< empty: no file
    std::string target_name = {};  ///< of the section that was used
    std::string url = {};
    std::string url_place = {};
    std::vector<SkipRule> skips = {};
};

/// Upwards from a folder to the repository's root, or to the root of the file system.
std::optional<std::filesystem::path> find_config(std::filesystem::path from);

/// Reads a file into the values. Throws UsageError with file and line: unknown keys (with what was
/// meant), wrong types, variables that are not set, targets that are not there.
Config read_config(std::string const& path, std::string const& text, Invocation& invocation,
                   Environment const& environment);

/// The names of the sections [target.NAME] of a file, in the order of the alphabet. Throws
/// UsageError.
std::vector<std::string> target_names(std::string const& path, std::string const& text);

/// The file that --config names, or the one that is found; nothing with --no-config.
Config load_config(Invocation& invocation, Environment const& environment);

}  // namespace wsproof::cli
