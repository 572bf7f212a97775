// `wsproof origin`: whose pages a server lets in, and what that means for it.
#include "cli/config.hpp"
#include "cli/test_run.hpp"
#include "cli/verbs.hpp"

namespace wsproof::cli {

int judge_origin(Invocation& invocation, Environment const& environment) {
    auto config = load_config(invocation, environment);
    auto& values = invocation.values;
    // What a case comes to is proof here, and no reason to fail; findings are.
    values.set("fail-on", {.words = {"never"}, .source = Source::builtin});
    values.set("fail-on-severity", {.words = {"medium"}, .source = Source::builtin});
    if (!values.is_set("select") && !values.is_set("select-file"))
        values.set("select", {.words = {"origin/**", "opening/optional-fields-absent#no-origin"},
                              .source = Source::builtin});
    return test_target(invocation, environment,
                       {.config = std::move(config), .is_about_origin = true});
}

}  // namespace wsproof::cli
