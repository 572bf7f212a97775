// `wsproof corpus export DIR`: seeds for fuzzers out of the cases.
#include <fmt/format.h>

#include "cli/exit_code.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "fuzz/targets/corpus.hpp"
#include "reports/story.hpp"

namespace wsproof::cli {

int corpus(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    if (values.positionals.front() != "export")
        throw UsageError(
            fmt::format("corpus: expected 'export DIR', got '{}'", values.positionals.front()));
    auto const& folder = values.positionals.back();
    auto const seeds = fuzz::seeds_from(load_cases(values));
    try {
        fuzz::write_corpus(seeds, folder);
    } catch (fuzz::CorpusError const& error) {
        throw UsageError(fmt::format("corpus export: {}", error.what()));
    }
    std::size_t inputs = 0;
    for (auto const& [target, of_target] : seeds) {
        inputs += of_target.size();
        if (!values.flag("quiet"))
            terminal.result(fmt::format("{:<38} {:>5}\n", target, of_target.size()));
    }
    terminal.result(fmt::format("wrote {} for {} and wsproof.dict to {}\n",
                                report::plural(inputs, "seed"),
                                report::plural(seeds.size(), "target"), folder));
    return terminal.failed() ? exit_code::incomplete : exit_code::ok;
}

}  // namespace wsproof::cli
