// Writes the folder of `-r autobahn=DIR`.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "reports/autobahn/autobahn.hpp"

namespace wsproof::cli {

/// Goes on after a failure; the lines tell what could not be written.
std::vector<std::string> write_autobahn(std::string const& folder,
                                        std::span<report::autobahn::Agent const> agents);

/// How a page is reached from the folder; empty for an empty path.
std::string seen_from(std::string const& folder, std::string const& page);

}  // namespace wsproof::cli
