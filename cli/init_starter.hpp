// A wsproof.toml for who has none: `wsproof init` without a spec.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace wsproof::cli {

/// What a folder seems to hold, and how its server would be started.
struct Project {
    std::string_view name = {};   ///< "a CMake project"
    std::string_view spawn = {};  ///< "./build/server --port {port}"
};

/// By the file that each kind has at its top.
Project project_in(std::filesystem::path const& folder);

/// A target at the URL or, without one, one that is started.
std::string starter_text(Project const& project, std::string const& url);

/// How to go on.
std::string starter_next(Project const& project, std::string const& url);

}  // namespace wsproof::cli
