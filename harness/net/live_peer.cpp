#include "harness/net/live_peer.hpp"

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

namespace wsproof::net {
namespace {

using Kind = play::Received::Kind;

constexpr std::size_t read_size = std::size_t{64} << 10U;
constexpr std::size_t encrypt_size = std::size_t{64} << 10U;
constexpr std::size_t unsent_bound = std::size_t{1} << 20U;
constexpr std::chrono::milliseconds farewell_time{2000};
constexpr std::chrono::milliseconds deaf_send_time{500};

void append(wire::Bytes& to, wire::ByteView bytes) {
    to.insert(to.end(), bytes.begin(), bytes.end());
}

void drop_front(wire::Bytes& from, std::size_t count) {
    from.erase(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

LivePeer::LivePeer(Socket socket, std::optional<TlsSession> tls, LivePeerOptions options)
    : socket_(std::move(socket)), tls_(std::move(tls)), options_(options) {
    // What came together with the last bytes of the TLS handshake waits inside the session.
    if (tls_) decrypt({});
}

void LivePeer::send(std::span<std::byte const> bytes) {
    auto const deadline = now() + (is_deaf_ ? deaf_send_time : options_.send_timeout);
    if (!tls_) {
        if (!writing_ended_ && !write_all(bytes, deadline)) writing_ended_ = true;
        return;
    }
    while (!bytes.empty() && !writing_ended_) {
        auto const piece = bytes.first(std::min(bytes.size(), encrypt_size));
        tls_->encrypt(piece);
        bytes = bytes.subspan(piece.size());
        if (!flush_tls(deadline)) writing_ended_ = true;
    }
}

play::Received LivePeer::receive(play::Deadline deadline) {
    while (true) {
        if (!inbox_.empty()) return {Kind::bytes, std::exchange(inbox_, {})};
        if (end_) return {*end_, {}};
        auto const ready = socket_.wait({true, !unsent_.empty()}, deadline);
        if (!ready.any()) return {Kind::timeout, {}};
        if (ready.write) flush_what_fits();
        if (ready.read) read_once();
        // TLS records without content must not hold the caller beyond the deadline.
        if (inbox_.empty() && !end_ && now() >= deadline) return {Kind::timeout, {}};
    }
}

void LivePeer::half_close() {
    if (!writing_ended_ && tls_) {
        tls_->close_notify();
        flush_tls(now() + std::min(options_.send_timeout, farewell_time));
    }
    writing_ended_ = true;
    socket_.shut_down_writing();
}

void LivePeer::reset() {
    socket_.reset();
    inbox_.clear();
    unsent_.clear();
    writing_ended_ = true;
    end(Kind::reset);
}

play::Clock::time_point LivePeer::now() const {
    return play::Clock::now();
}

void LivePeer::sleep(std::chrono::milliseconds time) {
    std::this_thread::sleep_for(time);
}

bool LivePeer::write_all(std::span<std::byte const> bytes, play::Deadline deadline) {
    while (!bytes.empty()) {
        auto const moved = socket_.write(bytes);
        if (moved.status == IoStatus::ok) {
            bytes = bytes.subspan(moved.count);
            continue;
        }
        if (moved.status != IoStatus::blocked) {
            reset_while_writing_ = moved.status == IoStatus::reset;
            return false;
        }
        bool const room = !is_deaf_ && !end_ && inbox_.size() < options_.unread_bound;
        auto const ready = socket_.wait({room, true}, deadline);
        if (ready.read) read_once();
        // The second half holds a peer that floods us and never reads.
        if (!ready.any() || now() >= deadline) return false;
    }
    return true;
}

bool LivePeer::flush_tls(play::Deadline deadline) {
    append(unsent_, tls_->take_output());
    // Reading meanwhile may add records to the session; they leave with the next flush, in order.
    auto const records = std::exchange(unsent_, {});
    return write_all(records, deadline);
}

void LivePeer::flush_what_fits() {
    auto const moved = socket_.write(unsent_);
    if (moved.status == IoStatus::ok) {
        drop_front(unsent_, moved.count);
    } else if (moved.status != IoStatus::blocked) {
        reset_while_writing_ = moved.status == IoStatus::reset;
        writing_ended_ = true;
        unsent_.clear();
    }
}

void LivePeer::read_once() {
    std::array<std::byte, read_size> buffer;
    auto const moved = socket_.read(buffer);
    if (moved.status == IoStatus::eof) end(reset_while_writing_ ? Kind::reset : Kind::eof);
    if (moved.status == IoStatus::reset) end(Kind::reset);
    if (moved.status != IoStatus::ok) return;
    auto const bytes = std::span{buffer}.first(moved.count);
    if (tls_) {
        decrypt(bytes);
    } else {
        append(inbox_, bytes);
    }
}

void LivePeer::decrypt(wire::ByteView ciphertext) {
    tls_->feed(ciphertext);
    auto const stream = tls_->decrypt(inbox_);
    if (stream == TlsSession::Stream::closed) end(Kind::eof);
    if (stream == TlsSession::Stream::broken) end(Kind::reset);
    // Within write_all the socket is in the middle of a record: what the session adds must wait.
    if (!writing_ended_) append(unsent_, tls_->take_output());
    // Requests for new keys, each of which asks for an answer, and nobody who reads the answers.
    if (unsent_.size() > unsent_bound) end(Kind::reset);
}

void LivePeer::end(Kind kind) {
    if (!end_) end_ = kind;
}

}  // namespace wsproof::net
