#include "harness/run/exposure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "harness/run/conversation.hpp"

namespace wsproof::run {
namespace {

using std::chrono::milliseconds;
using Fields = std::vector<wire::HeaderField>;

constexpr milliseconds patience{2000};

/// What a connection came to.
struct Attempt {
    bool reached = false;
    bool opened = false;
    bool answered = false;
    unsigned status = 0;
    bool sets_cookie = false;
    bool operator==(Attempt const& other) const {
        return opened == other.opened && answered == other.answered && status == other.status;
    }
};

bool is_named(wire::HeaderField const& field, std::string_view name) {
    return wire::equals_ignoring_case(field.name, name);
}

std::string value_of(Fields const& fields, std::string_view name) {
    auto const found =
        std::ranges::find_if(fields, [&](auto const& field) { return is_named(field, name); });
    return found == fields.end() ? std::string{} : found->value;
}

bool answers(Conversation& conversation, Canary const& canary) {
    conversation.send(wire::Opcode::text, canary.send);
    auto const deadline = conversation.now() + patience;
    for (;;) {
        auto const heard = conversation.hear(deadline);
        if (heard.kind == Heard::Kind::text &&
            wire::as_text(heard.data).find(canary.expect) != std::string_view::npos)
            return true;
        bool const goes_on = heard.kind == Heard::Kind::text || heard.kind == Heard::Kind::binary ||
                             heard.kind == Heard::Kind::pong;
        if (!goes_on) return false;
    }
}

/// Still there when a ping is answered; who answers no pings counts as still there.
bool stays(Conversation& conversation) {
    conversation.send(wire::Opcode::ping, conversation.token());
    auto const deadline = conversation.now() + patience;
    for (;;) {
        auto const heard = conversation.hear(deadline);
        if (heard.kind == Heard::Kind::close || heard.kind == Heard::Kind::ended) return false;
        bool const goes_on = heard.kind == Heard::Kind::text || heard.kind == Heard::Kind::binary;
        if (!goes_on) return true;
    }
}

Attempt attempt(play::Setting const& setting, play::Connect const& connect, Canary const& canary) {
    Attempt made;
    try {
        Conversation conversation(setting, connect, setting.run_seed + 99);
        made.reached = true;
        auto const answer = conversation.open({}, patience);
        made.status = answer.status;
        made.sets_cookie = answer.head.value_of("Set-Cookie").has_value();
        if (!answer.correct) return made;
        for (auto const& message : setting.opening_messages)
            conversation.send(wire::Opcode::text, message);
        made.answered = !canary.send.empty() && answers(conversation, canary);
        made.opened = stays(conversation);
    } catch (play::Unreachable const&) {
        // Says nothing about credentials.
    }
    return made;
}

/// What stands in the fields that browsers would send by themselves.
Credentials given_in(Fields const& fields) {
    auto const authorization = value_of(fields, "Authorization");
    auto const scheme = authorization.substr(0, authorization.find(' '));
    if (!value_of(fields, "Cookie").empty()) return Credentials::cookie;
    if (wire::equals_ignoring_case(scheme, "Bearer")) return Credentials::token;
    return authorization.empty() ? Credentials::none : Credentials::http_authentication;
}

std::string_view noun_of(Credentials credentials) {
    return credentials == Credentials::cookie ? "cookie" : "Authorization field";
}

Exposure by_difference(Credentials given, play::Setting const& setting,
                       play::Connect const& connect, Canary const& canary) {
    auto without = setting;
    std::erase_if(without.headers, [&](wire::HeaderField const& field) {
        return is_named(field, given == Credentials::cookie ? "Cookie" : "Authorization");
    });
    auto const with = attempt(setting, connect, canary);
    auto const lacking = attempt(without, connect, canary);
    auto const noun = noun_of(given);
    if (!with.reached || !lacking.reached)
        return {.words = fmt::format("the server could not be reached with the {} and without it",
                                     noun)};
    if (!with.opened)
        return {.words = fmt::format("the server does not open a connection with the {}", noun)};
    if (with == lacking)
        return {.words = fmt::format("the {} makes no difference to the server{}", noun,
                                     canary.send.empty() ? "; --canary-send can look closer" : "")};
    auto const how = lacking.opened ? std::string{"the canary is not answered"}
                                    : fmt::format("it answers {}", lacking.status);
    return {.credentials = given,
            .proven = true,
            .words = fmt::format("the server asks for the {}: without it {}", noun, how)};
}

Exposure without_claims(play::Setting const& setting, play::Connect const& connect,
                        Canary const& canary) {
    auto const given = given_in(setting.headers);
    if (given == Credentials::token)
        return {.credentials = given,
                .proven = true,
                .words = "a bearer token: a page would have to know it"};
    if (given != Credentials::none) return by_difference(given, setting, connect, canary);
    if (attempt(setting, connect, {}).sets_cookie)
        return {.credentials = Credentials::cookie,
                .words = "the server sets a cookie; --cookie shows what it is for"};
    return {
        .words =
            "no credentials were given and the server asks for none; --cookie, --user or -H would "
            "show what a foreign page could borrow"};
}

bool is_loopback(std::string_view host) {
    return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") ||
           host == "[::1]" || host == "::1";
}

}  // namespace

Exposure expose(play::Setting const& setting, play::Connect const& connect, Claims const& claims) {
    auto const name = setting.words.find("hostname");
    bool const on_loopback = name != setting.words.end() && is_loopback(name->second);
    Exposure exposure;
    if (claims.credentials) {
        exposure = {*claims.credentials, true, "as --credential-model says"};
    } else if (claims.local) {
        exposure = {Credentials::network, true,
                    "as --env local says: whoever reaches the server may use it"};
    } else if (claims.client_certificate) {
        exposure = {Credentials::client_certificate, true, "the client certificate that was given"};
    } else {
        exposure = without_claims(setting, connect, claims.canary);
    }
    exposure.on_loopback = on_loopback;
    return exposure;
}

SecondLook look_again(play::Setting setting, play::Connect const& connect,
                      std::string const& origin, Canary const& canary) {
    setting.origin = origin;
    auto const made = attempt(setting, connect, canary);
    return {.let_in = made.opened, .answered = made.answered};
}

}  // namespace wsproof::run
