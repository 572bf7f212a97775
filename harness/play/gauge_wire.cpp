// The moves that all measurements are made of.
#include <algorithm>

#include "harness/play/ending.hpp"
#include "harness/play/gauge.hpp"
#include "harness/play/opening.hpp"
#include "harness/play/words.hpp"
#include "reference_impl/wire/close_status.hpp"
#include "reference_impl/wire/masking.hpp"

namespace wsproof::play {

using How = Try::How;

Try Gauge::dial_and_open(Dialled& to) {
    try {
        to = dial_();
    } catch (Unreachable const& unreachable) {
        return {How::unreachable, std::nullopt, unreachable.what(), "no connection"};
    }
    return open(*to, {});
}

Try Gauge::open(Connection& it, script::RequestOutput const& output, std::string const& lines,
                Wishes const& wishes) {
    stage_.encoding.key = fresh_key(stage_.scripted);
    auto head = encode(output, wishes, stage_.encoding);
    auto const more = wire::as_bytes(lines);
    head.insert(head.end() - 2, more.begin(), more.end());  // before the empty line
    it.send_head(head, {});
    auto const deadline = it.deadline_in(within_);
    auto event = it.next(deadline);
    while (event && event->as<Response>() != nullptr && event->as<Response>()->interim())
        event = it.next(deadline);
    auto const* response = event ? event->as<Response>() : nullptr;
    auto const fine = response != nullptr && response->switching() && !response->fatal_defect();
    if (!fine) return unexpected(event, it);
    for (auto const& message : stage_.setting.opening_messages)
        it.send_own(wire::Opcode::text, wire::as_bytes(message));
    return {};
}

/// What came instead: the end, a refusal, nothing at all.
Try Gauge::unexpected(std::optional<Event> const& event, Connection const& it) const {
    if (!event) {
        return {
            How::silent, std::nullopt,
            "did not react within " + grouped(static_cast<std::uint64_t>(within_.count())) + " ms",
            "no reaction"};
    }
    Try tried{How::wrong, std::nullopt, deed_in_words(*event, it.peer_role()),
              kind_in_words(*event)};
    if (event->as<End>() != nullptr) tried.how = How::dropped;
    if (event->is_close()) {
        tried.status = close_code_of(event->as<Frame>()->payload);
        // 7.4.1: some codes never stand in a Close frame.
        if (!tried.status || wire::may_be_sent(*tried.status)) tried.how = How::refused;
    }
    if (auto const* response = event->as<Response>()) {
        tried.status = static_cast<std::uint16_t>(response->line.status);
        if (response->line.status != 0 && !response->switching()) tried.how = How::refused;
    }
    return tried;
}

/// Shows that the connection still works: by a ping, or an echo where there are no pongs.
Try Gauge::await_fence(Connection& it, wire::Bytes const& token) {
    auto const by_ping = stage_.setting.answers_pings;
    auto const deadline = it.deadline_in(within_);
    if (it.may_speak()) it.send_own(by_ping ? wire::Opcode::ping : message_opcode(), token);
    while (true) {
        auto const event = it.next(deadline);
        auto const* frame = event ? event->as<Frame>() : nullptr;
        if (frame == nullptr || event->is_close()) return unexpected(event, it);
        if (by_ping && frame->header.opcode == wire::Opcode::pong && frame->payload == token)
            return {};
        if (!by_ping && frame->message && frame->message->payload == token) return {};
    }
}

/// Messages that are no echo: of a target that talks unasked or answers its opening messages.
bool Gauge::passes_over(Message const& message) const {
    auto const& setting = stage_.setting;
    if (setting.talks_unasked || (!setting.echoes_text && !setting.echoes_binary)) return true;
    return std::ranges::any_of(setting.opening_messages, [&](std::string const& sent) {
        return wire::as_text(message.payload) == sent;
    });
}

wire::Opcode Gauge::message_opcode() const {
    auto const& setting = stage_.setting;
    return setting.echoes_binary && !setting.echoes_text ? wire::Opcode::binary
                                                         : wire::Opcode::text;
}

void Gauge::append_frame(wire::Bytes& to, wire::FrameHeader header, wire::ByteView payload) {
    auto const key = stage_.scripted.masking_key();
    auto const sized = wire::header_for(header.opcode, payload.size(), key);
    header.payload_length = sized.payload_length;
    header.length_form = sized.length_form;
    header.masking_key = key;
    wire::encode_header(header, to);
    auto const at = to.size();
    wire::append(to, payload);
    wire::mask(std::span{to}.subspan(at), key);
}

/// Leaves as a client should, so that the target is not left with the connection.
void Gauge::part(Connection& it, bool wait) {
    close_politely(it, stage_, wait);
    over_(it);
    stage_.bytes_arrived = 0;  // a flood is one connection's
    stage_.events_seen = 0;
}

}  // namespace wsproof::play
