#include "tests/reference/kit.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "reference_impl/wire/opening.hpp"

namespace wsproof::reference::kit {
namespace {

std::string write_changed(std::string_view line, Fields fields, Fields const& changes) {
    for (auto const& change : changes) {
        auto const known = std::find_if(fields.begin(), fields.end(), [&](auto const& field) {
            return wire::equals_ignoring_case(field.name, change.name);
        });
        if (known == fields.end())
            fields.push_back(change);
        else
            *known = change;
    }
    return wire::write_head(line, fields);
}

}  // namespace

std::string request(Fields const& changes, std::string_view line) {
    Fields const fields{{"Host", "localhost:80"},
                        {"Upgrade", "websocket"},
                        {"Connection", "Upgrade"},
                        {"Sec-WebSocket-Key", std::string{sample_key}},
                        {"Sec-WebSocket-Version", "13"}};
    return write_changed(line, fields, changes);
}

std::string without(std::string_view name) {
    auto text = request();
    auto const begin = text.find(std::string{name} + ":");
    return text.erase(begin, text.find("\r\n", begin) + 2 - begin);
}

std::string request_with(std::string_view more_lines) {
    auto text = request();
    return text.insert(text.size() - 2, more_lines);
}

std::string response(Fields const& changes, std::string_view accept) {
    Fields const fields{{"Upgrade", "websocket"},
                        {"Connection", "Upgrade"},
                        {"Sec-WebSocket-Accept", std::string{accept}}};
    return write_changed("HTTP/1.1 101 Switching Protocols", fields, changes);
}

Frame text(std::string_view payload) {
    return {wire::Opcode::text, wire::to_bytes(payload)};
}
Frame binary(std::string_view payload) {
    return {wire::Opcode::binary, wire::to_bytes(payload)};
}
Frame ping(std::string_view payload) {
    return {wire::Opcode::ping, wire::to_bytes(payload)};
}
Frame pong(std::string_view payload) {
    return {wire::Opcode::pong, wire::to_bytes(payload)};
}
Frame continuation(std::string_view payload) {
    return {wire::Opcode::continuation, wire::to_bytes(payload)};
}

Frame close_frame(std::optional<unsigned> code, std::string_view reason) {
    Frame frame{wire::Opcode::close, {}};
    if (code) frame.payload = {std::byte(*code >> 8U), std::byte(*code & 0xFFU)};
    wire::append(frame.payload, wire::as_bytes(reason));
    return frame;
}

Frame first(Frame frame) {
    frame.fin = false;
    return frame;
}

Frame compressed(Frame frame) {
    frame.rsv1 = true;
    return frame;
}

wire::Bytes from(wire::Role sender, Frame const& frame) {
    auto header = wire::header_for(frame.opcode, frame.payload.size());
    header.fin = frame.fin;
    header.rsv1 = frame.rsv1;
    if (sender == wire::Role::client)
        header.masking_key = {std::byte{0x37}, std::byte{0xFA}, std::byte{0x21}, std::byte{0x3D}};
    return wire::encode_frame(header, frame.payload);
}

wire::Bytes masked(Frame const& frame) {
    return from(wire::Role::client, frame);
}
wire::Bytes unmasked(Frame const& frame) {
    return from(wire::Role::server, frame);
}

std::vector<Frame> frames_in(wire::Bytes const& bytes) {
    std::vector<Frame> frames;
    wire::ByteView left{bytes};
    while (!left.empty()) {
        auto const decoded = wire::decode_header(left);
        if (!decoded || left.size() < decoded->size + decoded->header.payload_length) {
            ADD_FAILURE() << "left over: " << wire::to_hex(left);
            break;
        }
        auto const& header = decoded->header;
        auto const size = static_cast<std::size_t>(header.payload_length);
        auto const payload = left.subspan(decoded->size, size);
        Frame frame{header.opcode, {payload.begin(), payload.end()}, header.fin, header.rsv1};
        if (header.masking_key) wire::mask(frame.payload, *header.masking_key);
        frames.push_back(std::move(frame));
        left = left.subspan(decoded->size + size);
    }
    return frames;
}

Endpoint opened(wire::Role role, Options const& options, Faults const& faults,
                std::string_view extensions) {
    Endpoint endpoint{role, options, faults};
    Fields changes;
    if (!extensions.empty())
        changes.push_back({"Sec-WebSocket-Extensions", std::string{extensions}});
    if (role == wire::Role::server) {
        endpoint.receive(wire::as_bytes(request(changes)));
    } else {
        auto const head = wire::parse_head(endpoint.take_output()).head;
        auto const key = head.value_of("Sec-WebSocket-Key").value_or("");
        endpoint.receive(wire::as_bytes(response(changes, wire::accept_value(key))));
    }
    EXPECT_EQ(endpoint.state(), State::open);
    endpoint.take_output();
    endpoint.take_events();
    return endpoint;
}

std::string describe(Event const& event) {
    struct Describer {
        std::string operator()(event::Opened const& e) const {
            return fmt::format("opened {} {}", e.subprotocol.value_or("-"), e.permessage_deflate);
        }
        std::string operator()(event::Refused const& e) const {
            return fmt::format("refused {} {}", e.status, e.reason);
        }
        std::string operator()(event::Received const& e) const {
            return fmt::format("{} {}", e.message.kind == MessageKind::text ? "text" : "binary",
                               wire::to_hex(e.message.data));
        }
        std::string operator()(event::Pinged const& e) const {
            return "pinged " + wire::to_hex(e.data);
        }
        std::string operator()(event::Ponged const& e) const {
            return "ponged " + wire::to_hex(e.data);
        }
        std::string operator()(event::CloseReceived const& e) const {
            return fmt::format("close {} {}", e.code.value_or(0), e.reason);
        }
        std::string operator()(event::Failed const& e) const {
            return fmt::format("failed {} {}", e.code, e.reason);
        }
        std::string operator()(event::Closed const& e) const {
            return e.clean ? "closed cleanly" : "closed";
        }
    };
    return std::visit(Describer{}, event);
}

Outcome feed(Endpoint& endpoint, wire::ByteView bytes, std::size_t piece, bool echo) {
    Outcome outcome;
    if (piece == 0) piece = std::max<std::size_t>(bytes.size(), 1);
    while (!bytes.empty()) {
        auto const part = bytes.first(std::min(piece, bytes.size()));
        bytes = bytes.subspan(part.size());
        endpoint.receive(part);
        for (auto const& event : endpoint.take_events()) {
            outcome.events.push_back(describe(event));
            auto const* received = std::get_if<event::Received>(&event);
            if (received && echo) endpoint.send(received->message);
        }
        wire::append(outcome.output, endpoint.take_output());
    }
    outcome.transport_closes = endpoint.transport_should_close();
    return outcome;
}

unsigned close_code_in(wire::Bytes const& output) {
    auto const frames = frames_in(output);
    if (frames.empty() || frames.back().opcode != wire::Opcode::close) return 0;
    auto const& payload = frames.back().payload;
    if (payload.size() < 2) return 0;
    return std::to_integer<unsigned>(payload[0]) << 8U | std::to_integer<unsigned>(payload[1]);
}

wire::Bytes joined(std::vector<wire::Bytes> const& parts) {
    wire::Bytes all;
    for (auto const& part : parts) wire::append(all, part);
    return all;
}

wire::Bytes hex(std::string_view digits) {
    return wire::from_hex(digits).value_or(wire::Bytes{});
}

}  // namespace wsproof::reference::kit
