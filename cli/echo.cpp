// `wsproof echo`: the reference as a server, honest or with faults.
#include <fmt/format.h>

#include <array>
#include <csignal>

#include "cli/exit_code.hpp"
#include "cli/faults.hpp"
#include "cli/selection.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "harness/run/nearest.hpp"
#include "reference_impl/server/server.hpp"

namespace wsproof::cli {
namespace {

/// The token of --auth-token, where --auth-scheme has it.
reference::Authentication authentication_from(Values const& values) {
    using Scheme = reference::Authentication::Scheme;
    reference::Authentication policy;
    auto const schemes = values.list("auth-scheme");
    if (schemes.empty()) return policy;
    if (schemes.size() > 1) throw UsageError("--auth-scheme: `wsproof echo` takes one");
    constexpr std::array<std::pair<std::string_view, Scheme>, 5> known{
        {{"first-message", Scheme::first_message},
         {"query", Scheme::query},
         {"cookie", Scheme::cookie},
         {"header", Scheme::header},
         {"subprotocol", Scheme::subprotocol}}};
    for (auto const& [name, scheme] : known)
        if (name == schemes.front()) policy.scheme = scheme;
    policy.token = values.text("auth-token");
    if (policy.token.empty()) throw UsageError("--auth-scheme needs the token: --auth-token");
    policy.name = values.text("auth-param", policy.scheme == Scheme::cookie ? "session" : "token");
    policy.message = values.text("auth-message", policy.message);
    policy.patience = values.duration("auth-timeout", policy.patience);
    policy.login_resource = "/login";
    return policy;
}

server::ServerOptions options_from(Values const& values) {
    server::ServerOptions options;
    options.address = values.text("host", "127.0.0.1");
    auto const port = values.number("port", 0);
    if (port > 65535) throw UsageError(fmt::format("--port: {} is above 65535", port));
    options.port = static_cast<std::uint16_t>(port);
    options.unix_socket = values.text("unix-socket");
    options.tls_files = {values.text("cert"), values.text("key")};
    auto const& files = options.tls_files;
    if (files.certificate_file.empty() != files.key_file.empty())
        throw UsageError("--cert and --key belong together");
    options.tls = values.flag("tls") || !files.certificate_file.empty();
    options.faults = faults_named(values.list("fault"));
    options.endpoint.subprotocols = values.list("subprotocol");
    options.endpoint.origin_policy.allowed = values.list("allowed-origin");
    options.endpoint.authentication = authentication_from(values);
    options.endpoint.deflate.enabled = !values.flag("no-deflate");
    options.endpoint.max_message_size =
        static_cast<std::size_t>(values.number("max-message", options.endpoint.max_message_size));
    options.greeting = values.text("greeting");
    options.echo = !values.flag("no-echo");
    options.shutdown_grace = values.duration("shutdown-grace", options.shutdown_grace);
    return options;
}

std::string url_of(server::ServerOptions const& options, std::uint16_t port) {
    if (!options.unix_socket.empty()) return "ws+unix:" + options.unix_socket;
    auto const& host = options.address;
    bool const ipv6 = host.find(':') != std::string::npos;
    return fmt::format("{}://{}{}{}:{}/", options.tls ? "wss" : "ws", ipv6 ? "[" : "", host,
                       ipv6 ? "]" : "", port);
}

}  // namespace

int echo(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    if (values.flag("list-faults")) {
        terminal.result(fault_list(script::embedded_catalogue()));
        return exit_code::ok;
    }
    auto const options = options_from(values);
    std::unique_ptr<server::Server> server;
    try {
        server = std::make_unique<server::Server>(options);
    } catch (std::runtime_error const& error) {
        throw UsageError(error.what());
    }
    terminal.result(url_of(options, server->port()) + "\n");
    wait_for_signal();
    server->shutdown();
    return exit_code::ok;
}

}  // namespace wsproof::cli
