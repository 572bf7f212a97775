// Any response to a client: it opens only as RFC 6455 4.1 allows, and says nothing before or
// instead. The nonce is always the same, so that an input can have the right accept value.
#include <algorithm>

#include "fuzz/target.hpp"
#include "fuzz/targets/endpoint_properties.hpp"
#include "fuzz/targets/input.hpp"
#include "reference_impl/protocol/endpoint.hpp"
#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::fuzz {
namespace {

using wire::HttpHead;

/// bit 0: subprotocols; bit 1: no permessage-deflate; bit 2: only with small windows.
reference::Options client_of(unsigned choices) {
    reference::Options options;
    if (has_bit(choices, 0)) options.subprotocols = {"chat", "superchat"};
    options.deflate.enabled = !has_bit(choices, 1);
    if (has_bit(choices, 2)) options.deflate.server_max_window_bits = 10;
    return options;
}

/// The response that counts: interim ones come before it (RFC 9110 15.2).
HttpHead final_head(wire::ByteView bytes) {
    for (;;) {
        auto result = wire::parse_head(bytes);
        auto const line = wire::parse_status_line(result.head.start_line);
        bool const interim = line && line->status / 100 == 1 && line->status != 101;
        if (result.state != wire::HeadState::complete || !interim) return std::move(result.head);
        bytes = bytes.subspan(result.size);
    }
}

void require_right_answer(HttpHead const& told, std::string const& key,
                          reference::Options const& options) {
    auto const line = wire::parse_status_line(told.start_line).value_or(wire::StatusLine{});
    require(line.status == 101, "a connection by 101 alone", [&] { return told.raw; });
    auto const upgrade = told.values_of("Upgrade");
    require(upgrade.size() == 1 && wire::equals_ignoring_case(upgrade.front(), "websocket"),
            "a connection by Upgrade: websocket alone", [&] { return told.raw; });
    auto const connection = told.elements_of("Connection");
    require(std::ranges::any_of(
                connection,
                [](auto const& token) { return wire::equals_ignoring_case(token, "upgrade"); }),
            "a connection by Connection: Upgrade alone", [&] { return told.raw; });
    require(told.values_of("Sec-WebSocket-Accept") == std::vector{wire::accept_value(key)},
            "a connection by the right accept value alone", [&] { return told.raw; });
    auto const chosen = told.values_of("Sec-WebSocket-Protocol");
    auto const& offered = options.subprotocols;
    require(chosen.empty() ||
                (chosen.size() == 1 && std::ranges::find(offered, chosen.front()) != offered.end()),
            "a subprotocol that was offered", [&] { return told.raw; });
    auto const extensions = told.elements_of("Sec-WebSocket-Extensions");
    require(extensions.empty() || (options.deflate.enabled && extensions.size() == 1 &&
                                   extensions.front().starts_with("permessage-deflate")),
            "an extension that was offered", [&] { return told.raw; });
}

}  // namespace

/// A byte of choices, the size of the pieces (0: all at once), the response.
void check_opening_response(wire::ByteView data, reference::Faults const& faults) {
    Input input(data);
    auto const options = client_of(input.byte());
    auto const piece = input.byte();
    reference::Endpoint endpoint(wire::Role::client, options, faults);
    auto const asked = wire::parse_head(endpoint.take_output());
    auto const told = final_head(input.rest());
    while (!input.empty() && endpoint.state() == reference::State::connecting)
        endpoint.receive(input.take(piece == 0 ? data.size() : piece));
    auto const events = endpoint.take_events();
    bool const opened =
        !events.empty() && std::holds_alternative<reference::event::Opened>(events.front());
    if (opened)
        return require_right_answer(told, asked.head.value_of("Sec-WebSocket-Key").value_or(""),
                                    options);
    require(endpoint.take_output().empty(), "silence of a client whose handshake failed (4.1)");
}

WSPROOF_FUZZ_TARGET(opening_response) {
    check_opening_response(data, {});
}

}  // namespace wsproof::fuzz
