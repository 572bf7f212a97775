#include <algorithm>
#include <utility>

#include "reference_impl/protocol/endpoint_impl.hpp"
#include "reference_impl/protocol/garbling.hpp"
#include "reference_impl/wire/utf8.hpp"

namespace wsproof::reference {
namespace {

/// Payload data is unmasked in a copy; pieces of this size keep it in the cache and bounded. It
/// lives as long as one read: most connections are idle.
constexpr std::size_t scratch_size = 64U << 10U;

wire::Opcode opcode_of(MessageKind kind) {
    return kind == MessageKind::text ? wire::Opcode::text : wire::Opcode::binary;
}

}  // namespace

void Endpoint::Impl::read_frames(wire::ByteView bytes) {
    pings = 0;
    note_unauthenticated(Fault::bytes_extend_the_time_to_authenticate);
    wire::append(output, std::exchange(held_back, {}));
    if (faults.has(Fault::answers_requests_after_opening) && reader->between_frames() &&
        bytes.front() == std::byte{'G'})
        return refuse({400, "there is a connection already"});
    while (!bytes.empty() && !discards_input) {
        auto const slice = bytes.first(std::min(bytes.size(), scratch_size));
        bytes = bytes.subspan(slice.size());
        wire::Bytes scratch{slice.begin(), slice.end()};
        reader->read(scratch, *this);
    }
    if (faults.has(Fault::needs_whole_frames) && !discards_input && !reader->between_frames())
        fail_the_connection({wire::status::protocol_error, "the frame is not complete"});
}

bool Endpoint::Impl::on_piece(FramePiece const& whole_piece) {
    auto piece = whole_piece;
    if (reader->loses_payload()) piece.payload = {};
    if (faults.has(Fault::drops_everything)) {
        closes_transport = discards_input = true;
        return false;
    }
    bool const goes_on = is_control(piece.opcode) ? on_control(piece) : on_data(piece);
    return goes_on && !(piece.ends && faults.has(Fault::handles_one_frame_per_read));
}

bool Endpoint::Impl::on_violation(Violation const& violation) {
    if (faults.has(Fault::reads_on_after_errors)) return true;
    return fail_the_connection(violation);
}

bool Endpoint::Impl::on_data(FramePiece const& piece) {
    if (!wire::is_defined(piece.opcode))
        return true;  // a mutant that accepts these passes them over
    if (auto const broken = assembly.add(piece)) return fail_the_connection(*broken);
    if (auto message = assembly.take()) on_message(std::move(*message));
    bool const is_fragment = piece.ends && assembly.message_under_way();
    if (faults.has(Fault::delivers_fragments_as_messages) && is_fragment)
        on_message(assembly.cut_short());
    return !discards_input;
}

void Endpoint::Impl::on_message(Message message) {
    for (auto const& payload : std::exchange(late_pings, {}))
        writer.write_control(wire::Opcode::pong, payload, output);
    if (awaits_token && take_first_message(message)) return;
    if (faults.any() && !garble(message, earlier_data, faults)) return;
    tell(event::Received{std::move(message)});
    ++untaken_messages;
}

/// 5.5: control frames are short; one that comes in pieces is put together first.
bool Endpoint::Impl::on_control(FramePiece const& piece) {
    if (piece.begins) {
        control.clear();
        if (faults.has(Fault::resets_on_control)) {
            assembly.drop();
            reader->forget_message();
        }
    }
    if (piece.begins && piece.ends) return on_whole_control(piece.opcode, piece.payload);
    wire::append(control, piece.payload);
    if (control.size() > options.max_message_size)
        return fail_the_connection({wire::status::message_too_big, "the frame is too big"});
    return !piece.ends || on_whole_control(piece.opcode, control);
}

bool Endpoint::Impl::on_whole_control(wire::Opcode opcode, wire::ByteView payload) {
    if (deflate && faults.has(Fault::resets_context_at_control_frames)) deflate->forget();
    if (opcode == wire::Opcode::close) return on_close(payload);
    if (opcode == wire::Opcode::ping) on_ping(payload);
    if (opcode == wire::Opcode::pong) on_pong(payload);
    return !discards_input;
}

/// 5.5.2, 5.5.3: every Ping gets its Pong, with the same data, also between fragments.
void Endpoint::Impl::on_ping(wire::ByteView payload) {
    tell(event::Pinged{{payload.begin(), payload.end()}});
    note_unauthenticated(Fault::pings_extend_the_time_to_authenticate);
    if (close_sent || close_received) return;
    if (faults.has(Fault::never_answers_pings)) return;
    if (faults.has(Fault::answers_only_the_first_ping) && std::exchange(has_answered_ping, true))
        return;
    if (faults.has(Fault::answers_every_other_ping) && pings++ % 2 == 1) return;
    if (faults.has(Fault::never_answers_empty_pings) && payload.empty()) return;
    if (faults.has(Fault::checks_utf8_of_pings) && !wire::is_valid_utf8(payload)) {
        fail_the_connection({wire::status::invalid_payload_data, "the Ping is not UTF-8"});
        return;
    }
    if (faults.has(Fault::answers_pings_after_the_message) && assembly.message_under_way()) {
        late_pings.emplace_back(payload.begin(), payload.end());
        return;
    }
    auto const answer =
        faults.any() ? garbled_pong(payload, faults) : wire::Bytes{payload.begin(), payload.end()};
    auto const opcode =
        faults.has(Fault::answers_pings_with_pings) ? wire::Opcode::ping : wire::Opcode::pong;
    writer.write_control(opcode, answer, output);
}

/// 5.5.3: a Pong that nobody asked for needs no answer.
void Endpoint::Impl::on_pong(wire::ByteView payload) {
    tell(event::Ponged{{payload.begin(), payload.end()}});
    if (faults.has(Fault::answers_pongs)) writer.write_control(wire::Opcode::pong, payload, output);
    if (faults.has(Fault::closes_on_unsolicited_pong))
        fail_the_connection({wire::status::protocol_error, "nobody asked for a Pong"});
}

/// 5.5.1, 7.1.5: the first Close counts; whatever comes after it is discarded (1.4).
bool Endpoint::Impl::on_close(wire::ByteView payload) {
    if (faults.has(Fault::never_answers_close)) return true;
    auto const read = read_close(payload, faults);
    bool const is_invalid = std::holds_alternative<Violation>(read) || payload.size() > 125;
    if (faults.has(Fault::ignores_invalid_close) && is_invalid) return true;
    if (auto const* broken = std::get_if<Violation>(&read)) return fail_the_connection(*broken);
    auto const& close = std::get<CloseFrame>(read);
    bool const in_message = assembly.message_under_way();
    if (faults.has(Fault::ignores_close_in_a_message) && in_message) return true;
    if (faults.has(Fault::refuses_close_in_a_message) && in_message)
        return fail_the_connection({wire::status::protocol_error, "a message is under way"});
    if (faults.has(Fault::delivers_partial_message_on_close) && in_message)
        on_message(assembly.cut_short());
    tell(event::CloseReceived{.code = close.code, .reason = close.reason});
    close_received = true;
    state = State::closing;
    assembly.drop();
    discards_input = !faults.has(Fault::answers_data_after_close) &&
                     !faults.has(Fault::sends_two_closes) &&
                     !faults.has(Fault::fails_behind_a_close);
    if (faults.has(Fault::answers_close_by_dropping)) {
        closes_transport = true;
        return false;
    }
    close_answer = answer_close(close, faults);
    answer_close_if_due(faults.has(Fault::answers_data_after_close));
    return !discards_input;
}

/// At most one Close is ever sent (5.5.1). The server closes the transport first (7.1.1), the
/// client waits for it.
void Endpoint::Impl::answer_close_if_due(bool at_once) {
    if (!close_answer || (untaken_messages > 0 && !at_once)) return;
    auto const payload = *std::exchange(close_answer, std::nullopt);
    if (!close_sent || faults.has(Fault::sends_two_closes)) send_close(payload);
    closes_transport = role == wire::Role::server && !faults.has(Fault::never_closes_tcp);
}

bool Endpoint::Impl::fail_the_connection(Violation const& violation) {
    tell(event::Failed{.code = violation.code, .reason = std::string{violation.says}});
    discards_input = true;
    if (faults.has(Fault::falls_silent_after_errors)) return false;
    auto code = violation.code;
    if (faults.has(Fault::fails_with_code_1010)) code = wire::status::mandatory_extension;
    if (faults.has(Fault::calls_bad_tokens_its_own_error) && awaits_token)
        code = wire::status::internal_error;
    if (faults.has(Fault::closes_with_wrong_code)) code = wire::status::internal_error;
    if (faults.has(Fault::fails_with_unsendable_code)) code = wire::status::abnormal_closure;
    bool const is_due = state == State::open && !close_sent;
    if ((is_due && !faults.has(Fault::closes_without_close_frame)) ||
        faults.has(Fault::fails_behind_a_close))
        send_close(write_close(code, violation.says));
    state = State::closing;
    closes_transport = !faults.has(Fault::keeps_tcp_open_after_failing);
    return false;
}

/// 7.1.2
void Endpoint::Impl::start_closing(std::optional<wire::StatusCode> code, std::string_view reason) {
    if (state == State::connecting) {
        state = State::closed;
        closes_transport = true;
    }
    if (state != State::open) return;
    send_close(write_close(code, reason));
    state = State::closing;
}

void Endpoint::Impl::send_close(wire::ByteView payload) {
    writer.write_control(wire::Opcode::close, payload, output);
    close_sent = true;
    if (faults.has(Fault::sends_data_after_close)) send_message({MessageKind::text, {}});
    if (faults.has(Fault::repeats_its_close))
        writer.write_control(wire::Opcode::close, payload, output);
}

/// 6.1: in the state OPEN, and up to the Close that answers one which came behind messages.
bool Endpoint::Impl::may_send() const {
    return state == State::open || close_answer || faults.has(Fault::answers_data_after_close);
}

void Endpoint::Impl::send_message(Message const& message) {
    auto const opcode = opcode_of(message.kind);
    auto& to = faults.has(Fault::holds_back_its_output) ? held_back : output;
    if (!deflate) return writer.write_message(opcode, false, message.data, to);
    auto const rsv1 = !faults.has(Fault::compresses_without_rsv1);
    writer.write_message(opcode, rsv1, deflate->compress(message.data), to);
}

/// 7.1.4: the connection is closed, cleanly if both sides have sent a Close.
void Endpoint::Impl::on_end() {
    if (faults.has(Fault::ignores_end_of_transport)) return;
    if (faults.has(Fault::delivers_partial_message_on_end) && assembly.message_under_way()) {
        on_message(assembly.cut_short());
        closes_transport = true;
        return;
    }
    if (faults.has(Fault::sends_1006_on_end) && !close_sent)
        send_close(write_close(wire::status::abnormal_closure));
    answer_close_if_due(true);
    tell(event::Closed{.clean = close_sent && close_received});
    state = State::closed;
    closes_transport = true;
    discards_input = true;
}

}  // namespace wsproof::reference
