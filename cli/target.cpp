#include "cli/target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "cli/authentication.hpp"
#include "cli/target_origins.hpp"
#include "harness/play/tickets.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::cli {
namespace {

using std::chrono::milliseconds;

std::string replaced(std::string text, std::string_view word, std::string const& by) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + by.size()))
        text.replace(at, word.size(), by);
    return text;
}

wire::HeaderField field_of(std::string const& text) {
    auto const colon = text.find(':');
    auto const name = std::string(wire::trim(std::string_view(text).substr(0, colon)));
    if (colon == std::string::npos || !wire::is_token(name))
        throw UsageError(
            colon == std::string::npos
                ? std::string("--header: a header without a colon: write 'Name: value'")
                : fmt::format("--header: '{}' is no name of a header: write 'Name: value'", name));
    auto const value = std::string(wire::trim(std::string_view(text).substr(colon + 1)));
    check_field_text(fmt::format("--header: the value of {}", name), value);
    return {name, value};
}

/// RFC 6265 4.2.1; the value is not told, it may be a session's.
void check_cookie(std::string const& cookie) {
    auto const name = cookie.substr(0, cookie.find('='));
    if (name.size() == cookie.size() || !wire::is_token(name))
        throw UsageError("--cookie: expected NAME=VALUE, as browsers send it");
    check_field_text(fmt::format("--cookie: the value of {}", name), cookie);
}

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

}  // namespace

Target::Target(Invocation const& invocation, Config const& config) {
    auto const& values = invocation.values;
    name_ = values.text("name", config.target_name);
    read_process(values);
    read_pid(values);
    read_libraries(values);
    read_url(values, config);
    read_network(values);
    read_headers(values);
    read_run(values);
    read_origins(values);
    read_stopping(values);
    try {
        connect_ = net::connector(options_);
        if (auto const command = values.text("ticket-command"); !command.empty())
            connect_ = play::with_tickets(connect_, std::make_shared<play::Tickets>([command] {
                                              return ticket_from(command);
                                          }));
        auto without_tls = options_;
        without_tls.url.tls = false;
        if (options_.url.tls) setting_.in_the_clear = net::connector(without_tls);
    } catch (std::runtime_error const& error) {
        throw UsageError(error.what());
    }
}

void Target::read_process(Values const& values) {
    spawn_.command = values.text("spawn");
    ready_ = values.text("ready", "ws");
    ready_timeout_ = values.duration("ready-timeout", ready_timeout_);
    restart_ = values.text("restart", "on-crash") == "on-crash";
    spawn_.working_directory = values.text("cwd");
    spawn_.stop_signal = signal_number("stop-signal", values.text("stop-signal", "TERM"));
    for (auto const& pair : values.list("env")) {
        if (pair == "local") {
            claims_.local = true;
            continue;
        }
        auto const equals = pair.find('=');
        if (equals == std::string::npos || equals == 0)
            throw UsageError(fmt::format("--env: '{}' is neither NAME=VALUE nor local", pair));
        spawn_.environment[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    if (ready_.starts_with("log:")) {
        try {
            ready_log_.emplace(ready_.substr(4));
        } catch (std::regex_error const& error) {
            throw UsageError(fmt::format("--ready: '{}' is no regular expression ({})",
                                         ready_.substr(4), error.what()));
        }
    } else if (ready_ != "tcp" && ready_ != "ws" && !ready_.starts_with("http:/")) {
        throw UsageError(
            fmt::format("--ready: '{}' is not one of tcp, ws, http:/PATH, log:REGEX", ready_));
    }
    if (is_spawned()) spawn_.port = net::free_port();
}

void Target::read_url(Values const& values, Config const& config) {
    // `replay FILE URL` has its URL last.
    auto url = values.positionals.empty() ? config.url : values.positionals.back();
    if (url.empty() && is_spawned()) url = "ws://127.0.0.1:{port}/";
    if (url.empty() && values.is_set("unix-socket")) url = "ws://localhost/";
    if (url.empty())
        throw UsageError(
            "no target: give a URL such as ws://localhost:9001/, or --spawn, or a [target.NAME] "
            "in wsproof.toml");
    if (is_spawned()) url = replaced(std::move(url), "{port}", fmt::format("{}", spawn_.port));
    try {
        options_.url = net::parse_url(url);
    } catch (net::UrlError const& error) {
        throw UsageError(error.what());
    }
    auto const path = values.text("path");
    if (path.empty()) return;
    if (!path.starts_with('/') || path.find_first_of(" \r\n") != std::string::npos)
        throw UsageError(fmt::format("--path: '{}' must begin with / and have no blanks", path));
    options_.url.resource_name = path;
}

void Target::read_network(Values const& values) {
    auto& tls = options_.tls;
    tls.insecure = values.flag("insecure");
    tls.ca_file = values.text("cacert");
    tls.certificate_file = values.text("cert");
    tls.key_file = values.text("key");
    tls.server_name = values.text("servername");
    tls.minimum = values.text("tls-min");
    tls.maximum = values.text("tls-max");
    tls.keylog_file = values.text("keylog");
    if (values.flag("ipv4") && values.flag("ipv6"))
        throw UsageError("-4 and -6 exclude each other");
    if (values.flag("ipv4")) options_.family = net::Family::ipv4;
    if (values.flag("ipv6")) options_.family = net::Family::ipv6;
    options_.unix_socket = values.text("unix-socket");
    options_.connect_timeout = values.duration("connect-timeout", options_.connect_timeout);
    for (auto const* const name : {"cacert",       "cert",
                                   "key",          "servername",
                                   "tls-min",      "tls-max",
                                   "unix-socket",  "first-message",
                                   "echo",         "ready",
                                   "cwd",          "auth-scheme",
                                   "auth-token",   "auth-expired-token",
                                   "auth-param",   "auth-message",
                                   "auth-timeout", "ticket-command",
                                   "canary-send",  "canary-expect",
                                   "login-url"})
        for (auto const& word : values.list(name)) {
            further_flags_.push_back(fmt::format("--{}", name));
            further_flags_.push_back(word);
        }
    for (auto const* const name : {"insecure", "ipv4", "ipv6"})
        if (values.flag(name)) further_flags_.push_back(fmt::format("--{}", name));
}

void Target::read_headers(Values const& values) {
    auto& headers = setting_.headers;
    for (auto const& text : values.list("header")) headers.push_back(field_of(text));
    if (auto const user = values.text("user"); !user.empty())
        headers.push_back({"Authorization", "Basic " + wire::base64_encode(wire::as_bytes(user))});
    if (auto const agent = values.text("user-agent"); !agent.empty())
        headers.push_back(field_of("User-Agent: " + agent));
    std::string cookies;
    for (auto const& cookie : values.list("cookie")) {
        check_cookie(cookie);
        cookies += (cookies.empty() ? "" : "; ") + cookie;
    }
    if (!cookies.empty()) headers.push_back({"Cookie", cookies});
}

void Target::read_run(Values const& values) {
    auto const& url = options_.url;
    setting_.host = url.host_field();
    setting_.resource_name = url.resource_name;
    setting_.subprotocols = values.list("subprotocol");
    setting_.opening_messages = values.list("first-message");
    setting_.words = {{"hostname", url.host},
                      {"port", fmt::format("{}", url.port)},
                      {"scheme", url.tls ? "https" : "http"}};  // of absolute targets (4.1)
    setting_.run_seed = values.hexadecimal("seed", 0x00c0ffee5eed0001ULL);
    read_authentication(values, setting_);
    read_login(values.text("login-url"));
    setting_.strict = values.flag("strict") || values.text("profile") == "strict";
    auto const delivery = values.text("delivery", "whole");
    if (delivery == "bytewise") setting_.delivery = play::Delivery::bytewise;
    if (delivery == "coalesced") setting_.delivery = play::Delivery::coalesced;
    if (values.text("depth") == "full") setting_.depth = play::Depth::full;
    setting_.time_scale = values.scale("timeout-scale", 1.0);
    setting_.case_time = std::chrono::duration_cast<milliseconds>(
        values.duration("timeout", setting_.case_time) * setting_.time_scale);
    setting_.close_time =
        std::chrono::duration_cast<milliseconds>(setting_.close_time * setting_.time_scale);
}

/// The page may stand on another host than the endpoint; TLS is checked alike.
void Target::read_login(std::string const& text) {
    if (text.empty()) return;
    auto login = options_;
    login.unix_socket.clear();
    try {
        login.url = net::parse_url(text);
        setting_.login = net::connector(login);
    } catch (std::runtime_error const& error) {
        throw UsageError(fmt::format("--login-url: {}", error.what()));
    }
    setting_.words["login_host"] = login.url.host_field();
    setting_.words["login_target"] = login.url.resource_name;
}

std::string Target::id() const {
    std::string id;
    for (char const c : lower(name_)) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain || (!id.empty() && (c == '.' || c == '_' || c == '-')))
            id += c;
        else if (!id.empty() && id.back() != '-')
            id += '-';
    }
    return id.empty() ? "target" : id;
}

report::TargetInfo Target::info() const {
    return {.id = id(),
            .name = name(),
            .url = url(),
            .spawn = spawn_command(),
            .options = further_flags(),
            .libraries = libraries()};
}

}  // namespace wsproof::cli
