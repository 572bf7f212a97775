#include "tests/report/sample.hpp"

#include "reference_impl/wire/frame.hpp"

namespace wsproof::report::sample {
namespace {

using namespace std::chrono_literals;
using play::Direction;
using play::Ending;
using play::Entry;
using play::EntryKind;
using play::Flag;
using play::Verdict;

constexpr wire::MaskingKey key{std::byte{0x37}, std::byte{0xfa}, std::byte{0x21}, std::byte{0x3d}};
constexpr std::string_view reserved_rule = "6455/7.4.1/reserved-codes-not-sent";
constexpr std::string_view ping_rule = "6455/5.5.2/answers-pings";
constexpr std::string_view deflate_rule = "7692/6/rsv1-on-first-fragment-only";
constexpr std::string_view masking_rule = "6455/5.1/server-never-masks";

void add_rules(Report& report) {
    report.rules = {
        {std::string(reserved_rule),
         {script::Level::must, "RFC 6455", "7.4.1", "Reserved status codes are never sent."}},
        {std::string(ping_rule),
         {script::Level::must, "RFC 6455", "5.5.2", "A ping is answered by a pong."}},
        {std::string(deflate_rule),
         {script::Level::should, "RFC 7692", "6", "RSV1 is set on first fragments alone."}},
        {std::string(masking_rule),
         {script::Level::must, "RFC 6455", "5.1", "A server does not mask what it sends."}}};
}

CaseInfo case_info(std::string id, std::string title, std::string_view rule) {
    CaseInfo info{.id = std::move(id), .title = std::move(title), .rule = std::string(rule)};
    info.role = "server";
    info.document = rule.substr(0, 4) == "6455" ? "RFC 6455" : "RFC 7692";
    info.section = std::string(rule.substr(5, rule.find('/', 5) - 5));
    info.level = rule == deflate_rule ? script::Level::should : script::Level::must;
    info.digest = "sha256:00";
    return info;
}

Entry entry(std::chrono::microseconds time, Direction direction, EntryKind kind,
            std::string words) {
    return {.time = time, .direction = direction, .kind = kind, .words = std::move(words)};
}

void add_opening(play::Result& result) {
    auto request = entry(0us, Direction::send, EntryKind::http, "GET / HTTP/1.1");
    request.bytes = wire::to_bytes(
        "GET / HTTP/1.1\r\nHost: localhost:9001\r\nUpgrade: websocket\r\n"
        "Authorization: Bearer s3cr3t-token\r\n\r\n");
    auto response = entry(310us, Direction::recv, EntryKind::http, "101 Switching Protocols");
    response.bytes = wire::to_bytes("HTTP/1.1 101 Switching Protocols\r\nServer: echo/1.4\n\r\n");
    result.transcript.entries.push_back(request);
    result.transcript.entries.push_back(response);
    result.transcript.arrivals.push_back({.time = 310us, .data = response.bytes});
}

play::Result echoed_reserved_code() {
    play::Result result{.variant = "closing/reserved-code-not-sent#1005",
                        .verdict = Verdict::fail,
                        .ending = Ending::clean,
                        .reason = "the peer sent the reserved code itself",
                        .expected = {"Close 1002, then the end of the connection",
                                     "Close 1000 or without a code (lenient)"},
                        .actual = "Close 1005 after 0.4 ms",
                        .signature = "closing/reserved-code-not-sent: Close 1005",
                        .notes = {"sent the reserved code itself"}};
    add_opening(result);
    auto const close = wire::header_for(wire::Opcode::close, 2, key);
    auto sent = frame_entry(Direction::send, close, "\x03\xed", "Close 1005");
    sent.time = 340us;
    sent.flag = Flag::trigger;
    sent.close_code = 1005;
    auto got = frame_entry(Direction::recv, wire::header_for(wire::Opcode::close, 2), "\x03\xed",
                           "Close 1005");
    got.time = 741us;
    got.flag = Flag::violation;
    got.close_code = 1005;
    result.transcript.arrivals.push_back({.time = 741us, .data = got.bytes});
    result.transcript.arrivals.push_back({.time = 760us, .kind = play::Arrival::Kind::eof});
    result.transcript.entries.insert(
        result.transcript.entries.end(),
        {sent, got, entry(760us, Direction::recv, EntryKind::tcp, "FIN"),
         entry(761us, Direction::local, EntryKind::verdict, "fail")});
    result.close = {1005, 1005, play::CloseRecord::Tcp::fin};
    result.duration = 1900us;
    result.decided_at = {"cases/closing/reserved-code-not-sent.jsonc", 14};
    return result;
}

play::Result passing(std::string id) {
    play::Result result{.variant = std::move(id), .verdict = Verdict::pass};
    result.ending = Ending::clean;
    result.reason = "did what the rule asks";
    result.duration = 812us;
    add_opening(result);
    return result;
}

}  // namespace

Entry frame_entry(Direction direction, wire::FrameHeader header, std::string_view payload_data,
                  std::string words) {
    Entry entry{.direction = direction, .kind = EntryKind::frame, .words = std::move(words)};
    entry.frame = header;
    entry.bytes = wire::encode_frame(header, wire::as_bytes(payload_data));
    return entry;
}

Report ordinary() {
    Report report{.tool_version = "0.1.0",
                  .tool_commit = "1a2b3c4",
                  .suite_version = "2026.1",
                  .suite_digest = "sha256:77ab",
                  .suite_cases = 212};
    report.run = {
        .id = "01JD3Z8K",
        .started = "2026-11-22T11:05:31Z",
        .duration = 8421ms,
        .seed = 0x00c0ffee5eed0001,
        .argv = {"wsproof", "ws://localhost:9001/", "-H", "Authorization: Bearer s3cr3t-token"},
        .jobs = 2};
    report.target.name = "my echo server";
    report.target.url = "ws://localhost:9001/";
    report.target.profile = {.reachable = true,
                             .opens = true,
                             .status = 101,
                             .server_software = "echo/1.4",
                             .answers_pings = true,
                             .answers_close = true,
                             .echoes_text = true,
                             .echoes_binary = true,
                             .opening_time = 400us,
                             .round_trip = 90us};
    report.setting.host = "localhost:9001";
    report.setting.headers = {{"Authorization", "Bearer s3cr3t-token"}};
    report.setting.run_seed = report.run.seed;
    add_rules(report);
    report.cases = {
        case_info("closing/reserved-code-not-sent#1005",
                  "An endpoint never sends a reserved close status code, not even as an echo.",
                  reserved_rule),
        case_info("control/ping-answered", "An endpoint answers a ping with its application data.",
                  ping_rule),
        case_info("deflate/rsv1-on-continuation",
                  "An endpoint fails the connection when RSV1 is set on a later fragment.",
                  deflate_rule),
        case_info("control/pong-is-last", "A pong may answer the latest ping alone.", ping_rule)};
    report.cases[0].aliases = {"autobahn:7.9.4"};
    report.cases[0].why = "1005 only has meaning inside an API; on the wire it is illegal";
    report.cases[0].fix = "reject 1005, 1006 and 1015 where the body of a Close frame is read";
    auto ping = passing("control/ping-answered");
    ping.breaches = {{std::string(masking_rule), "the peer masked a pong"}};
    play::Result skipped{.variant = "deflate/rsv1-on-continuation", .verdict = Verdict::skipped};
    skipped.skip_reason = "needs-capability:permessage-deflate";
    auto lenient = passing("control/pong-is-last");
    lenient.verdict = Verdict::lenient;
    lenient.reason = "answered both pings, which costs more than it has to";
    report.results = {echoed_reserved_code(), ping, lenient, skipped};
    report.exit_code = exit_code_of(report);
    return report;
}

std::string const hostile_text =
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    "</td></pre></details>\x1b[2J\x1b]0;owned\x07\xe2\x80\xae"
    "desrever\xe2\x81\xa6 \xff\xc3\x28 "
    "'\"><svg/onload=alert(1)>&lt;\r\n::error::x\x9b"
    "31m";

Report hostile() {
    auto report = ordinary();
    report.target.profile.server_software = hostile_text;
    report.target.profile.greeting = hostile_text;
    report.target.profile.accepted_extension = hostile_text;
    report.target.profile.accepted_subprotocol = hostile_text;
    report.target.profile.tls_version = hostile_text;
    report.target.exit_words = hostile_text;
    report.run.state_words = hostile_text;
    for (auto& result : report.results) {
        result.reason = result.actual = result.signature = hostile_text;
        result.expected = result.notes = {hostile_text};
        for (auto& breach : result.breaches) breach.reason = hostile_text;
        for (auto& one : result.transcript.entries) {
            one.words = hostile_text;
            if (one.kind == EntryKind::http)
                one.bytes = wire::to_bytes("HTTP/1.1 101 " + hostile_text + "\r\n\r\n");
        }
    }
    auto const length = hostile_text.size();
    report.results[0].transcript.entries.push_back(
        frame_entry(Direction::recv, wire::header_for(wire::Opcode::text, length), hostile_text,
                    "text " + hostile_text));
    report.results[3].skip_reason = hostile_text;
    return report;
}

Report everything() {
    auto report = ordinary();
    report.results.clear();
    constexpr std::array endings{Ending::none,       Ending::clean,   Ending::close_then_drop,
                                 Ending::drop,       Ending::reset,   Ending::timeout,
                                 Ending::wrong_code, Ending::refused, Ending::none};
    for (std::size_t i = 0; i < endings.size(); ++i) {
        play::Result result = passing("all/case-" + std::to_string(i));
        result.verdict = play::verdicts[i % play::verdicts.size()];
        result.ending = endings[i];
        result.close = {std::nullopt, static_cast<std::uint16_t>(1000 + i),
                        static_cast<play::CloseRecord::Tcp>(i % 4)};
        result.unreachable = i == 8;
        for (std::size_t kind = 0; kind < 8; ++kind) {
            auto one = entry(std::chrono::microseconds(100 * kind),
                             static_cast<Direction>(kind % 3), static_cast<EntryKind>(kind), "x");
            one.connection = kind % 2;
            one.flag = static_cast<Flag>(kind % 3);
            result.transcript.entries.push_back(one);
        }
        wire::FrameHeader odd{.fin = false,
                              .rsv1 = true,
                              .rsv3 = true,
                              .opcode = static_cast<wire::Opcode>(3 + i % 5),
                              .masking_key = key,
                              .payload_length = 0x8000000000000001,
                              .length_form = wire::LengthForm::bits_64};
        auto frame = frame_entry(Direction::recv, odd, "abc", "a frame");
        frame.omitted = 7;
        result.transcript.entries.push_back(frame);
        for (std::size_t kind = 0; kind < 5; ++kind)
            result.transcript.arrivals.push_back({.time = 5us,
                                                  .connection = kind % 2,
                                                  .kind = static_cast<play::Arrival::Kind>(kind)});
        report.cases.push_back(case_info(result.variant, "A case.", ping_rule));
        report.results.push_back(result);
    }
    report.results[1].transcript.complete = false;
    report.results[1].transcript.arrivals.clear();
    report.setting.subprotocols = {"chat"};
    report.setting.opening_messages = {"{\"type\":\"init\"}"};
    report.setting.words = {{"target.origin", "https://a.example"}};
    report.setting.delivery = play::Delivery::bytewise;
    report.setting.depth = play::Depth::full;
    report.setting.time_scale = 2.5;
    report.setting.talks_unasked = true;
    report.setting.origin = "https://a.example";
    report.run.delivery = "bytewise";
    report.run.time_scale = 2.5;
    report.run.strict = true;
    report.run.state = run::State::unreachable;
    report.run.state_words = "connection refused";
    report.target.options = {"--cacert", "ca.pem"};
    report.target.profile.tls_version = "TLSv1.3";
    report.exit_code = 130;
    return report;
}

Report secured() {
    auto report = ordinary();
    auto& security = report.security;
    security.origin = "https://app.example";
    security.origin_policy =
        "lets in https://app.example; origins that begin with https://app.example";
    security.origin_check = OriginCheck::expected;
    security.exposure = {.credentials = run::Credentials::cookie,
                         .proven = true,
                         .words = "the server asks for the cookie: without it it answers 401",
                         .on_loopback = true};
    security.remarks = {"the target is on loopback"};
    security.hooks = {{script::Area::origin, {{"npm ws", "verifyClient"}, {"Tornado", "<b>"}}}};
    security.findings = {
        {.id = "WS-ORIGIN-PREFIX",
         .severity = script::Severity::high,
         .weight = "browsers send the credentials along; seen in Bearer s3cr3t-token",
         .confirmed = true,
         .title = "Origins that only begin like the allowed one are let in",
         .policy = "origins that begin with https://app.example",
         .means = "Whoever owns a name that begins like yours gets in.",
         .fix = "Compare the whole origin for equality.",
         .cwe = {"CWE-1385", "CWE-183"},
         .asvs = {"4.4.2"},
         .cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:N",
         .evidence = {{"origin/longer-host-refused#dot", "https://app.example.evil.example", 101U},
                      {"origin/malformed-origin#path", hostile_text, std::nullopt}}},
        {.id = "WS-ORIGIN-STATUS",
         .severity = script::Severity::info,
         .weight = "no browser can send this",
         .title = "Foreign origins are refused by another status than 403",
         .means = "Pages are kept out all the same.",
         .fix = "Answer 403.",
         .evidence = {{"origin/two-origin-fields#last", {}, 401U}}}};
    report.fail_on_severity = script::Severity::medium;
    report.exit_code = exit_code_of(report);
    return report;
}

}  // namespace wsproof::report::sample
