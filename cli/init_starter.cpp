#include "cli/init_starter.hpp"

#include <fmt/format.h>

#include <array>

#include "cli/toml_text.hpp"

namespace wsproof::cli {
namespace {

struct Kind {
    std::string_view file;
    Project project;
};

constexpr std::array kinds{
    Kind{"CMakeLists.txt", {"a CMake project", "./build/server --port {port}"}},
    Kind{"Cargo.toml", {"a Cargo project", "cargo run --release -- --port {port}"}},
    Kind{"go.mod", {"a Go module", "go run . -port {port}"}},
    Kind{"package.json", {"a Node.js project", "node server.js {port}"}},
    Kind{"pyproject.toml", {"a Python project", "python3 -m server {port}"}},
};
constexpr Project any_project{"", "./server --port {port}"};

}  // namespace

Project project_in(std::filesystem::path const& folder) {
    for (auto const& kind : kinds)
        if (std::error_code ignored; std::filesystem::exists(folder / kind.file, ignored))
            return kind.project;
    return any_project;
}

std::string starter_text(Project const& project, std::string const& url) {
    auto const target = !url.empty() ? fmt::format("url = {}\n", toml_text(url))
                                     : fmt::format(
                                           "spawn = {}   # yours; {{port}} is a free port\n"
                                           "ready = \"ws\"   # or tcp, http:/health, log:REGEX\n",
                                           toml_text(project.spawn));
    return fmt::format(
        "# written by `wsproof init`; `wsproof test --print-config` shows what is in force\n"
        "format = 1\n\n[run]\nprofile = \"default\"   # smoke takes a second, full has limits too\n"
        "fail_on = \"must\"      # or should, any, never\n\n[report]\n"
        "make = [\"html\", \"json\", \"junit\"]\n\n[target.server]\n{}",
        target);
}

std::string starter_next(Project const& project, std::string const& url) {
    std::string text = "\nnext: ";
    if (url.empty())
        text +=
            fmt::format("put the command that starts your server behind spawn{}, then\n",
                        project.name.empty() ? std::string()
                                             : fmt::format(" (this looks like {})", project.name));
    text += url.empty() ? "      wsproof test\n" : "wsproof test\n";
    if (project.name == "a CMake project")
        text += "      or, as a test of CTest: find_package(wsproof) and wsproof_add_test()\n";
    return text;
}

}  // namespace wsproof::cli
