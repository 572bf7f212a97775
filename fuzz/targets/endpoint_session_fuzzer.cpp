// Any bytes behind the opening handshake: whatever the peer does, what the endpoint says is legal,
// and says no more than the peer gave cause for.
#include <optional>

#include "fuzz/target.hpp"
#include "fuzz/targets/conversation.hpp"
#include "fuzz/targets/endpoint_properties.hpp"
#include "reference_impl/wire/deflate.hpp"

namespace wsproof::fuzz {
namespace {

namespace event = reference::event;
using wire::Opcode;

/// What may be answered: Pings and messages as the endpoint told the application of them.
struct Heard {
    std::vector<wire::ByteView> pings = {};
    std::vector<reference::Message const*> messages = {};
};

Heard heard_by(Conversation const& conversation) {
    Heard heard;
    for (auto const& event : conversation.events()) {
        if (auto const* const ping = std::get_if<event::Pinged>(&event))
            heard.pings.emplace_back(ping->data);
        if (auto const* const received = std::get_if<event::Received>(&event))
            heard.messages.push_back(&received->message);
    }
    return heard;
}

class Listener {
public:
    Listener(EndpointChoice const& choice, Heard const& heard) : choice_(choice), heard_(heard) {}

    void hear(Frame const& frame) {
        require(!closed_, "nothing after a Close frame (5.5.1)", [&] { return in_words(frame); });
        auto const opcode = frame.header.opcode;
        require(opcode != Opcode::ping, "no Ping that nobody asked for");
        if (opcode == Opcode::close) closed_ = true;
        if (opcode == Opcode::pong) hear_pong(frame);
        if (!wire::is_control(opcode)) hear_fragment(frame);
    }

private:
    void hear_pong(Frame const& frame) {
        require(pongs_ < heard_.pings.size(), "a Pong for a Ping alone (5.5.3)");
        require(wire::equal(heard_.pings[pongs_++], frame.payload),
                "the application data of the Ping (5.5.3)", [&] { return in_words(frame); });
    }

    void hear_fragment(Frame const& frame) {
        if (frame.header.opcode != Opcode::continuation) {
            compressed_ = frame.header.rsv1;
            opcode_ = frame.header.opcode;
            message_.clear();
        }
        wire::append(message_, frame.payload);
        if (frame.header.fin) hear_message();
    }

    void hear_message() {
        require(echoes_ < heard_.messages.size(), "an echo of whole messages alone");
        auto const& original = *heard_.messages[echoes_++];
        auto const kind =
            original.kind == reference::MessageKind::text ? Opcode::text : Opcode::binary;
        require(opcode_ == kind && wire::equal(original.data, inflated()), "the message echoed",
                [&] { return wire::to_hex(message_); });
    }

    wire::Bytes inflated() {
        if (!compressed_) return message_;
        auto const& deflate = choice_.options.deflate;
        bool const server = choice_.role == wire::Role::server;
        if (!inflater_)
            inflater_.emplace(server ? deflate.server_max_window_bits
                                     : deflate.client_max_window_bits);
        if (server ? deflate.server_no_context_takeover : deflate.client_no_context_takeover)
            inflater_->reset();
        wire::Bytes plain;
        constexpr auto limit = small_message_size;
        require(inflater_->feed(message_, plain, limit) == wire::InflateStatus::ok &&
                    inflater_->finish(plain, limit) == wire::InflateStatus::ok,
                "data that inflate within the window (RFC 7692 7.2)");
        return plain;
    }

    EndpointChoice const& choice_;
    Heard const& heard_;
    bool closed_ = false;
    std::size_t pongs_ = 0;
    std::size_t echoes_ = 0;
    bool compressed_ = false;
    Opcode opcode_ = Opcode::text;
    wire::Bytes message_ = {};
    std::optional<wire::Inflater> inflater_ = std::nullopt;
};

/// Messages that the stream has to its end, whatever else it has: none is told of before it is
/// complete.
WSPROOF_FUZZ_UNGUIDED std::size_t whole_messages_in(wire::ByteView stream) {
    std::size_t count = 0;
    Input input(stream);
    while (auto const decoded = wire::decode_header(input.rest())) {
        input.take(decoded->size);
        if (decoded->header.payload_length > input.rest().size()) break;
        input.take(static_cast<std::size_t>(decoded->header.payload_length));
        if (decoded->header.fin && !wire::is_control(decoded->header.opcode)) ++count;
    }
    return count;
}

}  // namespace

/// A byte of choices, the size of the pieces (0: all at once), the stream. There are a few pieces
/// at most: endpoint_delivery_invariance cuts smaller.
void check_session(wire::ByteView data, reference::Faults const& faults) {
    Input input(data);
    auto const choice = endpoint_of(input.byte());
    auto const piece = std::size_t{input.byte()};
    auto const whole_messages = whole_messages_in(input.rest());
    Conversation conversation(choice, faults);
    constexpr std::size_t most_pieces = 8;
    auto const size = piece == 0 ? data.size() : std::max(piece, data.size() / most_pieces);
    while (!input.empty()) conversation.receive(input.take(size));
    conversation.end();
    require(conversation.endpoint().state() == reference::State::closed,
            "an end of the transport that is the end of the connection (7.1.4)");
    auto const heard = heard_by(conversation);
    require(heard.messages.size() <= whole_messages, "no message before it is complete");
    Listener listener(choice, heard);
    for (auto const& frame : conversation.frames()) listener.hear(frame);
}

WSPROOF_FUZZ_TARGET(endpoint_session) {
    check_session(data, {});
}

}  // namespace wsproof::fuzz
