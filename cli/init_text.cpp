#include "cli/init_text.hpp"

#include <fmt/format.h>

#include <set>

#include "build_info.hpp"
#include "cli/toml_text.hpp"
#include "harness/net/target.hpp"
#include "reports/model.hpp"

namespace wsproof::cli {
namespace {

constexpr std::string_view why = "was excluded in Autobahn";

/// In wsproof.toml ${ stands for the environment, which Autobahn did not have: it cannot be written
/// there, and no public spec has one.
std::string list_of(std::vector<std::string> const& words) {
    std::string out;
    for (auto const& word : words) out += (out.empty() ? "" : ", ") + toml_text(word);
    return "[" + out + "]";
}

std::string target_text(InitTarget const& target) {
    auto const& server = target.server;
    auto text =
        fmt::format("\n[target.{}]\nurl = {}\n", toml_key(target.name), toml_text(server.url));
    if (!server.origin.empty()) text += fmt::format("origin = {}\n", toml_text(server.origin));
    if (!server.protocols.empty())
        text += fmt::format("subprotocols = {}\n", list_of(server.protocols));
    if (!server.hostname.empty())
        text += fmt::format("servername = {}\n", toml_text(server.hostname));
    else if (server.url.starts_with("wss:"))
        text += "insecure = true   # Autobahn verified no certificate without a hostname\n";
    return text;
}

}  // namespace

std::vector<InitTarget> targets_of(AutobahnSpec const& spec) {
    std::set<std::string> taken;
    std::vector<InitTarget> targets;
    for (auto const& server : spec.servers) {
        auto const url = net::parse_url(server.url);
        auto const base =
            server.agent.empty() ? fmt::format("{}-{}", url.host, url.port) : server.agent;
        auto name = base;
        for (int n = 2; !taken.insert(name).second; ++n) name = fmt::format("{}_{}", base, n);
        targets.push_back({name, server});
    }
    return targets;
}

std::string config_text(AutobahnSpec const& spec, AutobahnChoice const& choice,
                        std::vector<InitTarget> const& targets) {
    auto text = fmt::format(
        "# written by `wsproof init --from {}`\nformat = 1\n\n[run]\nprofile = "
        "\"full\"   # group 9 is about limits\nselect = {}\n\n[report]\n"
        "make = {}\n",
        report::printable(spec.path), list_of(choice.expressions()),
        list_of({"html", "json", "autobahn=" + spec.outdir}));
    for (auto const& target : targets) text += target_text(target);
    for (auto const& target : targets)
        for (auto const& cases : choice.skips_for(target.server.agent))
            text += fmt::format("\n[[skip]]\ncases  = {}\ntarget = {}\nwhy    = {}\n",
                                toml_text(cases), toml_text(target.name), toml_text(why));
    return text;
}

std::string baseline_text(AutobahnSpec const& spec, AutobahnChoice const& choice,
                          std::vector<InitTarget> const& targets) {
    auto text = fmt::format(
        "# written by `wsproof init --from {}`; edit the notes freely\n"
        "format = 1\nsuite  = {}\n",
        report::printable(spec.path), toml_text(suite_version));
    for (auto const& target : targets)
        for (auto const& cases : choice.skips_for(target.server.agent))
            text += fmt::format(
                "\n[[known]]\ntarget    = {}\ncase      = {}\n"
                "signature = \"*\"   # Autobahn kept no cause: any\nwhy       = {}\n",
                toml_text(target.name), toml_text(cases), toml_text(why));
    return text;
}

std::string next_step(std::vector<InitTarget> const& targets) {
    if (targets.empty()) return "\nnext: wsproof test ws://localhost:9001\n";
    if (targets.size() == 1) return "\nnext: wsproof test\n";
    std::string text = "\nnext:\n";
    for (auto const& target : targets)
        text += fmt::format("  wsproof test --target {}\n", report::shell_quoted(target.name));
    return text;
}

}  // namespace wsproof::cli
