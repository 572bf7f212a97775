// Any request to a server: 101 only where RFC 6455 4.2.1 allows it, an accept value that fits the
// key, and no header field that the request has smuggled in.
#include <algorithm>
#include <array>

#include "fuzz/target.hpp"
#include "fuzz/targets/endpoint_properties.hpp"
#include "fuzz/targets/input.hpp"
#include "reference_impl/protocol/endpoint.hpp"
#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::fuzz {
namespace {

using wire::HttpHead;

/// bit 0: subprotocols; bit 1: no permessage-deflate; bit 2: an allowed origin.
reference::Options server_of(unsigned choices) {
    reference::Options options;
    if (has_bit(choices, 0)) options.subprotocols = {"chat", "superchat"};
    options.deflate.enabled = !has_bit(choices, 1);
    if (has_bit(choices, 2)) options.origin_policy.allowed = {"https://app.good.example"};
    return options;
}

bool lists(HttpHead const& head, std::string_view name, std::string_view token) {
    return std::ranges::any_of(head.elements_of(name), [&](auto const& element) {
        return wire::equals_ignoring_case(element, token);
    });
}

/// 4.2.1-1 to -6, by the tester's own parser.
void require_allowed(HttpHead const& asked, reference::Options const& options) {
    auto const& line = asked.start_line;
    require(line.starts_with("GET ") && line.substr(line.rfind(' ') + 1).starts_with("HTTP/1."),
            "101 for GET in HTTP/1.1 alone", [&] { return line; });
    require(!line.ends_with("HTTP/1.0"), "101 for HTTP/1.1 or higher");
    require(asked.values_of("Host").size() == 1, "101 for one Host alone");
    require(lists(asked, "Upgrade", "websocket"), "101 for Upgrade: websocket alone");
    require(lists(asked, "Connection", "upgrade"), "101 for Connection: Upgrade alone");
    require(asked.values_of("Sec-WebSocket-Version") == std::vector<std::string>{"13"},
            "101 for version 13 alone");
    auto const keys = asked.values_of("Sec-WebSocket-Key");
    auto const key = wire::base64_decode(keys.empty() ? "" : keys.front());
    require(keys.size() == 1 && key && key->bytes.size() == 16, "101 for one key of 16 bytes");
    auto const& allowed = options.origin_policy.allowed;
    auto const origin = asked.value_of("Origin");
    require(allowed.empty() || !origin || wire::equals_ignoring_case(*origin, allowed.front()),
            "101 for an allowed origin alone", [&] { return *origin; });
}

/// 4.2.2-5: every field is the server's own, once, with a value that it may have.
void require_right_fields(HttpHead const& asked, HttpHead const& told,
                          reference::Options const& options) {
    constexpr std::array known{"Upgrade", "Connection", "Sec-WebSocket-Accept",
                               "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"};
    for (auto const& field : told.fields)
        require(std::ranges::find(known, field.name) != known.end() &&
                    told.values_of(field.name).size() == 1,
                "fields of the server alone", [&] { return told.raw; });
    require(told.value_of("Upgrade") == "websocket" && told.value_of("Connection") == "Upgrade",
            "the fields of a 101", [&] { return told.raw; });
    auto const key = asked.value_of("Sec-WebSocket-Key").value_or("");
    require(told.value_of("Sec-WebSocket-Accept") == wire::accept_value(key),
            "the accept value of the key", [&] { return told.raw; });
    auto const subprotocol = told.value_of("Sec-WebSocket-Protocol");
    auto const& spoken = options.subprotocols;
    auto const asked_for = asked.elements_of("Sec-WebSocket-Protocol");
    require(!subprotocol || (std::ranges::find(spoken, *subprotocol) != spoken.end() &&
                             std::ranges::find(asked_for, *subprotocol) != asked_for.end()),
            "a subprotocol of both", [&] { return *subprotocol; });
    auto const extensions = told.value_of("Sec-WebSocket-Extensions");
    auto const offered = asked.elements_of("Sec-WebSocket-Extensions");
    require(!extensions || (options.deflate.enabled &&
                            std::ranges::any_of(offered,
                                                [](auto const& offer) {
                                                    return offer.starts_with("permessage-deflate");
                                                })),
            "an extension that was offered", [&] { return *extensions; });
}

/// RFC 9110 8.6, 9.3.2: to HEAD the length of what GET would have got, and no content. Of a head
/// that cannot be read nobody but its reader knows the method.
void require_refusal(wire::HeadResult const& asked, HttpHead const& told, unsigned status,
                     std::size_t content) {
    require(status >= 400 && status <= 599, "a status of 400 to 599", [&] { return told.raw; });
    auto const lengths = told.values_of("Content-Length");
    require(lengths.size() == 1, "one length of the content", [&] { return told.raw; });
    bool const is_read = asked.state == wire::HeadState::complete && asked.head.anomalies.empty();
    bool const is_to_head = is_read && asked.head.start_line.starts_with("HEAD ");
    require(is_to_head ? content == 0
                       : lengths.front() == std::to_string(content) || (!is_read && content == 0),
            "the length of the content", [&] { return told.raw; });
}

}  // namespace

/// A byte of choices, the size of the pieces (0: all at once), the request.
void check_opening_request(wire::ByteView data, reference::Faults const& faults) {
    Input input(data);
    auto const options = server_of(input.byte());
    auto const piece = input.byte();
    reference::Endpoint endpoint(wire::Role::server, options, faults);
    auto const asked = wire::parse_head(input.rest());
    while (!input.empty() && endpoint.state() == reference::State::connecting)
        endpoint.receive(input.take(piece == 0 ? data.size() : piece));
    auto const opened = endpoint.state() != reference::State::connecting &&
                        endpoint.state() != reference::State::closed;
    auto const output = endpoint.take_output();
    if (output.empty()) return require(!opened, "an answer to what opens a connection");
    auto const told = wire::parse_head(output);
    require(told.state == wire::HeadState::complete && told.head.anomalies.empty(),
            "a response as RFC 9112 has it", [&] { return wire::to_text(output); });
    auto const status = wire::parse_status_line(told.head.start_line).value_or(wire::StatusLine{});
    if (status.status != 101)
        return require_refusal(asked, told.head, status.status, output.size() - told.size);
    require(opened, "101 where the connection opens alone");
    require(asked.state == wire::HeadState::complete, "101 for a whole request alone");
    require_allowed(asked.head, options);
    require_right_fields(asked.head, told.head, options);
}

WSPROOF_FUZZ_TARGET(opening_request) {
    check_opening_request(data, {});
}

}  // namespace wsproof::fuzz
