// _Fail the WebSocket Connection_ is the end (7.1.7): neither the peer nor the application gets
// another byte or event out of the endpoint, whatever they say.
#include <algorithm>

#include "fuzz/target.hpp"
#include "fuzz/targets/conversation.hpp"
#include "fuzz/targets/endpoint_properties.hpp"

namespace wsproof::fuzz {
namespace {

bool fails(std::vector<reference::Event> const& events) {
    return std::ranges::any_of(events, [](auto const& event) {
        return std::holds_alternative<reference::event::Failed>(event);
    });
}

void use_everything(reference::Endpoint& endpoint, wire::ByteView data) {
    endpoint.send({reference::MessageKind::binary, {data.begin(), data.end()}});
    endpoint.ping(data.first(std::min<std::size_t>(125, data.size())));
    endpoint.pong({});
    endpoint.close(wire::status::normal_closure, "done");
}

void require_silence(reference::Endpoint& endpoint) {
    auto const output = endpoint.take_output();
    require(output.empty(), "silence after failing", [&] { return wire::to_hex(output); });
    auto const events = endpoint.take_events();
    require(events.empty() ||
                (events.size() == 1 && std::holds_alternative<reference::event::Closed>(events[0])),
            "no events after failing", [&] { return in_words(events.front()); });
}

}  // namespace

/// A byte of choices, the size of the pieces, the stream.
void check_silence_after_failing(wire::ByteView data, reference::Faults const& faults) {
    Input input(data);
    auto const choice = endpoint_of(input.byte());
    auto const piece = input.byte() + 1;
    auto endpoint = reference::Endpoint::opened(choice.role, choice.options, faults);
    bool failed = false;
    while (!input.empty() && !failed) {
        endpoint.receive(input.take(piece));
        failed = fails(endpoint.take_events());
        endpoint.take_output();
    }
    if (!failed) return;
    while (!input.empty()) {
        endpoint.receive(input.take(piece));
        require_silence(endpoint);
    }
    use_everything(endpoint, data);
    require_silence(endpoint);
    require(endpoint.transport_should_close(), "a transport to be closed (7.1.7)");
    endpoint.receive_end();
    require_silence(endpoint);
}

WSPROOF_FUZZ_TARGET(endpoint_never_speaks_after_failing) {
    check_silence_after_failing(data, {});
}

}  // namespace wsproof::fuzz
