// `wsproof version`: what this binary is and which suite it carries.
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <zlib.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "build_info.hpp"
#include "cli/exit_code.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"

namespace wsproof::cli {

int version(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    auto const catalogue = load_cases(values);
    auto const cases = catalogue.variants.size();
    auto const* const openssl = OpenSSL_version(OPENSSL_VERSION_STRING);
    if (values.flag("json")) {
        nlohmann::ordered_json const json{
            {"name", "wsproof"},
            {"version", tool_version},
            {"commit", tool_commit},
            {"suite",
             {{"version", suite_version},
              {"digest", catalogue.digest},
              {"cases", cases},
              {"rules", catalogue.rules.size()},
              {"faults", catalogue.faults.size()}}},
            {"build", {{"type", build_type}, {"compiler", compiler}, {"sanitizers", sanitizers}}},
            {"libraries", {{"openssl", openssl}, {"zlib", zlibVersion()}}}};
        terminal.result(json.dump(1) + "\n");
        return exit_code::ok;
    }
    terminal.result(fmt::format(
        "wsproof {}{}{}\nsuite {}: {} variants, {} rules, {} faults, {}\n"
        "{} build, {}{}{}; OpenSSL {}, zlib {}\n",
        tool_version, tool_commit.empty() ? "" : " ", tool_commit, suite_version, cases,
        catalogue.rules.size(), catalogue.faults.size(), catalogue.digest, build_type, compiler,
        sanitizers.empty() ? "" : ", sanitizers ", sanitizers, openssl, zlibVersion()));
    return terminal.failed() ? exit_code::incomplete : exit_code::ok;
}

}  // namespace wsproof::cli
