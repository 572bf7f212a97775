#include "harness/play/connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/play/opening.hpp"
#include "harness/play/response_check.hpp"
#include "harness/play/words.hpp"
#include "reference_impl/wire/close_status.hpp"

namespace wsproof::play {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::size_t flood_bytes = 128U << 20U;
constexpr std::size_t flood_events = 200'000;
constexpr microseconds longest_work = std::chrono::minutes{10};
constexpr milliseconds grace{1000};  // beyond the case's time nothing is read any more

microseconds in_microseconds(Clock::duration duration) {
    return std::chrono::duration_cast<microseconds>(duration);
}

Reader::Mode first_mode(Setting const& setting) {
    return setting.target_role == wire::Role::server ? Reader::Mode::response
                                                     : Reader::Mode::request;
}

/// RFC 8446 5.1, 6: the record that ends every TLS handshake which cannot begin.
bool is_tls_alert(wire::ByteView bytes) {
    return !bytes.empty() && bytes[0] == std::byte{0x15};
}

Arrival::Kind kind_of(Received::Kind kind) {
    switch (kind) {
        case Received::Kind::bytes:
            return Arrival::Kind::bytes;
        case Received::Kind::eof:
            return Arrival::Kind::eof;
        case Received::Kind::reset:
            return Arrival::Kind::reset;
        case Received::Kind::timeout:
            break;
    }
    return Arrival::Kind::timeout;
}

/// Of a 101: what follows it are no frames (RFC 9110 7.8).
bool names_another_protocol(wire::HttpHead const& head) {
    auto const names = head.elements_of("Upgrade");
    return !names.empty() && std::ranges::none_of(names, [](auto const& name) {
        return wire::equals_ignoring_case(name, "websocket");
    });
}

}  // namespace

milliseconds Stage::scaled(milliseconds time) const {
    auto const scaled = static_cast<double>(time.count()) * std::max(0.0, setting.time_scale);
    return milliseconds{static_cast<milliseconds::rep>(scaled)};
}

milliseconds Stage::time_allowed() const {
    auto const more = std::min(work, longest_work);
    return case_time + std::chrono::duration_cast<milliseconds>(more);
}

void Stage::note_work(std::size_t bytes) {
    constexpr microseconds of_a_frame{1000};
    constexpr std::size_t bytes_a_millisecond = 256;
    work += of_a_frame + milliseconds{bytes / bytes_a_millisecond};
}

/// The echo may come in smaller frames than the message went out in.
void Stage::ask_for(std::size_t bytes) {
    constexpr std::size_t smallest_piece = 128;
    bytes_asked_for += 2 * bytes + 1024;
    events_asked_for += bytes / smallest_piece + 16;
}

void Connection::ask_for(std::size_t bytes) {
    stage_.ask_for(bytes);
    assembler_.expect_more(bytes);
}

Connection::Connection(std::unique_ptr<Peer> peer, Stage& stage, std::size_t index,
                       microseconds elapsed)
    : peer_(std::move(peer)),
      stage_(stage),
      index_(index),
      origin_(peer_->now() - elapsed),
      arrival_(elapsed),
      writer_(*peer_, stage.setting.delivery),
      outgoing_(wire::other(stage.setting.target_role)),
      reader_(first_mode(stage.setting)),
      watch_(stage.setting.target_role) {}

// ---- receiving -------------------------------------------------------------------------------

std::optional<Event> Connection::next(Deadline deadline) {
    flush();
    while (true) {
        if (auto event = take_event()) return event;
        if (end_) return end_;
        if (arrival_ > stage_.time_allowed() + grace) return std::nullopt;
        auto received = peer_->receive(deadline);
        arrival_ = elapsed();
        if (received.kind == Received::Kind::bytes) on_bytes(received.data);
        stage_.recorder.add(
            Arrival{arrival_, index_, kind_of(received.kind), std::move(received.data)});
        if (received.kind == Received::Kind::timeout) return std::nullopt;
        if (received.kind != Received::Kind::bytes) {
            return on_end(received.kind == Received::Kind::reset);
        }
    }
}

void Connection::on_bytes(wire::ByteView bytes) {
    stage_.bytes_arrived += bytes.size() + 64;  // so that a drip of empty pieces ends too
    if (stage_.bytes_arrived <= flood_bytes + stage_.bytes_asked_for) reader_.feed(bytes);
}

std::optional<Event> Connection::take_event() {
    while (true) {
        auto const flooded = stage_.bytes_arrived > flood_bytes + stage_.bytes_asked_for ||
                             stage_.events_seen >= flood_events + stage_.events_asked_for;
        if (flooded) {
            if (!end_) end_ = Event{Unreadable{"more than a case should bring: a flood"}, arrival_};
            return end_;
        }
        auto item = reader_.next();
        if (!item) return std::nullopt;
        ++stage_.events_seen;
        if (auto* frame = std::get_if<Frame>(&*item)) return on_frame(std::move(*frame));
        if (auto* head = std::get_if<wire::HttpHead>(&*item)) {
            auto raw = wire::to_text(reader_.raw());
            return on_head(std::move(*head), std::move(raw));
        }
        if (auto* body = std::get_if<Body>(&*item)) {
            record(Direction::recv, EntryKind::bytes, "body " + payload_in_words(body->bytes),
                   body->bytes, Flag::none);
            if (stage_.looks_into_content) return Event{Content{std::move(body->bytes)}, arrival_};
            continue;
        }
        auto& unreadable = std::get<Unreadable>(*item);
        if (stage_.in_the_clear && is_tls_alert(reader_.raw())) {
            record(Direction::recv, EntryKind::bytes, "a TLS alert", reader_.raw(), Flag::none);
            continue;
        }
        record(Direction::recv, EntryKind::bytes, unreadable.words, reader_.raw(), Flag::violation);
        // Who was not asked in HTTP/1.1 need not answer in it.
        auto const asked =
            !requests_.empty() && requests_.front().start_line.ends_with(" HTTP/1.1");
        if (!open() && asked) {
            report({{"9112/2/response-syntax", "sent " + unreadable.words, true}});
        }
        return Event{std::move(unreadable), arrival_};
    }
}

std::optional<Event> Connection::on_head(wire::HttpHead head, std::string raw) {
    if (peer_role() == wire::Role::server) return on_response(std::move(head), raw);
    auto request = check_request(std::move(head));
    request_ = request.head;
    record(Direction::recv, EntryKind::http, printable(request.head.start_line, 120),
           wire::as_bytes(raw), Flag::none);
    return Event{std::move(request), arrival_};
}

std::optional<Event> Connection::on_response(wire::HttpHead head, std::string const& raw) {
    std::optional<wire::HttpHead> request;
    if (!requests_.empty()) request = requests_.front();
    Event event{check_response(std::move(head), request), arrival_};
    auto const& response = *event.as<Response>();
    auto const broke = report(response.defects);
    record(Direction::recv, EntryKind::http, in_words(event, peer_role()), wire::as_bytes(raw),
           broke ? Flag::violation : Flag::none);
    if (response.interim()) return event;
    status_ = response.line.status;
    if (!requests_.empty()) requests_.pop_front();
    if (response.switching()) {
        speaks_websocket_ = !names_another_protocol(response.head);
        switched(compression_in(response), compression_in(response, wire::Role::client));
        return event;
    }
    refused_ = true;
    auto const status = response.line.status;
    answered_head_ = request && request->start_line.starts_with("HEAD ");
    if (status != 204 && status != 304 && !answered_head_) reader_.read_body(response.head);
    return event;
}

void Connection::switched(std::optional<Compression> of_peer, std::optional<Compression> own) {
    reader_.read_as(Reader::Mode::frames);
    refused_ = false;
    if (!of_peer || !own) return;
    assembler_.compressed(*of_peer);
    watch_.compressed(*of_peer);
    own_compression_.agreed(*own);
}

Event Connection::on_frame(Frame frame) {
    auto const raw = reader_.raw();
    auto broke = speaks_websocket_ && report(watch_.frame(frame.header, frame.payload));
    auto const opcode = frame.header.opcode;
    if (opcode == wire::Opcode::close && !close_received_) {
        close_received_ = Close{close_code_of(frame.payload), arrival_};
    }
    if (!wire::is_control(opcode) && wire::is_defined(opcode)) {
        if (auto assembled = assembler_.add(frame.header, frame.payload)) {
            broke = (speaks_websocket_ && report(watch_.message(*assembled))) || broke;
            frame.message = std::move(assembled->message);
        }
    }
    record_frame(Direction::recv, frame.header, {frame.payload, frame.payload.size()}, raw,
                 broke ? Flag::violation : Flag::none);
    reader_.release();
    if (opcode == wire::Opcode::ping && frame.payload.size() <= 125 && may_speak()) {
        send_own(wire::Opcode::pong, frame.payload);
    }
    return Event{std::move(frame), arrival_};
}

Event Connection::on_end(bool reset) {
    auto const content = reader_.mode() == Reader::Mode::body_to_the_end;
    auto const unfinished = content ? 0 : reader_.unfinished();
    // Whoever reads on takes what stands behind the head for the next response (RFC 9110 9.3.2).
    if (answered_head_ && unfinished != 0)
        report({{"9110/9.3.2/no-content-to-head",
                 fmt::format("sent {} bytes of content to a HEAD request", unfinished)}});
    end_ = Event{End{reset, unfinished}, arrival_};
    record(Direction::recv, EntryKind::tcp, in_words(*end_, peer_role()), {}, Flag::none);
    return *end_;
}

bool Connection::report(std::vector<Defect> const& defects) {
    for (auto const& defect : defects) {
        auto const known = std::ranges::count(stage_.breaches, defect.rule, &Breach::rule) != 0;
        if (!known) stage_.breaches.push_back({defect.rule, defect.words});
    }
    return !defects.empty();
}

// ---- state -----------------------------------------------------------------------------------

microseconds Connection::elapsed() const {
    return in_microseconds(peer_->now() - origin_);
}

Deadline Connection::deadline_in(milliseconds time) const {
    return std::min(peer_->now() + time, origin_ + stage_.time_allowed());
}

bool Connection::may_speak() const noexcept {
    return open() && !half_closed_ && !end_ && outgoing_.between_frames() &&
           !outgoing_.close_sent();
}

void Connection::record(Direction direction, EntryKind kind, std::string words,
                        wire::ByteView bytes, Flag flag) {
    auto const time = direction == Direction::recv ? arrival_ : elapsed();
    stage_.recorder.add(Entry{.time = time,
                              .connection = index_,
                              .direction = direction,
                              .kind = kind,
                              .words = std::move(words),
                              .flag = flag},
                        bytes);
}

void Connection::record_frame(Direction direction, wire::FrameHeader const& header,
                              Told const& payload, wire::ByteView bytes, Flag flag) {
    auto const receiving = direction == Direction::recv;
    auto const sender = receiving ? peer_role() : wire::other(peer_role());
    auto const is_close = header.opcode == wire::Opcode::close;
    auto words = stage_.recorder.full() ? std::string{} : told_in_words(header, payload, sender);
    stage_.recorder.add(
        Entry{.time = receiving ? arrival_ : elapsed(),
              .connection = index_,
              .direction = direction,
              .kind = EntryKind::frame,
              .frame = header,
              .close_code = is_close ? close_code_of(payload.beginning) : std::nullopt,
              .words = std::move(words),
              .flag = flag},
        bytes);
}

}  // namespace wsproof::play
