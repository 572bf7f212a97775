// The command `wsproof`: every exit code leaves here (docs/cli.md).
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "build_info.hpp"
#include "cli/exit_code.hpp"
#include "cli/help.hpp"
#include "cli/man_page.hpp"
#include "cli/signals.hpp"
#include "cli/verbs.hpp"
#include "reports/model.hpp"

namespace wsproof::cli {
namespace {

std::optional<std::string> from_environment(std::string const& name) {
    auto const* const value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string help_for(Invocation const& invocation) {
    if (invocation.markdown_help) return options_as_markdown();
    if (invocation.man_help) return man_page();
    if (invocation.exit_codes_help) return exit_codes_help();
    return invocation.whole_help ? whole_help() : help_of(invocation.verb);
}

int show_help(Invocation const& invocation) {
    auto const text = help_for(invocation);
    bool const written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    return written && std::fflush(stdout) == 0 ? exit_code::ok : exit_code::incomplete;
}

int perform(Invocation& invocation, Environment const& environment) {
    if (invocation.help) return show_help(invocation);
    switch (invocation.verb) {
        case Verb::test:
            return test(invocation, environment);
        case Verb::origin:
            return judge_origin(invocation, environment);
        case Verb::fuzz:
            return fuzz_server(invocation, environment);
        case Verb::shrink:
            return shrink(invocation, environment);
        case Verb::echo:
            return echo(invocation, environment);
        case Verb::list:
            return list(invocation, environment);
        case Verb::lint:
            return lint(invocation, environment);
        case Verb::explain:
            return explain(invocation, environment);
        case Verb::replay:
            return replay(invocation, environment);
        case Verb::report:
            return render(invocation, environment);
        case Verb::diff:
            return diff(invocation, environment);
        case Verb::compare:
            return compare(invocation, environment);
        case Verb::merge:
            return merge(invocation, environment);
        case Verb::baseline:
            return baseline(invocation, environment);
        case Verb::init:
            return init(invocation, environment);
        case Verb::corpus:
            return corpus(invocation, environment);
        case Verb::doctor:
            return doctor(invocation, environment);
        case Verb::demo:
            return demo(invocation, environment);
        case Verb::schema:
            return schema(invocation, environment);
        case Verb::self_test:
            return self_test(invocation, environment);
        case Verb::completions:
            return completions(invocation, environment);
        case Verb::version:
            return version(invocation, environment);
    }
    return exit_code::internal;
}

int guarded(std::vector<std::string> const& argv) {
    Environment const environment = from_environment;
    try {
        auto invocation = parse(argv, environment);
        return perform(invocation, environment);
    } catch (UsageError const& error) {
        fmt::print(stderr, "wsproof: {}\n", report::printable(error.what()));
        return exit_code::usage;
    } catch (std::exception const& error) {
        fmt::print(stderr,
                   "wsproof: internal error: {}\nThis is a bug in wsproof {} {}. Please report it "
                   "with the command line and this line.\n",
                   report::printable(error.what()), tool_version, tool_commit);
        return exit_code::internal;
    }
}

}  // namespace
}  // namespace wsproof::cli

int main(int argc, char** argv) {
    wsproof::cli::take_signals();
    return wsproof::cli::guarded({argv, argv + argc});
}
