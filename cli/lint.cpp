// `wsproof lint`: everything that is wrong in a folder of case files.
#include "harness/script/lint.hpp"

#include <fmt/format.h>

#include "cli/exit_code.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "reports/model.hpp"
#include "reports/story.hpp"

namespace wsproof::cli {

int lint(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    auto const files = case_files(values.positionals, "lint");
    auto const found = script::lint(files);
    for (auto const& remark : found.remarks)
        if (remark.is_error || !values.flag("quiet"))
            terminal.result(report::printable(remark.words) + "\n");
    using report::plural;
    terminal.result(fmt::format("{}, {} with {}: {}, {}\n", plural(found.files, "file"),
                                plural(found.cases, "case"), plural(found.variants, "variant"),
                                plural(found.errors(), "error"),
                                plural(found.warnings(), "warning")));
    if (found.errors() != 0) return exit_code::usage;
    return terminal.failed() ? exit_code::incomplete : exit_code::ok;
}

}  // namespace wsproof::cli
