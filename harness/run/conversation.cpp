#include "harness/run/conversation.hpp"

#include <array>
#include <utility>

#include "reference_impl/wire/opening.hpp"

namespace wsproof::run {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

constexpr std::size_t bound = 4U << 20U;  // whoever talks more than this in calibration is cut off

/// splitmix64: keys and tokens need to be fresh, not secret.
std::uint64_t next_random(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15ULL;
    auto z = state;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

std::string fresh_key(std::uint64_t& state) {
    std::array<std::byte, 16> nonce{};
    for (auto& byte : nonce) byte = static_cast<std::byte>(next_random(state) >> 56U);
    return wire::key_from(nonce);
}

bool has_element(wire::HttpHead const& head, std::string_view name, std::string_view element) {
    for (auto const& value : head.elements_of(name))
        if (wire::equals_ignoring_case(value, element)) return true;
    return false;
}

/// RFC 6455 4.1: what a client must find in the response.
bool is_correct(OpeningAnswer const& answer, std::string_view key) {
    return answer.status == 101 && has_element(answer.head, "Upgrade", "websocket") &&
           has_element(answer.head, "Connection", "upgrade") &&
           answer.head.value_of("Sec-WebSocket-Accept") == wire::accept_value(key);
}

std::string joined(std::vector<std::string> const& words) {
    std::string all;
    for (auto const& word : words) all += (all.empty() ? "" : ", ") + word;
    return all;
}

std::vector<wire::HeaderField> request_fields(play::Setting const& setting, std::string key,
                                              std::string_view extension) {
    std::vector<wire::HeaderField> fields{{"Host", setting.host},
                                          {"Upgrade", "websocket"},
                                          {"Connection", "Upgrade"},
                                          {"Sec-WebSocket-Key", std::move(key)},
                                          {"Sec-WebSocket-Version", "13"}};
    if (!setting.origin.empty()) fields.push_back({"Origin", setting.origin});
    auto offered = setting.subprotocols;
    if (!setting.offered_token.empty()) offered.push_back(setting.offered_token);
    if (!offered.empty()) fields.push_back({"Sec-WebSocket-Protocol", joined(offered)});
    if (!extension.empty()) fields.push_back({"Sec-WebSocket-Extensions", std::string(extension)});
    fields.insert(fields.end(), setting.headers.begin(), setting.headers.end());
    return fields;
}

}  // namespace

Conversation::Conversation(play::Setting const& setting, play::Connect const& connect,
                           std::uint64_t seed)
    : setting_(setting), peer_(connect()), random_(seed) {}

Conversation::~Conversation() = default;

play::Clock::time_point Conversation::now() const {
    return peer_->now();
}

std::string Conversation::token() {
    std::array<std::byte, 8> bytes{};
    auto value = next_random(random_);
    for (auto& byte : bytes) {
        byte = static_cast<std::byte>(value & 0xFFU);
        value >>= 8U;
    }
    return "wsproof-" + wire::to_hex(bytes);
}

OpeningAnswer Conversation::open(std::string_view extension, std::chrono::milliseconds within) {
    auto const start = now();
    auto const key = fresh_key(random_);
    auto const request = wire::write_head("GET " + setting_.resource_name + " HTTP/1.1",
                                          request_fields(setting_, key, extension));
    peer_->send(wire::as_bytes(request));
    OpeningAnswer answer;
    for (;;) {
        auto parsed = wire::parse_head(buffer_);
        if (parsed.state == wire::HeadState::complete) {
            auto const line = wire::parse_status_line(parsed.head.start_line);
            answer.status = line ? line->status : 0;
            answer.head = std::move(parsed.head);
            buffer_.erase(buffer_.begin(),
                          buffer_.begin() + static_cast<std::ptrdiff_t>(parsed.size));
            // Informational responses precede the answer (RFC 9110 15.2); 101 is one.
            if (answer.status / 100 == 1 && answer.status != 101) continue;
            answer.kind = line ? OpeningAnswer::Kind::response : OpeningAnswer::Kind::not_http;
            answer.correct = line && is_correct(answer, key);
            break;
        }
        if (parsed.state != wire::HeadState::incomplete) {
            answer.kind = OpeningAnswer::Kind::not_http;
            break;
        }
        if (read_more(start + within)) continue;
        if (!buffer_.empty())
            answer.kind = OpeningAnswer::Kind::not_http;
        else
            answer.kind = ended_ ? OpeningAnswer::Kind::ended : OpeningAnswer::Kind::silence;
        break;
    }
    if (answer.kind == OpeningAnswer::Kind::not_http) answer.first_bytes = buffer_;
    answer.time = duration_cast<microseconds>(now() - start);
    return answer;
}

void Conversation::send(wire::Opcode opcode, std::string_view payload) {
    wire::MaskingKey key{};
    auto value = next_random(random_);
    for (auto& byte : key) {
        byte = static_cast<std::byte>(value & 0xFFU);
        value >>= 8U;
    }
    peer_->send(
        wire::encode_frame(wire::header_for(opcode, payload.size(), key), wire::as_bytes(payload)));
}

Heard Conversation::hear(play::Deadline deadline) {
    for (;;) {
        if (auto heard = take_frame()) return *std::move(heard);
        if (!read_more(deadline))
            return Heard{.kind = ended_ ? Heard::Kind::ended : Heard::Kind::silence};
    }
}

bool Conversation::read_more(play::Deadline deadline) {
    if (ended_ || buffer_.size() + message_.size() > bound) {
        ended_ = true;
        return false;
    }
    // A peer that talks without end must not hold calibration: the clock decides, not the silence.
    if (now() >= deadline) return false;
    auto received = peer_->receive(deadline);
    switch (received.kind) {
        case play::Received::Kind::bytes:
            wire::append(buffer_, received.data);
            return true;
        case play::Received::Kind::timeout:
            return false;
        case play::Received::Kind::eof:
        case play::Received::Kind::reset:
            ended_ = true;
            return false;
    }
    return false;
}

std::optional<Heard> Conversation::take_frame() {
    for (;;) {
        auto const decoded = wire::decode_header(buffer_);
        if (!decoded) return std::nullopt;
        if (decoded->header.payload_length > bound) {
            ended_ = true;
            return Heard{.kind = Heard::Kind::ended};
        }
        auto const length = static_cast<std::size_t>(decoded->header.payload_length);
        if (buffer_.size() < decoded->size + length) return std::nullopt;
        auto const begin = buffer_.begin() + static_cast<std::ptrdiff_t>(decoded->size);
        auto const end = begin + static_cast<std::ptrdiff_t>(length);
        wire::Bytes payload(begin, end);
        buffer_.erase(buffer_.begin(), end);
        if (decoded->header.masking_key) wire::mask(payload, *decoded->header.masking_key);
        if (auto heard = digest(decoded->header, std::move(payload))) return heard;
    }
}

std::optional<Heard> Conversation::digest(wire::FrameHeader const& header, wire::Bytes payload) {
    switch (header.opcode) {
        case wire::Opcode::ping:
            send(wire::Opcode::pong, wire::as_text(payload));
            return std::nullopt;
        case wire::Opcode::pong:
            return Heard{.kind = Heard::Kind::pong, .data = std::move(payload)};
        case wire::Opcode::close: {
            Heard heard{.kind = Heard::Kind::close};
            if (payload.size() >= 2)
                heard.close_code =
                    static_cast<std::uint16_t>(std::to_integer<unsigned>(payload[0]) << 8U |
                                               std::to_integer<unsigned>(payload[1]));
            return heard;
        }
        case wire::Opcode::text:
        case wire::Opcode::binary:
            message_opcode_ = header.opcode;
            message_.clear();
            break;
        case wire::Opcode::continuation:
            break;
        default:
            return std::nullopt;  // the cases will judge it
    }
    wire::append(message_, payload);
    if (!header.fin) return std::nullopt;
    return Heard{
        .kind = message_opcode_ == wire::Opcode::text ? Heard::Kind::text : Heard::Kind::binary,
        .data = std::exchange(message_, {})};
}

}  // namespace wsproof::run
