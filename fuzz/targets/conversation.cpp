#include "fuzz/targets/conversation.hpp"

#include <utility>
#include <variant>

#include "fuzz/target.hpp"
#include "fuzz/targets/legal.hpp"

namespace wsproof::fuzz {
namespace {

namespace event = reference::event;

/// Name and fields of an event, so that two are equal when their words are.
struct EventWords {
    std::string operator()(event::Opened const&) const { return "opened"; }
    std::string operator()(event::Refused const& e) const { return "refused: " + e.reason; }
    std::string operator()(event::Received const& e) const {
        bool const text = e.message.kind == reference::MessageKind::text;
        return (text ? "text " : "binary ") + wire::to_hex(e.message.data);
    }
    std::string operator()(event::Pinged const& e) const { return "ping " + wire::to_hex(e.data); }
    std::string operator()(event::Ponged const& e) const { return "pong " + wire::to_hex(e.data); }
    std::string operator()(event::CloseReceived const& e) const {
        return "close " + std::to_string(e.code.value_or(0)) + " " + e.reason;
    }
    std::string operator()(event::Failed const& e) const {
        return "failed " + std::to_string(e.code) + " " + e.reason;
    }
    std::string operator()(event::Closed const& e) const {
        return e.clean ? "closed cleanly" : "closed";
    }
};

}  // namespace

EndpointChoice endpoint_of(unsigned choices) {
    EndpointChoice choice;
    if (has_bit(choices, 0)) choice.role = wire::Role::client;
    choice.options.max_message_size = small_message_size;
    auto& deflate = choice.options.deflate;
    deflate.enabled = has_bit(choices, 1);
    deflate.server_no_context_takeover = has_bit(choices, 2);
    deflate.client_no_context_takeover = has_bit(choices, 3);
    if (has_bit(choices, 4)) deflate.server_max_window_bits = deflate.client_max_window_bits = 9;
    deflate.level = 1;
    return choice;
}

Conversation::Conversation(EndpointChoice const& choice, reference::Faults const& faults)
    : choice_(choice),
      endpoint_(reference::Endpoint::opened(choice.role, choice.options, faults)) {}

void Conversation::receive(wire::ByteView bytes) {
    endpoint_.receive(bytes);
    answer();
}

void Conversation::end() {
    endpoint_.receive_end();
    answer();
}

/// Takes events and sends before it takes output, as `take_events` asks for.
void Conversation::answer() {
    for (auto& event : endpoint_.take_events()) {
        if (auto const* const received = std::get_if<event::Received>(&event))
            endpoint_.send(received->message);
        events_.push_back(std::move(event));
    }
    wire::append(output_, endpoint_.take_output());
}

std::vector<Frame> Conversation::frames() const {
    std::vector<Frame> frames;
    Input input(output_);
    Circumstances now{.sender = choice_.role,
                      .permessage_deflate = choice_.options.deflate.enabled};
    while (!input.empty()) {
        auto const decoded = wire::decode_header(input.rest());
        require(decoded && decoded->header.payload_length <= input.rest().size() - decoded->size,
                "output of whole frames", [&] { return wire::to_hex(input.rest()); });
        auto const& header = decoded->header;
        auto const fault = fault_of(header, now);
        require(!fault, fault.value_or(""), [&] { return wire::to_hex(input.rest()); });
        if (!wire::is_control(header.opcode)) now.message_under_way = !header.fin;
        input.take(decoded->size);
        auto const payload = input.take(static_cast<std::size_t>(header.payload_length));
        frames.push_back({header, {payload.begin(), payload.end()}});
        if (header.masking_key) wire::mask(frames.back().payload, *header.masking_key);
    }
    return frames;
}

std::string in_words(reference::Event const& event) {
    return std::visit(EventWords{}, event);
}

std::string in_words(Frame const& frame) {
    auto const& header = frame.header;
    return std::string(wire::name_of(header.opcode)) + (header.fin ? "" : ", unfinished") +
           (header.rsv1 ? ", compressed " : " ") + wire::to_hex(frame.payload);
}

}  // namespace wsproof::fuzz
