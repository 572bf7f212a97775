// What to play, and where: selection, target, opening handshake, identity, TLS, network.
#include <array>

#include "cli/option_words.hpp"

namespace wsproof::cli {
namespace {

constexpr std::array target_table{
    Option{"select", 's', "EXPR", group::selection, on_choice | Verb::compare, true, "run.select",
           "all",
           "choose cases: an id or glob (close/*), a tag (@must, @utf8), rfc:5.5.1, "
           "autobahn:7.9.*; !EXPR removes"},
    Option{"select-file", 0, "FILE", group::selection, on_choice | Verb::compare, true,
           "run.select_file", "",
           "one expression a line, # begins a comment; the output of `list` will do"},
    Option{"profile", 0, "smoke|default|strict|full", group::selection,
           on_test | Verb::list | Verb::compare, false, "run.profile", "default",
           "smoke: level must, one variant a case; default: all but limits and slow cases; "
           "strict: these with --strict; full: all, as list has it unless told otherwise"},
    Option{"role", 0, "server|client", group::selection, only(Verb::list), false, "", "either",
           "whom the cases judge; without those that stop it unless asked for, as `test` does"},
    Option{"shard", 0, "I/N", group::selection, on_test, false, "run.shard", "",
           "play the I-th of N parts; `wsproof merge` joins their reports"},
    Option{"min-cases", 0, "N", group::selection, on_test, false, "run.min_cases", "",
           "exit 7 when fewer variants were judged"},
    Option{"allow-empty", 0, "", group::selection, on_test, false, "run.allow_empty", "no",
           "no case matched is a success"},
    Option{"cases", 0, "DIR", group::selection, on_cases, true, "run.cases", "built in",
           "add the case files of a folder: mine/chat/hello.jsonc is mine/chat/hello; a folder "
           "with the built-in rules.jsonc stands in place of what is built in"},

    Option{"target", 0, "NAME", group::target, on_target, false, "", "the only one",
           "take [target.NAME] of the config file"},
    Option{"name", 0, "ID", group::target, on_measured, false, "target.name", "the target's name",
           "label of the target in reports"},
    Option{"spawn", 0, "CMD", group::target, on_spawned, false, "target.spawn", "",
           "start the server with /bin/sh; {port} is a free port, {host} its address"},
    Option{"ready", 0, "tcp|ws|http:PATH|log:REGEX", group::target, on_spawned, false,
           "target.ready", "ws", "when a spawned server counts as up"},
    Option{"ready-timeout", 0, "D", group::target, on_spawned, false, "target.ready_timeout", "30s",
           "how long it may take to come up"},
    Option{"restart", 0, "never|on-crash", group::target, on_measured, false, "target.restart",
           "on-crash", "start a spawned server again when a case has ended it"},
    Option{"cwd", 0, "DIR", group::target, on_spawned, false, "target.cwd", "",
           "working directory of a spawned server"},
    Option{"env", 0, "K=V|local", group::target, on_spawned, true, "target.env", "",
           "added to the environment of a spawned server; local: the service is meant for its "
           "users' own machines, where every page can reach it"},
    Option{"stop-signal", 0, "SIG", group::target, on_spawned, false, "target.stop_signal", "TERM",
           "the signal that ends a spawned server"},
    Option{"shutdown-command", 0, "CMD", group::target, on_test, false, "target.shutdown_command",
           "", "what stops the target, for /bin/sh; the shutdown cases (-s 'shutdown/*') run it"},
    Option{"shutdown-signal", 0, "SIG", group::target, on_test, false, "target.shutdown_signal",
           "TERM", "the signal that tells a spawned server to stop, in the shutdown cases"},
    Option{"shutdown-grace", 0, "D", group::target, Verb::test | Verb::echo, false,
           "target.shutdown_grace", "10s; echo: 3s",
           "how long the server, when it stops, gives its clients to answer its Close"},
    Option{"pid", 0, "N", group::target, on_measured, false, "", "",
           "the server's process, if it runs on this machine: its memory, descriptors and threads "
           "are watched, and its end is told; a spawned server is always watched"},
    Option{"server-lib", 0, "NAME@VERSION", group::target, on_measured, true, "target.server_libs",
           "",
           "a library that the server runs on, such as ws@8.17.0: advisories of that version are "
           "noted"},
    Option{"echo", 0, "yes|none", group::target, on_target, false, "target.echo", "probe",
           "does the endpoint echo? cases that need it are skipped otherwise"},

    Option{"header", 'H', "NAME: VALUE", group::handshake, on_target, true, "target.headers", "",
           "added to every request"},
    Option{"user", 'u', "USER:PASSWORD", group::handshake, on_target, false, "target.user", "",
           "basic credentials"},
    Option{"cookie", 'b', "NAME=VALUE", group::handshake, on_target, true, "target.cookie", "",
           "cookies of every request"},
    Option{"user-agent", 'A', "NAME", group::handshake, on_target, false, "target.user_agent", "",
           "User-Agent of every request"},
    Option{"origin", 0, "ORIGIN", group::handshake, on_target, false, "target.origin",
           "the first --allowed-origin", "Origin of every request; one that the server lets in"},
    Option{"subprotocol", 0, "NAME", group::handshake, on_target | Verb::echo, true,
           "target.subprotocols", "", "offered in every opening handshake; echo: spoken"},
    Option{"path", 0, "RESOURCE", group::handshake, on_target, false, "target.path",
           "that of the URL", "path and query of the WebSocket endpoint"},
    Option{"first-message", 0, "TEXT", group::handshake, on_target, true, "target.first_messages",
           "", "a text message sent after every opening handshake, such as a log-in"},

    Option{"allowed-origin", 0, "ORIGIN", group::origins, on_target | Verb::echo, true,
           "target.allowed_origins", "origin: that of the URL; echo: every one",
           "an origin that the server lets in, or a pattern such as https://*.app.example; the "
           "origin cases of `test` need one"},
    Option{"expect-origin-check", 0, "auto|yes|no", group::origins, on_target, false,
           "target.expect_origin_check", "auto",
           "is the server meant for the pages of certain sites? auto: with an allowed origin, or "
           "credentials that browsers send unasked"},
    Option{"require-origin", 0, "", group::origins, on_target, false, "target.require_origin", "no",
           "the server means to refuse requests without Origin"},
    Option{"credential-model", 0, "auto|none|token|cookie|http-auth|client-certificate|network",
           group::origins, on_target, false, "target.credential_model", "auto",
           "what the server takes for proof of identity; auto: what it misses when left out"},
    Option{"canary-send", 0, "TEXT", group::origins, on_target, false, "target.canary_send", "",
           "a message that changes nothing and that only somebody known gets an answer to"},
    Option{"canary-expect", 0, "TEXT", group::origins, on_target, false, "target.canary_expect", "",
           "what that answer contains"},

    Option{"auth-scheme", 0, "first-message|query|cookie|header|subprotocol", group::authentication,
           on_target | Verb::echo, true, "target.auth.scheme", "",
           "how the server knows its users: where --auth-token stands; the auth cases need it"},
    Option{"auth-token", 0, "TOKEN", group::authentication, on_target | Verb::echo, false,
           "target.auth.token", "that of -b, -H, -u or the URL",
           "a valid token of a test account; every opening handshake carries it"},
    Option{"auth-expired-token", 0, "TOKEN", group::authentication, on_target, false,
           "target.auth.expired_token", "", "a token that has run out"},
    Option{"ticket-command", 0, "CMD", group::authentication, on_target, false,
           "target.auth.ticket_command", "",
           "prints a fresh ticket, for servers whose tokens are good for one connection: in place "
           "of --auth-token"},
    Option{"auth-param", 0, "NAME", group::authentication, on_target | Verb::echo, false,
           "target.auth.param", "token; session", "name of the parameter or the cookie"},
    Option{"auth-message", 0, "TEXT", group::authentication, on_target | Verb::echo, false,
           "target.auth.message", "{token}", "the first message, {token} in the token's place"},
    Option{"auth-timeout", 0, "D", group::authentication, on_target | Verb::echo, false,
           "target.auth.timeout", "", "how long who does not authenticate may stay connected"},
    Option{"login-url", 0, "URL", group::authentication, on_target, false, "target.auth.login_url",
           "", "the page that sets the session's cookie, for a look at its attributes"},

    Option{"cacert", 0, "FILE", group::tls, on_target, false, "target.cacert", "the system's",
           "certificate authorities to trust (PEM)"},
    Option{"cert", 0, "FILE", group::tls, on_target | Verb::echo, false, "target.cert", "",
           "own certificate with its chain (PEM)"},
    Option{"key", 0, "FILE", group::tls, on_target | Verb::echo, false, "target.key", "",
           "its private key (PEM)"},
    Option{"insecure", 'k', "", group::tls, on_target, false, "target.insecure", "no",
           "do not verify the server's certificate"},
    Option{"tls-min", 0, "1.2|1.3", group::tls, on_target, false, "target.tls_min", "1.2",
           "lowest TLS version to agree to"},
    Option{"tls-max", 0, "1.2|1.3", group::tls, on_target, false, "target.tls_max", "1.3",
           "highest TLS version to agree to"},
    Option{"servername", 0, "NAME", group::tls, on_target, false, "target.servername",
           "the URL's host", "name to ask for (SNI) and to verify"},
    Option{"keylog", 0, "FILE", group::tls, on_target, false, "target.keylog", "",
           "append the TLS secrets for Wireshark"},

    Option{"ipv4", '4', "", group::network, on_target, false, "target.ipv4", "no", "IPv4 only"},
    Option{"ipv6", '6', "", group::network, on_target, false, "target.ipv6", "no", "IPv6 only"},
    Option{"unix-socket", 0, "PATH", group::network, on_target | Verb::echo, false,
           "target.unix_socket", "", "a Unix domain socket instead of TCP"},
    Option{"connect-timeout", 0, "D", group::network, on_target, false, "target.connect_timeout",
           "5s", "how long connecting may take"},
};

}  // namespace

std::span<Option const> options_of_the_target() {
    return target_table;
}

}  // namespace wsproof::cli
