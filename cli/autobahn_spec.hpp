// Spec files of Autobahn|Testsuite's mode fuzzingclient, as they are (docs/autobahn.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/parse.hpp"

namespace wsproof::cli {

struct AutobahnServer {
    std::string url = {};
    std::string agent = {};     ///< empty: the server's own name is taken
    std::string hostname = {};  ///< to ask for (SNI) and to verify
    std::string origin = {};
    std::vector<std::string> protocols = {};
};

struct AutobahnSpec {
    using Patterns = std::vector<std::string>;

    std::string path = {};
    std::vector<AutobahnServer> servers = {};
    Patterns cases = {};
    Patterns excluded = {};
    /// By patterns of agents, in the order of the file.
    std::vector<std::pair<std::string, Patterns>> excluded_for_agents = {};
    std::string outdir = "./reports/servers";
    std::vector<std::string> without_effect = {};  ///< keys that change nothing here
};

/// A JSON object is one; whatever is called .json is meant to be one.
bool is_autobahn_spec(std::string_view path, std::string_view text);

/// Throws UsageError with file, line or key, and the cure.
AutobahnSpec read_autobahn_spec(std::string const& path, std::string_view text);

/// The file that -c names, if it is a spec.
std::optional<AutobahnSpec> autobahn_spec_of(Values const& values);

}  // namespace wsproof::cli
