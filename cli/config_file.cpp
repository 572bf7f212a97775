// Where wsproof.toml lies, and what stands there in its place by mistake.
#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "cli/autobahn_spec.hpp"
#include "cli/config.hpp"

namespace wsproof::cli {

std::optional<std::filesystem::path> find_config(std::filesystem::path from) {
    std::error_code ignored;
    for (;;) {
        if (std::filesystem::is_regular_file(from / "wsproof.toml", ignored))
            return from / "wsproof.toml";
        if (std::filesystem::exists(from / ".git", ignored) || !from.has_relative_path())
            return std::nullopt;
        from = from.parent_path();
    }
}

Config load_config(Invocation& invocation, Environment const& environment) {
    auto& values = invocation.values;
    if (values.flag("no-config")) return {};
    auto path = values.text("config");
    if (path.empty()) {
        std::error_code error;
        auto const found = find_config(std::filesystem::current_path(error));
        if (error || !found) return {};
        path = std::filesystem::relative(*found, error).string();
        if (error || path.empty()) path = found->string();
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) throw UsageError(fmt::format("{}: the config file cannot be read", path));
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    if (is_autobahn_spec(path, text))
        throw UsageError(
            fmt::format("{0}: a spec of Autobahn, which `wsproof test` takes; `wsproof init --from "
                        "{0}` makes a wsproof.toml of it",
                        path));
    return read_config(path, text, invocation, environment);
}

}  // namespace wsproof::cli
