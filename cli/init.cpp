// `wsproof init`: a wsproof.toml to begin with, or one with a baseline out of a spec of Autobahn.
#include <fmt/format.h>

#include <filesystem>

#include "cli/exit_code.hpp"
#include "cli/init_starter.hpp"
#include "cli/init_text.hpp"
#include "cli/outputs.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "harness/net/target.hpp"

namespace wsproof::cli {
namespace {

constexpr auto config_path = "wsproof.toml";
constexpr auto baseline_path = ".wsproof/baseline.toml";

AutobahnSpec spec_to_convert(std::string const& path) {
    auto const text = read_file(path);
    if (!text) throw UsageError(fmt::format("--from: {} cannot be read", path));
    return read_autobahn_spec(path, *text);
}

struct File {
    std::string path = {};
    std::string text = {};
};

void refuse_to_overwrite(Values const& values, std::vector<File> const& files) {
    if (values.flag("force")) return;
    for (auto const& file : files)
        if (std::error_code ignored; std::filesystem::exists(file.path, ignored))
            throw UsageError(fmt::format(
                "{} is there already; --force replaces it, nothing was written", file.path));
}

/// What init leaves behind, and how to go on.
struct Plan {
    std::vector<File> files = {};  ///< the first is shown
    std::string next = {};
};

Plan out_of_spec(Values const& values) {
    if (!values.positionals.empty())
        throw UsageError("`wsproof init` takes either a URL or --from, whose servers have theirs");
    auto const spec = spec_to_convert(values.text("from"));
    auto const catalogue = load_cases(values);
    AutobahnChoice const choice(spec, catalogue);
    auto const targets = targets_of(spec);
    return {{{config_path, config_text(spec, choice, targets)},
             {baseline_path, baseline_text(spec, choice, targets)}},
            next_step(targets)};
}

/// Empty when there is none.
std::string url_to_begin_with(Values const& values) {
    if (values.positionals.empty()) return {};
    try {
        return net::parse_url(values.positionals.front()).text();
    } catch (net::UrlError const& error) {
        throw UsageError(error.what());
    }
}

Plan to_begin_with(Values const& values) {
    auto const url = url_to_begin_with(values);
    auto const project = project_in(".");
    return {{{config_path, starter_text(project, url)}}, starter_next(project, url)};
}

/// Words, if one of the files could not be written.
std::optional<std::string> write_files(std::vector<File> const& files, Terminal& terminal) {
    for (auto const& [path, text] : files) {
        std::error_code ignored;  // what follows from it is said by write_file
        if (auto const folder = std::filesystem::path(path).parent_path(); !folder.empty())
            std::filesystem::create_directories(folder, ignored);
        if (auto trouble = write_file(path, text)) return trouble;
        terminal.result(fmt::format("wrote {}\n", path));
    }
    return std::nullopt;
}

}  // namespace

int init(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    auto const plan = values.is_set("from") ? out_of_spec(values) : to_begin_with(values);
    refuse_to_overwrite(values, plan.files);
    if (auto const trouble = write_files(plan.files, terminal)) {
        terminal.remark(fmt::format("wsproof: {}\n", *trouble));
        return exit_code::incomplete;
    }
    if (!values.flag("quiet")) terminal.result("\n" + plan.files.front().text);
    terminal.result(plan.next);
    return terminal.failed() ? exit_code::incomplete : exit_code::ok;
}

}  // namespace wsproof::cli
