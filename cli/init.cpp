// `wsproof init --from fuzzingclient.json`: a wsproof.toml and a baseline out of a spec of
// Autobahn.
#include <fmt/format.h>

#include <filesystem>

#include "cli/exit_code.hpp"
#include "cli/init_text.hpp"
#include "cli/outputs.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"

namespace wsproof::cli {
namespace {

constexpr auto config_path = "wsproof.toml";
constexpr auto baseline_path = ".wsproof/baseline.toml";

AutobahnSpec spec_to_convert(Values const& values) {
    auto const path = values.text("from");
    if (path.empty())
        throw UsageError(
            "`wsproof init` needs --from FILE, a spec of Autobahn's fuzzingclient; without one, "
            "docs/cli.md shows a wsproof.toml to begin with");
    auto const text = read_file(path);
    if (!text) throw UsageError(fmt::format("--from: {} cannot be read", path));
    return read_autobahn_spec(path, *text);
}

void refuse_to_overwrite(Values const& values) {
    if (values.flag("force")) return;
    for (auto const* const path : {config_path, baseline_path})
        if (std::error_code ignored; std::filesystem::exists(path, ignored))
            throw UsageError(
                fmt::format("{} is there already; --force replaces it, nothing was written", path));
}

}  // namespace

int init(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    auto const spec = spec_to_convert(values);
    refuse_to_overwrite(values);
    auto const catalogue = load_cases(values);
    AutobahnChoice const choice(spec, catalogue);
    auto const targets = targets_of(spec);
    auto const config = config_text(spec, choice, targets);
    auto const baseline = baseline_text(spec, choice, targets);
    std::error_code ignored;  // what follows from it is said by write_file
    std::filesystem::create_directories(std::filesystem::path(baseline_path).parent_path(),
                                        ignored);
    for (auto const& [path, text] :
         {std::pair(config_path, config), std::pair(baseline_path, baseline)}) {
        if (auto const trouble = write_file(path, text)) {
            terminal.remark(fmt::format("wsproof: {}\n", *trouble));
            return exit_code::incomplete;
        }
        terminal.result(fmt::format("wrote {}\n", path));
    }
    if (!values.flag("quiet")) terminal.result("\n" + config);
    terminal.result(next_step(targets));
    return terminal.failed() ? exit_code::incomplete : exit_code::ok;
}

}  // namespace wsproof::cli
