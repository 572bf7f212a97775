// The verb `open`, in both roles.
#include "harness/play/performance.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/play/opening.hpp"

namespace wsproof::play {

namespace {

constexpr std::string_view extensions_field = "Sec-WebSocket-Extensions";

/// Such a case is about what follows when the offer is declined; offers that are to be accepted
/// stand in `extension`.
bool offers_by_hand(script::Open const& open) {
    return std::ranges::any_of(open.headers, [](script::FieldDelta const& delta) {
        return wire::equals_ignoring_case(delta.name, extensions_field) && !delta.values.empty();
    });
}

/// Refusing all with the offer is no answer to what the case wants to know.
void demand_extension_or_plain(script::Open const& open, Response const& response,
                               std::string const& extension) {
    auto const by_hand = offers_by_hand(open);
    if (response.interim() || (!by_hand && extension.empty())) return;
    auto const skip_reason =
        "needs-capability:" + (by_hand ? std::string{"declined-offer"} : extension);
    if (!response.switching())
        throw Skipped{skip_reason, "the server refused the whole opening handshake with the offer"};
    if (by_hand && response.head.value_of(extensions_field))
        throw Skipped{skip_reason, "the server accepted the offer that this case wants declined"};
}

}  // namespace

std::string received_key(Connection const& connection) {
    auto const& request = connection.request_received();
    return request ? request->value_of("Sec-WebSocket-Key").value_or("") : std::string{};
}

void Performance::perform(script::Open const& open) {
    auto& it = connection();
    if (as_client()) {
        open_as_client(open, it);
    } else {
        open_as_server(open, it);
    }
    send_opening_messages(it);
}

void Performance::open_as_client(script::Open const& open, Connection& it) {
    Wishes const wishes{stage_.encoding.fill()(open.extension),
                        stage_.encoding.fill()(open.subprotocol)};
    script::RequestOutput const output{.target = open.target, .headers = open.headers};
    stage_.encoding.key = fresh_key(stage_.scripted);
    it.send_head(encode(output, wishes, stage_.encoding), {});
    auto const deadline = it.deadline_in(stage_.scaled(step_->within));
    auto event = it.next(deadline);
    while (event && event->as<Response>() != nullptr && event->as<Response>()->interim())
        event = it.next(deadline);
    if (!event) {
        throw Inconclusive{
            because(fmt::format("the opening handshake was not answered within {} ms",
                                step_->within.count()),
                    "opening handshake not answered")};
    }
    auto const* response = event->as<Response>();
    auto const what = deed_in_words(*event, it.peer_role());
    auto const wanted = extension_name(wishes.extension);
    if (response != nullptr) demand_extension_or_plain(open, *response, wanted);
    if (response == nullptr || !response->switching()) {
        throw Inconclusive{
            because(fmt::format("the opening handshake failed: the {} {}", peer(), what),
                    "opening handshake: " + kind_in_words(*event))};
    }
    if (auto const* defect = response->fatal_defect()) {
        throw Inconclusive{
            because(fmt::format("the opening handshake failed: the {} {}", peer(), defect->words),
                    "opening handshake: " + defect->rule)};
    }
    if (wanted.empty() || offers(response->head, wanted)) return;
    throw Skipped{"needs-capability:" + wanted,
                  fmt::format("the server declined the extension {}", wanted)};
}

void Performance::open_as_server(script::Open const& open, Connection& it) {
    auto const request = await_request(it);
    Wishes const wishes{stage_.encoding.fill()(open.extension),
                        stage_.encoding.fill()(open.subprotocol)};
    auto const wanted = extension_name(wishes.extension);
    if (!wanted.empty() && !offers(request, wanted)) {
        throw Skipped{"needs-capability:" + wanted,
                      fmt::format("the client does not offer the extension {}", wanted)};
    }
    script::ResponseOutput const output{.headers = open.headers};
    it.send_head(encode(output, wishes, request, stage_.encoding), {});
}

wire::HttpHead Performance::await_request(Connection& it) {
    auto const event = it.request_received()
                           ? std::nullopt
                           : it.next(it.deadline_in(stage_.scaled(step_->within)));
    if (it.request_received()) {
        stage_.encoding.key = received_key(it);
        return *it.request_received();
    }
    throw Inconclusive{because(
        event ? fmt::format("no request came: the client {}", deed_in_words(*event, it.peer_role()))
              : std::string{"no request came"},
        "no request")};
}

void Performance::send_opening_messages(Connection& it) {
    for (auto const& message : setting().opening_messages) {
        it.send_own(wire::Opcode::text, wire::as_bytes(message));
    }
}

}  // namespace wsproof::play
