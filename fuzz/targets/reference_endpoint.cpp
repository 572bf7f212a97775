// Our own endpoint, for comparison.
#include "fuzz/targets/hearing_endpoint.hpp"
#include "fuzz/targets/input.hpp"
#include "reference_impl/protocol/endpoint.hpp"

namespace wsproof::fuzz {
namespace {

namespace event = reference::event;

class OurListener {
public:
    OurListener(wire::Role role, bool deflate) : endpoint_(role, options(deflate)) {
        if (role == wire::Role::server)
            receive(wire::as_bytes(request_offering(deflate)));
        else
            receive(wire::as_bytes(response_to(wire::to_text(endpoint_.take_output()), deflate)));
    }

    void receive(wire::ByteView bytes) {
        endpoint_.receive(bytes);
        for (auto& event : endpoint_.take_events()) take(event);
        wire::append(output_, endpoint_.take_output());
    }

    Heard finish() {
        heard_.sent = code_sent_in(behind_head(output_));
        return std::move(heard_);
    }

private:
    static reference::Options options(bool deflate) {
        reference::Options options;
        options.max_message_size = largest_message;
        options.deflate.enabled = deflate;
        return options;
    }

    void take(reference::Event& event) {
        if (auto* const received = std::get_if<event::Received>(&event)) {
            auto const is_text = received->message.kind == reference::MessageKind::text;
            heard_.messages.push_back({is_text, std::move(received->message.data)});
        } else if (auto* const pinged = std::get_if<event::Pinged>(&event)) {
            heard_.pings.push_back(std::move(pinged->data));
        } else if (auto const* const close = std::get_if<event::CloseReceived>(&event)) {
            heard_.end = Heard::End::closed;
            heard_.got = close->code;
        } else if (auto* const failed = std::get_if<event::Failed>(&event)) {
            heard_.end = Heard::End::failed;
            heard_.why = std::move(failed->reason);
        }
    }

    reference::Endpoint endpoint_;
    wire::Bytes output_ = {};
    Heard heard_ = {};
};

}  // namespace

Heard heard_by_reference(wire::Role role, bool deflate, wire::ByteView stream, std::size_t piece) {
    OurListener listener(role, deflate);
    Input input(stream);
    while (!input.empty()) listener.receive(input.take(piece == 0 ? stream.size() : piece));
    return listener.finish();
}

}  // namespace wsproof::fuzz
