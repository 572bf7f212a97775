// Published weaknesses of libraries (cases/advisories.jsonc), for whoever knows the name and the
// version of what a target runs on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wsproof::script {

/// Versions from the first on, up to but without the second.
struct Versions {
    std::string from = {};  ///< empty: from the beginning
    std::string before = {};
};

struct Advisory {
    std::string id = {};                    ///< "CVE-2024-37890"
    std::vector<std::string> library = {};  ///< its names, in lower case: "ws"
    std::vector<Versions> affected = {};
    std::string about = {};  ///< what it is about, in a clause
};

/// "1.10" comes behind "1.9"; what stands behind the numbers ("-M1", "rc2") does not count.
bool is_older(std::string_view version, std::string_view than);

/// True when that version of a library of that name is affected, as far as the table knows.
bool affects(Advisory const& advisory, std::string_view library, std::string_view version);

}  // namespace wsproof::script
