#include "tests/play/kit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/script/load.hpp"
#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/masking.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::play::kit {
namespace {

std::string filled(std::string text, std::string const& accept) {
    constexpr std::string_view word = "${accept}";
    if (auto const at = text.find(word); at != std::string::npos) {
        text.replace(at, word.size(), accept);
    }
    return text;
}

/// Takes the request off what the peer got and gives the accept value; empty while there is none.
std::string take_request(FakePeer& peer) {
    auto head = wire::parse_head(wire::as_bytes(peer.got));
    if (head.state != wire::HeadState::complete) return {};
    peer.got.erase(0, head.size);
    return wire::accept_value(head.head.value_of("Sec-WebSocket-Key").value_or(""));
}

std::optional<SeenFrame> take_frame(FakePeer& peer) {
    auto const decoded = wire::decode_header(wire::as_bytes(peer.got));
    if (!decoded) return std::nullopt;
    auto const size = decoded->size + static_cast<std::size_t>(decoded->header.payload_length);
    if (peer.got.size() < size) return std::nullopt;
    auto payload =
        wire::to_bytes(std::string_view{peer.got}.substr(decoded->size, size - decoded->size));
    if (decoded->header.masking_key) wire::mask(payload, *decoded->header.masking_key);
    peer.got.erase(0, size);
    return SeenFrame{decoded->header, wire::to_text(payload)};
}

}  // namespace

void FakePeer::send(std::span<std::byte const> bytes) {
    writes.push_back(bytes.size());
    got += wire::as_text(bytes);
    if (on_bytes) on_bytes(*this);
}

Received FakePeer::receive(Deadline deadline) {
    if (items_.empty() || time + items_.front().delay > deadline) {
        if (!items_.empty())
            items_.front().delay -=
                std::chrono::duration_cast<std::chrono::milliseconds>(deadline - time);
        time = std::max(time, deadline);
        return {};
    }
    auto item = std::move(items_.front());
    items_.pop_front();
    time += item.delay;
    return std::move(item.received);
}

void FakePeer::say(std::string_view bytes) {
    say(wire::to_bytes(bytes));
}

void FakePeer::say(wire::Bytes bytes) {
    items_.push_back({{Received::Kind::bytes, std::move(bytes)}, std::exchange(delay_, {})});
}

void FakePeer::say_frame(wire::Opcode opcode, std::string_view payload) {
    say(wire::encode_frame(wire::header_for(opcode, payload.size()), wire::as_bytes(payload)));
}

void FakePeer::say_close(std::uint16_t code) {
    say_frame(wire::Opcode::close,
              {std::string{static_cast<char>(code >> 8U), static_cast<char>(code & 0xFFU)}});
}

void FakePeer::end(Received::Kind how) {
    items_.push_back({{how}, std::exchange(delay_, {})});
}

void FakePeer::pause(std::chrono::milliseconds longer) {
    delay_ += longer;
}

Connect server(React react, std::string extra_fields) {
    auto const response =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
        "Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n" +
        extra_fields + "\r\n";
    return [response, react] {
        auto peer = std::make_unique<FakePeer>();
        peer->on_bytes = [response, react, open = false](FakePeer& self) mutable {
            if (!open) {
                auto const accept = take_request(self);
                if (accept.empty()) return;
                open = true;
                self.say(filled(response, accept));
            }
            while (auto const frame = take_frame(self)) react(self, *frame);
        };
        return peer;
    };
}

void behave(FakePeer& peer, SeenFrame const& frame) {
    switch (frame.header.opcode) {
        case wire::Opcode::ping:
            return peer.say_frame(wire::Opcode::pong, frame.payload);
        case wire::Opcode::text:
        case wire::Opcode::binary:
            return peer.say_frame(frame.header.opcode, frame.payload);
        case wire::Opcode::close:
            peer.say_frame(wire::Opcode::close, frame.payload.substr(0, 2));
            return peer.end();
        default:
            return;
    }
}

Connect answering(std::string response, std::function<void(FakePeer&)> then) {
    return [response, then] {
        auto peer = std::make_unique<FakePeer>();
        peer->on_bytes = [response, then](FakePeer& self) {
            auto const accept = take_request(self);
            if (accept.empty()) return;
            if (!response.empty()) self.say(filled(response, accept));
            if (then) then(self);
        };
        return peer;
    };
}

React until_violation(std::function<void(FakePeer&)> then) {
    return [then, over = false](FakePeer& peer, SeenFrame const& frame) mutable {
        if (over) return;
        over = frame.header.rsv2;
        if (over) return then(peer);
        behave(peer, frame);
    };
}

void ignore_violation(FakePeer& peer, SeenFrame const& frame) {
    if (!frame.header.rsv2) behave(peer, frame);
}

wire::Bytes hex(std::string_view digits) {
    return *wire::from_hex(digits);
}

script::Variant variant(std::string_view steps, std::string_view rule) {
    auto const text = fmt::format(
        R"({{ "says": "A test.", "rule": "{}", "faults": ["none"], "steps": {} }})", rule, steps);
    return script::read_case({"cases/test/case.jsonc", text}).at(0);
}

Result run(std::string_view steps, Connect const& connect, Setting const& setting,
           std::string_view rule) {
    return play(variant(steps, rule), setting, connect);
}

std::string told(Result const& result) {
    return fmt::format("{}: {}", name_of(result.verdict), result.reason);
}

bool has_breach(Result const& result, std::string_view rule) {
    return std::ranges::count(result.breaches, rule, &Breach::rule) != 0;
}

}  // namespace wsproof::play::kit
