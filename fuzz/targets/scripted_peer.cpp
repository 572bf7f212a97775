#include "fuzz/targets/scripted_peer.hpp"

#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::fuzz {
namespace {

using Kind = play::Received::Kind;

class ScriptedPeer final : public play::Peer {
public:
    ScriptedPeer(wire::Role role, Input& input) : role_(role), input_(input) {}

    void send(std::span<std::byte const> bytes) override {
        last_.assign(bytes.begin(), bytes.end());
    }

    play::Received receive(play::Deadline deadline) override {
        if (ended_ || input_.empty()) return {Kind::eof};
        auto const deed = input_.byte();
        switch (deed) {
            case ends:
            case resets:
                ended_ = true;
                return {deed == resets ? Kind::reset : Kind::eof};
            case waits:
                now_ = std::max(now_, deadline);
                return {};
            case opens:
            case opens_with_deflate:
                return {Kind::bytes, wire::to_bytes(opening(deed == opens_with_deflate))};
            case answers:
                return {Kind::bytes, answer()};
            default:
                break;
        }
        auto const bytes = input_.take(deed - says + 1);
        if (bytes.empty()) return {Kind::eof};
        return {Kind::bytes, {bytes.begin(), bytes.end()}};
    }

    void half_close() override {}
    void reset() override {}
    play::Clock::time_point now() const override { return now_; }
    void sleep(std::chrono::milliseconds time) override { now_ += time; }

private:
    std::string opening(bool deflate) const {
        std::vector<wire::HeaderField> fields{{"Upgrade", "websocket"}, {"Connection", "Upgrade"}};
        if (deflate) fields.push_back({"Sec-WebSocket-Extensions", "permessage-deflate"});
        if (role_ == wire::Role::client) {
            fields.push_back({"Host", "localhost"});
            fields.push_back({"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="});
            fields.push_back({"Sec-WebSocket-Version", "13"});
            return wire::write_head("GET / HTTP/1.1", fields);
        }
        auto const key = wire::parse_head(last_).head.value_of("Sec-WebSocket-Key").value_or("");
        fields.push_back({"Sec-WebSocket-Accept", wire::accept_value(key)});
        return wire::write_head("HTTP/1.1 101 Switching Protocols", fields);
    }

    wire::Bytes answer() const {
        auto const decoded = wire::decode_header(last_);
        if (!decoded || decoded->header.payload_length > last_.size() - decoded->size)
            return {std::byte{0x8A}};
        auto header = decoded->header;
        wire::Bytes payload(
            last_.begin() + static_cast<std::ptrdiff_t>(decoded->size),
            last_.begin() + static_cast<std::ptrdiff_t>(decoded->size + header.payload_length));
        if (header.masking_key) wire::mask(payload, *header.masking_key);
        if (header.opcode == wire::Opcode::ping) header.opcode = wire::Opcode::pong;
        header.masking_key.reset();
        if (role_ == wire::Role::client)
            header.masking_key = wire::MaskingKey{std::byte{1}, std::byte{2}};
        return wire::encode_frame(header, payload);
    }

    wire::Role role_;
    Input& input_;
    wire::Bytes last_ = {};  ///< that the harness has written
    play::Clock::time_point now_{};
    bool ended_ = false;
};

}  // namespace

play::Connect to_scripted_peer(wire::Role role, Input& input) {
    return [role, &input]() -> std::unique_ptr<play::Peer> {
        return std::make_unique<ScriptedPeer>(role, input);
    };
}

}  // namespace wsproof::fuzz
