// Which published weaknesses may concern a target, by the names and versions that are known of it.
#pragma once

#include <string>
#include <vector>

#include "harness/script/catalogue.hpp"
#include "reports/model.hpp"

namespace wsproof::report {

struct Library {
    std::string name = {};  ///< in lower case
    std::string version = {};
    bool by_owner = false;  ///< else the Server field says so
};

/// What --server-lib and the Server field name: "ws@8.17.0", "Jetty(9.4.38)", "Python/3.11
/// websockets/10.4".
std::vector<Library> libraries_of(TargetInfo const& target);

/// "ws 8.17.0 (--server-lib): CVE-2024-37890, a request with …"; empty when nothing matches.
std::string advisories_in_words(TargetInfo const& target, script::Catalogue const& catalogue);

}  // namespace wsproof::report
