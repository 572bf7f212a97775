#include "cli/autobahn_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "cli/target.hpp"
#include "harness/run/conversation.hpp"
#include "harness/run/nearest.hpp"
#include "reports/model.hpp"

namespace wsproof::cli {
namespace {

std::string unknown_agent(AutobahnSpec const& spec, std::string const& wanted) {
    std::vector<std::string> agents;
    for (auto const& server : spec.servers)
        if (!server.agent.empty()) agents.push_back(server.agent);
    auto const near = run::nearest(wanted, agents);
    return fmt::format("{}: no server has the agent '{}'{}", spec.path, wanted,
                       near.empty() ? "" : fmt::format(": did you mean '{}'?", near));
}

}  // namespace

std::vector<AutobahnServer> servers_to_test(AutobahnSpec const& spec, Values const& values) {
    auto const& positionals = values.positionals;
    if (!positionals.empty() || values.is_set("spawn")) {
        auto const url = positionals.empty() ? std::string() : positionals.front();
        auto const known = std::ranges::find(spec.servers, url, &AutobahnServer::url);
        if (known != spec.servers.end()) return {*known};
        return {AutobahnServer{.url = url}};
    }
    if (spec.servers.empty())
        throw UsageError(
            fmt::format("{0}: it names no servers: give a URL, as in `wsproof test -c {0} "
                        "ws://localhost:9001`, or write \"servers\": [{{\"url\": \"ws://…\"}}]",
                        spec.path));
    auto const wanted = values.text("target");
    if (wanted.empty()) return spec.servers;
    std::vector<AutobahnServer> named;
    std::ranges::copy_if(spec.servers, std::back_inserter(named),
                         [&](auto const& server) { return server.agent == wanted; });
    if (named.empty()) throw UsageError(unknown_agent(spec, wanted));
    return named;
}

Invocation with_server(Invocation invocation, AutobahnSpec const& spec,
                       AutobahnServer const& server) {
    auto& values = invocation.values;
    auto const set = [&](std::string_view name, std::vector<std::string> words) {
        if (words.empty() || words.front().empty()) return;
        values.set(
            name,
            {.words = std::move(words), .source = Source::target_section, .place = spec.path});
    };
    set("name", {server.agent});
    set("origin", {server.origin});
    set("subprotocol", server.protocols);
    set("servername", {server.hostname});
    // Autobahn verifies no certificate without the name that it is to be for.
    bool const trusting = server.hostname.empty() && server.url.starts_with("wss:") &&
                          !values.is_set("cacert") && !values.is_set("servername");
    if (trusting) set("insecure", {"yes"});
    if (!server.url.empty()) values.positionals = {server.url};
    return invocation;
}

std::string agent_of(AutobahnServer const& server, Invocation const& invocation) {
    auto const& values = invocation.values;
    auto const given = values.text("name", server.agent);
    if (!given.empty() || values.is_set("spawn")) return given;
    Target const target(invocation, {});
    try {
        auto const& setting = target.setting();
        run::Conversation conversation(setting, target.connect(), setting.run_seed);
        auto const within = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::seconds(5) * setting.time_scale);
        auto const answer = conversation.open({}, within);
        if (auto const software = answer.head.value_of("Server"))
            return report::printable(*software);
    } catch (play::Unreachable const&) {
        // The run itself says so.
    }
    return "UnknownServer";
}

}  // namespace wsproof::cli
