// The reports of Autobahn|Testsuite made from ours: index.json, a file per case, an index.html, so
// that scripts that read them go on working (docs/autobahn.md).
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "reports/model.hpp"

namespace wsproof::report::autobahn {

/// A server as Autobahn's users call it, with the report on it.
struct Agent {
    std::string name = {};
    Report const* report = nullptr;
    /// What to tell of; nothing: every number that a case of the report has and -s did not leave
    /// out.
    std::optional<std::set<std::string>> numbers = std::nullopt;
    std::string page = {};  ///< our own HTML report, relative to the folder; empty: there is none
};

struct File {
    std::string name = {};
    std::string text = {};
};

/// Names of the folder's files and their contents; index.json is the last, so that who waits for it
/// finds the others.
std::vector<File> files_of(std::span<Agent const> agents);

/// The agent's name in file names: "helpers_low" for "helpers/low".
std::string file_name_part(std::string_view agent);

/// The name of a report's server: what the user calls it, else its Server field, else
/// "UnknownServer".
std::string agent_name(Report const& report);

}  // namespace wsproof::report::autobahn
