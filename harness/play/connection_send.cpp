#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/play/connection.hpp"
#include "harness/play/response_check.hpp"
#include "harness/play/words.hpp"
#include "reference_impl/wire/close_status.hpp"
#include "reference_impl/wire/masking.hpp"

namespace wsproof::play {
namespace {

/// Ours may be longer than what anybody takes: that is what some cases are about.
constexpr std::size_t longest_head_of_ours = 32U << 20U;

constexpr std::size_t longest_told = 64U << 10U;

wire::Bytes close_body(std::uint16_t code) {
    return {static_cast<std::byte>(code >> 8U), static_cast<std::byte>(code & 0xFFU)};
}

wire::Bytes payload_of(wire::ByteView frame, wire::DecodedHeader const& decoded) {
    auto const rest = frame.subspan(decoded.size);
    wire::Bytes payload(rest.begin(), rest.end());
    if (decoded.header.masking_key) wire::mask(payload, *decoded.header.masking_key);
    return payload;
}

}  // namespace

std::optional<OwnCompression::Obstacle> Connection::obstacle_to(wire::ByteView frame) {
    auto const decoded = wire::decode_header(frame);
    if (!decoded || !own_compression()) return std::nullopt;
    return own_compression_.add(decoded->header, payload_of(frame, *decoded));
}

void Connection::send_frame(wire::ByteView frame, Sending sending) {
    auto const decoded = wire::decode_header(frame);
    if (decoded) {
        // Words need no more of a long payload than its beginning.
        auto const sent = frame.subspan(decoded->size);
        auto const seen = sent.first(std::min(sent.size(), longest_told));
        wire::Bytes payload(seen.begin(), seen.end());
        if (decoded->header.masking_key) wire::mask(payload, *decoded->header.masking_key);
        record_frame(Direction::send, decoded->header, {payload, sent.size()}, frame, sending.flag);
    } else {
        record(Direction::send, EntryKind::bytes, "a part of a frame header", frame, sending.flag);
    }
    if (open()) {
        outgoing_.add(frame, sending.by_case);
    } else {
        note_head_bytes(frame, sending.by_case);
    }
    watch_.close_sent(outgoing_.close_code());
    if (sending.by_case) stage_.note_work(frame.size());
    writer_.write(frame, sending.cut);
}

void Connection::send_head(wire::ByteView head, Sending sending) {
    auto const text = wire::as_text(head);
    auto const line = text.substr(0, text.find_first_of("\r\n"));
    record(Direction::send, EntryKind::http, printable(line, 120), head, sending.flag);
    note_head_bytes(head, sending.by_case);
    writer_.write(head, sending.cut);
}

void Connection::send_bytes(wire::ByteView bytes, Sending sending) {
    record(Direction::send, EntryKind::bytes, "bytes " + payload_in_words(bytes), bytes,
           sending.flag);
    if (open()) {
        outgoing_.add(bytes, sending.by_case);
        watch_.close_sent(outgoing_.close_code());
    } else {
        note_head_bytes(bytes, sending.by_case);
    }
    if (sending.by_case) stage_.note_work(bytes.size());
    writer_.write(bytes, sending.cut);
}

/// Our own heads are read back from the bytes, so that a request written by hand counts like one
/// that the harness made.
void Connection::note_head_bytes(wire::ByteView bytes, bool by_case) {
    wire::append(head_sent_, bytes);
    while (!head_sent_.empty() && !open()) {
        auto result = wire::parse_head(head_sent_, longest_head_of_ours);
        if (result.state == wire::HeadState::incomplete) return;
        if (result.state != wire::HeadState::complete) break;
        head_sent_.erase(head_sent_.begin(),
                         head_sent_.begin() + static_cast<std::ptrdiff_t>(result.size));
        note_head(std::move(result.head));
    }
    if (open()) outgoing_.add(head_sent_, by_case);
    head_sent_.clear();
}

void Connection::note_head(wire::HttpHead head) {
    if (peer_role() == wire::Role::server) {
        if (requests_.size() < 1024) requests_.push_back(std::move(head));
        return;
    }
    Response const response{head,
                            wire::parse_status_line(head.start_line).value_or(wire::StatusLine{})};
    if (response.switching())
        switched(compression_in(response, wire::Role::client), compression_in(response));
}

void Connection::half_close(Flag flag) {
    if (std::exchange(half_closed_, true)) return;
    flush();
    record(Direction::send, EntryKind::tcp, "FIN", {}, flag);
    peer_->half_close();
}

void Connection::reset(Flag flag) {
    flush();
    half_closed_ = true;
    record(Direction::send, EntryKind::tcp, "RST", {}, flag);
    peer_->reset();
}

void Connection::sleep(std::chrono::milliseconds time) {
    flush();
    peer_->sleep(time);
}

void Connection::turn_deaf() {
    flush();
    peer_->turn_deaf();
}

void Connection::send_own(wire::Opcode opcode, wire::ByteView payload) {
    auto const key = stage_.automatic.masking_key();
    auto const masks = peer_role() == wire::Role::server;
    auto const header =
        wire::header_for(opcode, payload.size(), masks ? std::optional{key} : std::nullopt);
    send_frame(wire::encode_frame(header, payload), Sending{});
}

void Connection::answer_close() {
    if (!close_received_ || end_) return;
    if (may_speak()) {
        auto const code = close_received_->code;
        auto const echo = code && wire::may_be_sent(*code) ? close_body(*code) : wire::Bytes{};
        send_own(wire::Opcode::close, echo);
    }
    if (peer_role() == wire::Role::client) half_close();
}

}  // namespace wsproof::play
