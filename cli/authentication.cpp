#include "cli/authentication.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <optional>

#include "harness/play/authentication.hpp"
#include "harness/play/tickets.hpp"
#include "reference_impl/wire/http_head.hpp"

namespace wsproof::cli {
namespace {

using play::AuthScheme;

constexpr std::string_view hidden = "•••";
constexpr std::size_t shortest_secret = 4;

constexpr std::array<std::pair<std::string_view, AuthScheme>, 5> schemes{
    {{"first-message", AuthScheme::first_message},
     {"query", AuthScheme::query},
     {"cookie", AuthScheme::cookie},
     {"header", AuthScheme::header},
     {"subprotocol", AuthScheme::subprotocol}}};

constexpr std::string_view default_parameter = "token";
constexpr std::string_view default_cookie = "session";

/// The value of a name among "a=1; b=2" or "a=1&b=2".
std::string value_among(std::string_view pairs, char separator, std::string_view name) {
    while (!pairs.empty()) {
        auto const end = std::min(pairs.find(separator), pairs.size());
        auto const pair = wire::trim(pairs.substr(0, end));
        auto const equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return std::string{pair.substr(equals + 1)};
        pairs.remove_prefix(std::min(end + 1, pairs.size()));
    }
    return {};
}

std::string query_of(std::string_view target) {
    auto const mark = target.find('?');
    return std::string{mark == std::string_view::npos ? std::string_view{}
                                                      : target.substr(mark + 1)};
}

std::string field_value(play::Setting const& setting, std::string_view name) {
    for (auto const& field : setting.headers)
        if (wire::equals_ignoring_case(field.name, name)) return field.value;
    return {};
}

/// The only cookie, where its name is not said.
std::string name_of_only_cookie(std::string_view cookies) {
    if (cookies.find(';') != std::string_view::npos) return {};
    return std::string{cookies.substr(0, cookies.find('='))};
}

/// The token where the scheme has it already: in the URL, in Cookie, in Authorization.
std::string token_in_place(AuthScheme scheme, play::Setting const& setting,
                           play::Authentication const& by) {
    if (scheme == AuthScheme::query)
        return value_among(query_of(setting.resource_name), '&', by.parameter);
    if (scheme == AuthScheme::cookie)
        return value_among(field_value(setting, "Cookie"), ';', by.cookie);
    if (scheme != AuthScheme::header) return {};
    auto const value = field_value(setting, "Authorization");
    auto const blank = value.find(' ');
    return blank == std::string::npos
               ? std::string{}
               : std::string{wire::trim(std::string_view{value}.substr(blank))};
}

[[noreturn]] void no_token(std::string_view scheme, std::string_view where) {
    throw UsageError(fmt::format(
        "--auth-scheme {}: there is no token: give one with --auth-token{}", scheme, where));
}

void check_token(play::Authentication const& by, std::string_view scheme) {
    if (!by.token.empty()) return;
    if (scheme == "cookie")
        no_token(scheme, fmt::format(", or the cookie with -b {}=… (--auth-param names another)",
                                     by.cookie));
    if (scheme == "header") no_token(scheme, ", -u, or -H 'Authorization: …'");
    if (scheme == "query")
        no_token(scheme, fmt::format(", or in the URL as ?{}=… (--auth-param names another)",
                                     by.parameter));
    no_token(scheme, "");
}

/// A token that cannot stand where its scheme has it would break every request.
void check_fits(std::string_view token, std::string_view scheme) {
    if (scheme == "first-message" && token == play::ticket_mark)
        throw UsageError(
            "--ticket-command works where the token stands in the opening handshake, "
            "not with --auth-scheme first-message");
    if (scheme == "first-message" || token == play::ticket_mark) return;
    check_field_text("--auth-token: the token", token);
    bool const fits = token.find_first_of(scheme == "query"    ? " #&"
                                          : scheme == "cookie" ? " ;,"
                                                               : " ,") == std::string_view::npos;
    bool const is_token = scheme != "subprotocol" || wire::is_token(token);
    if (!fits || !is_token)
        throw UsageError(
            fmt::format("--auth-token: the token has characters that cannot stand in "
                        "a {}; give it encoded as the server expects it",
                        scheme == "query"    ? "query"
                        : scheme == "cookie" ? "cookie"
                        : scheme == "header" ? "header"
                                             : "subprotocol"));
}

play::Authentication authentication_of(Values const& values, play::Setting const& setting) {
    play::Authentication by;
    by.parameter = values.text("auth-param", default_parameter);
    by.cookie = values.text("auth-param", default_cookie);
    if (!values.is_set("auth-param") && values.text("auth-token").empty()) {
        auto const only = name_of_only_cookie(field_value(setting, "Cookie"));
        if (!only.empty()) by.cookie = only;
    }
    if (!wire::is_token(by.parameter))
        throw UsageError("--auth-param: expected the name of a parameter or cookie");
    by.message = values.text("auth-message", by.message);
    by.token = values.text("auth-token");
    if (values.is_set("ticket-command")) by.token = play::ticket_mark;
    by.expired_token = values.text("auth-expired-token");
    for (auto const& word : values.list("auth-scheme"))
        for (auto const& [name, scheme] : schemes)
            if (name == word) {
                if (by.token.empty()) by.token = token_in_place(scheme, setting, by);
                by.schemes.push_back(scheme);
            }
    return by;
}

void read_canary(Values const& values, play::Setting& setting) {
    setting.canary_send = values.text("canary-send");
    setting.canary_expect = values.text("canary-expect");
    if (setting.canary_send.empty() != setting.canary_expect.empty())
        throw UsageError("--canary-send and --canary-expect belong together");
}

}  // namespace

void check_field_text(std::string_view what, std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const octet = static_cast<unsigned char>(text[at]);
        if ((octet >= 0x20 || octet == '\t') && octet != 0x7F) continue;
        throw UsageError(
            fmt::format("{} has a control byte (0x{:02x}) at position {}: no header "
                        "field can carry it",
                        what, octet, at + 1));
    }
}

void read_authentication(Values const& values, play::Setting& setting) {
    read_canary(values, setting);
    auto const words = values.list("auth-scheme");
    if (values.is_set("ticket-command") && values.is_set("auth-token"))
        throw UsageError("--auth-token and --ticket-command exclude each other");
    if (words.empty()) {
        for (auto const* const name : {"auth-token", "auth-expired-token", "auth-param",
                                       "auth-message", "auth-timeout", "ticket-command"})
            if (values.is_set(name))
                throw UsageError(fmt::format(
                    "--{} needs --auth-scheme: where does the server look for the token?", name));
        return;
    }
    auto const by = authentication_of(values, setting);
    bool const by_message = std::ranges::count(by.schemes, AuthScheme::first_message) != 0;
    for (auto const& word : words) {
        check_token(by, word);
        check_fits(by.token, word);
    }
    if (by_message && by.message.find("{token}") == std::string::npos)
        throw UsageError("--auth-message: expected {token} where the token belongs");
    setting.auth_timeout = values.duration("auth-timeout", setting.auth_timeout);
    play::authenticate(setting, by);
}

std::string ticket_from(std::string const& command) {
    auto const close = [](FILE* file) { pclose(file); };
    std::unique_ptr<FILE, decltype(close)> const pipe(popen(command.c_str(), "re"), close);
    constexpr std::size_t most = 65536;
    std::string printed;  // all of it: who writes into a closed pipe complains
    for (int c = 0; pipe && printed.size() < most && (c = std::fgetc(pipe.get())) != EOF;)
        printed += static_cast<char>(c);
    auto const ticket = wire::trim(std::string_view{printed}.substr(0, printed.find('\n')));
    bool const fits =
        !ticket.empty() && std::ranges::all_of(ticket, [](char c) { return c > ' ' && c < 0x7F; });
    if (!fits) throw play::Unreachable("the command of --ticket-command printed no ticket");
    return std::string{ticket};
}

Secrets::Secrets(Values const& values, std::string_view url) {
    for (auto const* const name : {"auth-token", "auth-expired-token"})
        if (auto const token = values.text(name); !token.empty()) secrets_.push_back(token);
    auto const parameter = values.text("auth-param", default_parameter);
    auto const path = values.text("path");
    auto const schemes_given = values.list("auth-scheme");
    if (std::ranges::count(schemes_given, "query") == 0) return;
    for (std::string_view const target :
         {url, std::string_view{path},
          values.positionals.empty() ? std::string_view{}
                                     : std::string_view{values.positionals.back()}})
        if (auto const token = value_among(query_of(target), '&', parameter); !token.empty())
            secrets_.push_back(token);
}

std::string Secrets::hidden_in(std::string text) const {
    for (auto const& secret : secrets_) {
        if (secret.size() < shortest_secret) continue;
        for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
            text.replace(at, secret.size(), hidden);
    }
    return text;
}

}  // namespace wsproof::cli
