// Any text as wsproof.toml: read, or refused as bad usage, in one line that names the file.
#include "cli/config.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets/input.hpp"

namespace wsproof::fuzz {

WSPROOF_FUZZ_TARGET(config) {
    cli::Invocation invocation;
    cli::Environment const environment = [](std::string const& name) {
        return name == "TOKEN" ? std::optional<std::string>("secret") : std::nullopt;
    };
    try {
        auto const config = cli::read_config("wsproof.toml", std::string(Input(data).text()),
                                             invocation, environment);
        require(config.path == "wsproof.toml", "the path of the file");
    } catch (cli::UsageError const& error) {
        require(std::string_view(error.what()).starts_with("wsproof.toml"),
                "an error that names the file", [&] { return std::string(error.what()); });
    }
}

}  // namespace wsproof::fuzz
