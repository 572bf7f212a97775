#include "cli/options.hpp"

#include <algorithm>
#include <array>

namespace wsproof::cli {
namespace {

constexpr auto on_test = Verb::test | Verb::origin;
constexpr auto on_campaign = only(Verb::fuzz);
constexpr auto on_measured = on_test | Verb::fuzz;
constexpr auto on_spawned = on_measured | Verb::doctor | Verb::replay;
constexpr auto on_played = on_test | Verb::replay;
constexpr auto on_compare = only(Verb::compare);
constexpr auto on_timed = on_played | Verb::fuzz | Verb::shrink;
constexpr auto on_run = on_measured | Verb::demo;
constexpr auto on_target = on_measured | Verb::doctor | Verb::replay | Verb::shrink;
constexpr auto on_cases = on_measured | Verb::shrink | Verb::list | Verb::explain | Verb::replay |
                          Verb::doctor | Verb::demo | Verb::self_test | Verb::version |
                          Verb::corpus | Verb::compare | Verb::baseline;
constexpr auto on_choice = on_test | Verb::demo | Verb::list | Verb::self_test;
constexpr auto on_reports = on_measured | Verb::report | Verb::merge | Verb::demo;
constexpr auto on_files = on_reports | Verb::compare;
constexpr auto on_gate = on_test | Verb::report | Verb::merge | Verb::baseline;
constexpr auto on_all = on_cases | Verb::echo | Verb::report | Verb::merge | Verb::diff |
                        Verb::lint | Verb::init | Verb::baseline | Verb::schema;
constexpr auto on_echo = only(Verb::echo);

constexpr std::string_view selection = "Selection";
constexpr std::string_view target = "Target";
constexpr std::string_view handshake = "Opening handshake";
constexpr std::string_view origins = "Origin and identity";
constexpr std::string_view authentication = "Authentication";
constexpr std::string_view tls = "TLS";
constexpr std::string_view network = "Network";
constexpr std::string_view running = "Running";
constexpr std::string_view judging = "Judging";
constexpr std::string_view output = "Output";
constexpr std::string_view configuration = "Configuration";
constexpr std::string_view campaign = "Campaign";
constexpr std::string_view comparison = "Comparison";
constexpr std::string_view server = "Server";

constexpr std::array option_table{
    Option{"select", 's', "EXPR", selection, on_choice | Verb::compare, true, "run.select", "all",
           "choose cases: an id or glob (close/*), a tag (@must, @utf8), rfc:5.5.1, "
           "autobahn:7.9.*; !EXPR removes"},
    Option{"select-file", 0, "FILE", selection, on_choice | Verb::compare, true, "run.select_file",
           "", "one expression a line, # begins a comment; the output of `list` will do"},
    Option{"profile", 0, "smoke|default|strict|full", selection,
           on_test | Verb::list | Verb::compare, false, "run.profile", "default",
           "smoke: level must, one variant a case; default: all but limits and slow cases; "
           "strict: these with --strict; full: all, as list has it unless told otherwise"},
    Option{"role", 0, "server|client", selection, only(Verb::list), false, "", "either",
           "whom the cases judge; without those that stop it unless asked for, as `test` does"},
    Option{"shard", 0, "I/N", selection, on_test, false, "run.shard", "",
           "play the I-th of N parts; `wsproof merge` joins their reports"},
    Option{"min-cases", 0, "N", selection, on_test, false, "run.min_cases", "",
           "exit 7 when fewer variants were judged"},
    Option{"allow-empty", 0, "", selection, on_test, false, "run.allow_empty", "no",
           "no case matched is a success"},
    Option{"cases", 0, "DIR", selection, on_cases, true, "run.cases", "built in",
           "add the case files of a folder: mine/chat/hello.jsonc is mine/chat/hello; a folder "
           "with the built-in rules.jsonc stands in place of what is built in"},

    Option{"target", 0, "NAME", target, on_target, false, "", "the only one",
           "take [target.NAME] of the config file"},
    Option{"name", 0, "ID", target, on_measured, false, "target.name", "the target's name",
           "label of the target in reports"},
    Option{"spawn", 0, "CMD", target, on_spawned, false, "target.spawn", "",
           "start the server with /bin/sh; {port} is a free port, {host} its address"},
    Option{"ready", 0, "tcp|ws|http:PATH|log:REGEX", target, on_spawned, false, "target.ready",
           "ws", "when a spawned server counts as up"},
    Option{"ready-timeout", 0, "D", target, on_spawned, false, "target.ready_timeout", "30s",
           "how long it may take to come up"},
    Option{"restart", 0, "never|on-crash", target, on_measured, false, "target.restart", "on-crash",
           "start a spawned server again when a case has ended it"},
    Option{"cwd", 0, "DIR", target, on_spawned, false, "target.cwd", "",
           "working directory of a spawned server"},
    Option{"env", 0, "K=V|local", target, on_spawned, true, "target.env", "",
           "added to the environment of a spawned server; local: the service is meant for its "
           "users' own machines, where every page can reach it"},
    Option{"stop-signal", 0, "SIG", target, on_spawned, false, "target.stop_signal", "TERM",
           "the signal that ends a spawned server"},
    Option{"shutdown-command", 0, "CMD", target, on_test, false, "target.shutdown_command", "",
           "what stops the target, for /bin/sh; the shutdown cases (-s 'shutdown/*') run it"},
    Option{"shutdown-signal", 0, "SIG", target, on_test, false, "target.shutdown_signal", "TERM",
           "the signal that tells a spawned server to stop, in the shutdown cases"},
    Option{"shutdown-grace", 0, "D", target, Verb::test | Verb::echo, false,
           "target.shutdown_grace", "10s; echo: 3s",
           "how long the server, when it stops, gives its clients to answer its Close"},
    Option{"pid", 0, "N", target, on_measured, false, "", "",
           "the server's process, if it runs on this machine: its memory, descriptors and threads "
           "are watched, and its end is told; a spawned server is always watched"},
    Option{"server-lib", 0, "NAME@VERSION", target, on_measured, true, "target.server_libs", "",
           "a library that the server runs on, such as ws@8.17.0: advisories of that version are "
           "noted"},
    Option{"echo", 0, "yes|none", target, on_target, false, "target.echo", "probe",
           "does the endpoint echo? cases that need it are skipped otherwise"},

    Option{"header", 'H', "NAME: VALUE", handshake, on_target, true, "target.headers", "",
           "added to every request"},
    Option{"user", 'u', "USER:PASSWORD", handshake, on_target, false, "target.user", "",
           "basic credentials"},
    Option{"cookie", 'b', "NAME=VALUE", handshake, on_target, true, "target.cookie", "",
           "cookies of every request"},
    Option{"user-agent", 'A', "NAME", handshake, on_target, false, "target.user_agent", "",
           "User-Agent of every request"},
    Option{"origin", 0, "ORIGIN", handshake, on_target, false, "target.origin",
           "the first --allowed-origin", "Origin of every request; one that the server lets in"},
    Option{"subprotocol", 0, "NAME", handshake, on_target | Verb::echo, true, "target.subprotocols",
           "", "offered in every opening handshake; echo: spoken"},
    Option{"path", 0, "RESOURCE", handshake, on_target, false, "target.path", "that of the URL",
           "path and query of the WebSocket endpoint"},
    Option{"first-message", 0, "TEXT", handshake, on_target, true, "target.first_messages", "",
           "a text message sent after every opening handshake, such as a log-in"},

    Option{"allowed-origin", 0, "ORIGIN", origins, on_target | Verb::echo, true,
           "target.allowed_origins", "origin: that of the URL; echo: every one",
           "an origin that the server lets in, or a pattern such as https://*.app.example; the "
           "origin cases of `test` need one"},
    Option{"expect-origin-check", 0, "auto|yes|no", origins, on_target, false,
           "target.expect_origin_check", "auto",
           "is the server meant for the pages of certain sites? auto: with an allowed origin, or "
           "credentials that browsers send unasked"},
    Option{"require-origin", 0, "", origins, on_target, false, "target.require_origin", "no",
           "the server means to refuse requests without Origin"},
    Option{"credential-model", 0, "auto|none|token|cookie|http-auth|client-certificate|network",
           origins, on_target, false, "target.credential_model", "auto",
           "what the server takes for proof of identity; auto: what it misses when left out"},
    Option{"canary-send", 0, "TEXT", origins, on_target, false, "target.canary_send", "",
           "a message that changes nothing and that only somebody known gets an answer to"},
    Option{"canary-expect", 0, "TEXT", origins, on_target, false, "target.canary_expect", "",
           "what that answer contains"},

    Option{"auth-scheme", 0, "first-message|query|cookie|header|subprotocol", authentication,
           on_target | Verb::echo, true, "target.auth.scheme", "",
           "how the server knows its users: where --auth-token stands; the auth cases need it"},
    Option{"auth-token", 0, "TOKEN", authentication, on_target | Verb::echo, false,
           "target.auth.token", "that of -b, -H, -u or the URL",
           "a valid token of a test account; every opening handshake carries it"},
    Option{"auth-expired-token", 0, "TOKEN", authentication, on_target, false,
           "target.auth.expired_token", "", "a token that has run out"},
    Option{"ticket-command", 0, "CMD", authentication, on_target, false,
           "target.auth.ticket_command", "",
           "prints a fresh ticket, for servers whose tokens are good for one connection: in place "
           "of --auth-token"},
    Option{"auth-param", 0, "NAME", authentication, on_target | Verb::echo, false,
           "target.auth.param", "token; session", "name of the parameter or the cookie"},
    Option{"auth-message", 0, "TEXT", authentication, on_target | Verb::echo, false,
           "target.auth.message", "{token}", "the first message, {token} in the token's place"},
    Option{"auth-timeout", 0, "D", authentication, on_target | Verb::echo, false,
           "target.auth.timeout", "", "how long who does not authenticate may stay connected"},
    Option{"login-url", 0, "URL", authentication, on_target, false, "target.auth.login_url", "",
           "the page that sets the session's cookie, for a look at its attributes"},

    Option{"cacert", 0, "FILE", tls, on_target, false, "target.cacert", "the system's",
           "certificate authorities to trust (PEM)"},
    Option{"cert", 0, "FILE", tls, on_target | Verb::echo, false, "target.cert", "",
           "own certificate with its chain (PEM)"},
    Option{"key", 0, "FILE", tls, on_target | Verb::echo, false, "target.key", "",
           "its private key (PEM)"},
    Option{"insecure", 'k', "", tls, on_target, false, "target.insecure", "no",
           "do not verify the server's certificate"},
    Option{"tls-min", 0, "1.2|1.3", tls, on_target, false, "target.tls_min", "1.2",
           "lowest TLS version to agree to"},
    Option{"tls-max", 0, "1.2|1.3", tls, on_target, false, "target.tls_max", "1.3",
           "highest TLS version to agree to"},
    Option{"servername", 0, "NAME", tls, on_target, false, "target.servername", "the URL's host",
           "name to ask for (SNI) and to verify"},
    Option{"keylog", 0, "FILE", tls, on_target, false, "target.keylog", "",
           "append the TLS secrets for Wireshark"},

    Option{"ipv4", '4', "", network, on_target, false, "target.ipv4", "no", "IPv4 only"},
    Option{"ipv6", '6', "", network, on_target, false, "target.ipv6", "no", "IPv6 only"},
    Option{"unix-socket", 0, "PATH", network, on_target | Verb::echo, false, "target.unix_socket",
           "", "a Unix domain socket instead of TCP"},
    Option{"connect-timeout", 0, "D", network, on_target, false, "target.connect_timeout", "5s",
           "how long connecting may take"},

    Option{"jobs", 'j', "N|auto", running, on_run | Verb::compare, false, "run.jobs", "auto",
           "cases at once; timing cases always run alone"},
    Option{"timeout", 0, "D", running, on_timed | Verb::compare, false, "run.timeout", "10s",
           "no case takes longer"},
    Option{"timeout-scale", 0, "F", running, on_timed | Verb::doctor | Verb::demo | Verb::compare,
           false, "run.timeout_scale", "1",
           "multiplies every deadline: sanitizers, valgrind, emulators"},
    Option{"delivery", 0, "whole|bytewise|coalesced", running, on_played | Verb::compare, false,
           "run.delivery", "whole", "how bytes are cut into writes"},
    Option{
        "depth", 0, "normal|full", running, on_played | Verb::compare, false, "run.depth", "normal",
        "how many messages an exchange repeats: enough to cross the window several times, or all"},
    Option{"seed", 0, "HEX", running, on_timed | Verb::demo | Verb::compare, false, "run.seed",
           "00c0ffee5eed0001", "all random bytes derive from it and the case's id"},
    Option{"no-sanity", 0, "", running, on_test, false, "run.no_sanity", "no",
           "do not play the sanity case first and last"},
    Option{"retries", 0, "N", running, on_test, false, "run.retries", "0",
           "play a case that fails or is inconclusive up to N times more; if it goes well then, it "
           "is flaky"},
    Option{"repeat", 0, "N", running, on_test, false, "run.repeat", "1",
           "play every case N times: the worst verdict counts, and verdicts that differ are flaky"},
    Option{"time-budget", 0, "D", running, on_test, false, "run.time_budget", "",
           "start no case any more after this time; exit 7 if any are left"},
    Option{"fail-fast", 'x', "[=N]", running, on_test, false, "run.fail_fast", "",
           "stop after N failures (1)"},

    Option{"for", 0, "D", campaign, on_campaign, false, "fuzz.for", "60s",
           "how long to go on; with --runs alone, until these are done"},
    Option{"runs", 0, "N", campaign, on_campaign, false, "fuzz.runs", "",
           "so many sessions at most"},
    Option{"stop-after", 0, "N", campaign, on_campaign, false, "fuzz.stop_after", "",
           "stop after N findings"},
    Option{"model", 0, "lenient|strict", campaign, on_campaign, false, "fuzz.model", "lenient",
           "strict: what the RFC lets off lightly is a finding too, a close code that does not fit "
           "for one"},
    Option{"phase", 0, "handshake|frames|close|deflate", campaign, on_campaign, true, "fuzz.phase",
           "all", "what the sessions are about"},
    Option{"regressions", 0, "DIR", campaign, on_campaign, false, "fuzz.regressions", "",
           "case files of earlier findings, played first"},
    Option{"corpus", 0, "DIR", campaign, on_campaign, false, "fuzz.corpus", "",
           "sessions to build on: read at the start, added to at the end"},
    Option{"seeds", 0, "DIR", campaign, on_campaign, false, "fuzz.seeds", "",
           "more sessions to build on, which are only read"},
    Option{"dict", 0, "FILE", campaign, on_campaign, false, "fuzz.dict", "",
           "words that some messages have in them, as libFuzzer and AFL++ write them"},
    Option{"findings", 0, "DIR", campaign, on_campaign, false, "fuzz.findings",
           "findings in the report folder", "where findings go, as case files and as bytes"},
    Option{"no-minimize", 0, "", campaign, on_campaign, false, "fuzz.no_minimize", "no",
           "leave findings as they came"},
    Option{"rss-limit", 0, "SIZE", campaign, on_campaign, false, "fuzz.rss_limit", "",
           "memory that the server's process may use, such as 512M: more is a finding"},
    Option{"hang-timeout", 0, "D", campaign, on_campaign, false, "fuzz.hang_timeout", "1.5s",
           "a server that lets nobody in for so long is hung"},
    Option{"cov", 0, "FILE", campaign, on_campaign, false, "fuzz.cov", "",
           "edge map of an instrumented server, a byte an edge: sessions that reach new ones are "
           "built on. What is tried then depends on the server, not on the seed alone"},

    Option{"spec", 0, "FILE", comparison, on_compare, false, "", "",
           "run the suite against every [target.NAME] of a file like wsproof.toml, one after "
           "another"},
    Option{"resume", 0, "", comparison, on_compare, false, "", "no",
           "take what an earlier run of the spec has finished, where it had the same cases, choice "
           "and target"},
    Option{"columns", 0, "NAME", comparison, on_compare, true, "", "all",
           "these implementations alone"},
    Option{"reference", 0, "NAME", comparison, on_compare, false, "", "",
           "the implementation that --only reference-fails is about"},
    Option{"only", 0, "all|differs|fails|everyone-fails|reference-fails|alone|unsupported",
           comparison, on_compare, false, "", "differs in texts, all in files for programs",
           "which cases to list"},
    Option{"rows", 0, "section|case", comparison, on_compare, false, "", "case",
           "section: the sums alone"},

    Option{"strict", 0, "", judging, on_played | Verb::demo | Verb::compare, false, "run.strict",
           "no", "what is lenient by the letter fails"},
    Option{"fail-on", 0, "must|should|any|never", judging, on_reports | Verb::diff | Verb::baseline,
           false, "run.fail_on", "must", "the lowest level whose failures break the gate"},
    Option{"fail-on-severity", 0, "info|low|medium|high|critical|never", judging, on_test, false,
           "run.fail_on_severity", "never; origin: medium",
           "the lowest severity of a security finding that breaks the gate"},
    Option{"baseline", 0, "FILE", judging, on_gate, false, "run.baseline", "",
           "the failures that are known (docs/gate.md): they do not break the gate"},
    Option{"strict-baseline", 0, "", judging, on_gate, false, "run.strict_baseline", "no",
           "entries of the baseline that are fixed, expired or about no case break the gate"},
    Option{"allow-fewer", 0, "", judging, on_gate, false, "run.allow_fewer", "no",
           "accept over 2 % fewer judged cases than the baseline has recorded"},
    Option{"fail-on-flaky", 0, "", judging, on_test, false, "run.fail_on_flaky", "no",
           "exit 7 when a result is flaky"},
    Option{"exit-zero", 0, "", judging, on_measured, false, "run.exit_zero", "no",
           "report only: the exit codes 1, 5 and 7 become 0"},

    Option{"report", 'r', "FMT[=PATH]", output, on_files, true, "report.make", "html, json",
           "write json, html, text, sarif, junit, tap, ctrf, md, csv, metrics, badge (SVG, or JSON "
           "for shields.io where PATH ends with .json), ndjson, codequality (GitLab), teamcity, "
           "pcapng or autobahn (a folder with index.json); compare: html, md, csv, json, text; =- "
           "is stdout; none: no file"},
    Option{
        "html-assets", 0, "inline|external|none", output, on_reports, false, "report.html_assets",
        "inline",
        "style and script of the HTML page: in it; in a .css and a .js file beside it, for servers "
        "that forbid what stands in a page; none: no script at all"},
    Option{"md-limit", 0, "N", output, on_files, false, "report.md_limit", "60000",
           "bytes of Markdown at most; what has no room is counted"},
    Option{"sarif-location", 0, "PATH[:LINE]", output, on_reports, false, "report.sarif_location",
           "wsproof.toml:1", "the file of the repository that results in SARIF point at"},
    Option{"gha-annotations", 0, "N", output, on_measured, false, "report.gha_annotations", "9",
           "annotations in GitHub Actions: so many errors and warnings; 0: none"},
    Option{"no-step-summary", 0, "", output, on_measured, false, "report.no_step_summary", "no",
           "write nothing into the step summary of GitHub Actions"},
    Option{"report-dir", 0, "DIR", output, on_files | Verb::baseline, false, "report.dir",
           "wsproof-report", "where reports without a path and the journal go"},
    Option{"keep-transcripts", 0, "failed|all|none", output, on_reports, false,
           "report.keep_transcripts", "failed", "whose bytes go into the report"},
    Option{"journal", 0, "PATH", output, on_test, false, "report.journal",
           "journal.ndjson in the report folder", "one line a result, as soon as it is known"},
    Option{"progress", 0, "auto|bar|plain|none", output, on_run, false, "report.progress", "auto",
           "how a run shows that it goes on"},
    Option{"color", 0, "auto|always|never", output, on_all, false, "report.color", "auto",
           "colours on the terminal"},
    Option{"ascii", 0, "", output, on_all, false, "report.ascii", "no",
           "no characters beyond ASCII of our own"},
    Option{"quiet", 'q', "", output,
           on_files | Verb::self_test | Verb::replay | Verb::lint | Verb::init | Verb::corpus |
               Verb::baseline,
           false, "report.quiet", "no", "only the last line"},
    Option{"verbose", 'v', "", output, on_files | Verb::replay, true, "report.verbose", "no",
           "the frames of every failure; twice: their bytes"},

    Option{"config", 'c', "FILE", configuration, on_target | Verb::baseline, false, "",
           "wsproof.toml, upwards from here",
           "the config file; `test` takes a spec of Autobahn's fuzzingclient as well"},
    Option{"no-config", 0, "", configuration, on_target | Verb::baseline, false, "", "no",
           "read no config file"},
    Option{"print-config", 0, "", configuration, on_test, false, "", "no",
           "print every value with its source, and run nothing"},
    Option{"from", 0, "FILE", configuration, only(Verb::init), false, "", "",
           "the spec: Autobahn's fuzzingclient.json"},
    Option{"force", 0, "", configuration, Verb::init | Verb::merge, false, "", "no",
           "init: replace files that are there; merge: join reports that do not belong together"},

    Option{"port", 0, "N", server, on_echo, false, "", "0: a free one", "port to listen on"},
    Option{"host", 0, "ADDRESS", server, on_echo, false, "", "127.0.0.1", "address to listen on"},
    Option{"tls", 0, "", server, on_echo, false, "", "no",
           "speak wss, with --cert and --key or a certificate made at start"},
    Option{"fault", 0, "NAME", server, on_echo, true, "", "",
           "plant a fault of the reference (--list-faults)"},
    Option{"list-faults", 0, "", server, on_echo, false, "", "no", "print the faults and end"},
    Option{"no-deflate", 0, "", server, on_echo, false, "", "no", "decline permessage-deflate"},
    Option{"greeting", 0, "TEXT", server, on_echo, false, "", "",
           "a text message sent to whoever connects"},
    Option{"no-echo", 0, "", server, on_echo, false, "", "no", "read messages and stay silent"},
    Option{"max-message", 0, "BYTES", server, on_echo, false, "", "67108864",
           "larger messages are answered by Close 1009"},

    Option{"json", 0, "", output, Verb::list | Verb::version, false, "", "no", "as JSON"},
    Option{"ids", 0, "", output, only(Verb::list), false, "", "no",
           "the ids of the cases alone, one a line"},
    Option{"expressions", 0, "", output, only(Verb::list), false, "", "no",
           "everything that -s takes: ids, folders, tags, sections, numbers of Autobahn"},
    Option{"rules", 0, "", output, only(Verb::list), false, "", "no",
           "list the statements of the RFCs: their rules, their cases or why there are none"},
};

}  // namespace

std::span<Option const> options() {
    return option_table;
}

Option const* option_named(std::string_view name) {
    auto const at = std::ranges::find(option_table, name, &Option::name);
    return at == option_table.end() ? nullptr : &*at;
}

bool takes(Verb verb, Option const& option) {
    return (option.verbs & static_cast<Verbs>(verb)) != 0;
}

bool is_choice(Option const& option) {
    auto const& argument = option.argument;
    // Words that stand for something else ("http:PATH", "N|auto") are in capitals.
    return argument.find('|') != std::string_view::npos &&
           std::ranges::none_of(argument, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace wsproof::cli
