#include "reference_impl/server/session.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <string_view>
#include <utility>

namespace wsproof::server {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t first_buffer = std::size_t{4} << 10U;
constexpr std::size_t largest_buffer = std::size_t{64} << 10U;
/// More unwritten output than this, and nothing more is read: a peer that does not take its echoes
/// fills its own buffers, not ours.
constexpr std::size_t unwritten_bound = std::size_t{1} << 20U;
/// How long, and for how many bytes, the socket stays open for a peer that still sends, so that no
/// RST overtakes our last bytes (RFC 6455 7.1.1).
constexpr std::chrono::milliseconds drain_time{2000};
constexpr std::size_t drain_bound = std::size_t{64} << 20U;

constexpr std::string_view refusal =
    "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

reference::Options with_seed(reference::Options options, std::uint64_t number) {
    options.seed += number;
    return options;
}

}  // namespace

Session::Session(Socket socket, ServerOptions const& options, TlsContext const* tls,
                 std::uint64_t seed, Gone gone)
    : socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      patience_(socket_.get_executor()),
      options_(options),
      gone_(std::move(gone)),
      endpoint_(wire::Role::server, with_seed(options.endpoint, seed), options.faults),
      buffer_(first_buffer) {
    if (tls != nullptr) tls_.emplace(tls->filter());
}

void Session::start() {
    error_code ignored;  // a unix socket has no such option
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    arm(options_.handshake_timeout);
    read();
}

void Session::refuse() {
    if (tls_) return abort();  // not worth a TLS handshake
    queue(wire::to_bytes(refusal));
    finish();
}

void Session::go_away() {
    if (phase_ != Phase::serving) return;
    going_away_ = true;
    endpoint_.go_away();
    if (!opened_ && endpoint_.transport_should_close()) return abort();
    pump();
}

void Session::terminate() {
    endpoint_.terminate();
    if (endpoint_.transport_should_close()) abort();
}

void Session::abort() {
    if (phase_ == Phase::gone) return;
    phase_ = Phase::gone;
    error_code ignored;
    socket_.close(ignored);
    timer_.cancel();
    patience_.cancel();
    gone_(this);
}

void Session::read() {
    bool const full = phase_ == Phase::serving && unwritten() > unwritten_bound;
    if (reading_ || peer_ended_ || phase_ == Phase::gone || full) return;
    reading_ = true;
    socket_.async_read_some(asio::buffer(buffer_),
                            [self = shared_from_this()](error_code error, std::size_t count) {
                                self->on_read(error, count);
                            });
}

void Session::on_read(error_code error, std::size_t count) {
    reading_ = false;
    if (phase_ == Phase::gone) return;
    if (error && error != asio::error::eof) return abort();
    if (phase_ != Phase::serving) {
        drained_ += count;
        peer_ended_ = peer_ended_ || error == asio::error::eof;
        return drain();
    }
    if (error) {
        end_of_peer();
    } else {
        take(wire::ByteView{buffer_}.first(count));
        if (count == buffer_.size() && count < largest_buffer) buffer_.resize(4 * count);
    }
    if (phase_ == Phase::serving) pump();
}

void Session::take(wire::ByteView bytes) {
    tell_time();
    if (tls_) {
        take_ciphertext(bytes);
    } else {
        endpoint_.receive(bytes);
    }
}

void Session::take_ciphertext(wire::ByteView bytes) {
    wire::Bytes plaintext;
    auto const stream = tls_->decrypt(bytes, plaintext);
    if (!plaintext.empty()) endpoint_.receive(plaintext);
    queue(tls_->take_output());
    if (stream == TlsFilter::Stream::open) return;
    end_of_peer();
    if (stream == TlsFilter::Stream::broken) finish();  // after the alert that says so
}

void Session::end_of_peer() {
    peer_ended_ = true;
    endpoint_.receive_end();
}

void Session::pump() {
    for (auto events = endpoint_.take_events(); !events.empty(); events = endpoint_.take_events()) {
        for (auto const& event : events) react(event);
    }
    auto output = endpoint_.take_output();
    if (tls_) {
        tls_->encrypt(output);
        output = tls_->take_output();
    }
    queue(std::move(output));
    watch_closing();
    watch_time();
    if (endpoint_.transport_should_close()) return finish();
    if (peer_ended_) arm(options_.closing_timeout);  // an endpoint with a fault may ignore the end
    read();
}

void Session::react(reference::Event const& event) {
    if (std::holds_alternative<reference::event::Opened>(event)) {
        opened_ = true;
        timer_.cancel();
        if (!options_.greeting.empty()) {
            endpoint_.send({reference::MessageKind::text, wire::to_bytes(options_.greeting)});
        }
    }
    auto const* const received = std::get_if<reference::event::Received>(&event);
    if (received != nullptr && options_.echo) endpoint_.send(received->message);
}

void Session::queue(wire::Bytes&& output) {
    if (pending_.empty()) {
        pending_ = std::move(output);
    } else {
        wire::append(pending_, output);
    }
    write();
}

void Session::write() {
    if (!writing_.empty() || pending_.empty()) return;
    writing_ = std::exchange(pending_, {});
    asio::async_write(
        socket_, asio::buffer(writing_),
        [self = shared_from_this()](error_code error, std::size_t) { self->on_written(error); });
}

void Session::on_written(error_code error) {
    writing_.clear();
    if (phase_ == Phase::gone) return;
    if (error) return abort();
    write();
    shut_down_writing();
    if (phase_ == Phase::serving) return read();
    drain();
}

/// Gives the peer a while to answer our Close (7.1.1, 7.1.2).
void Session::watch_closing() {
    bool const waits = options_.faults.has(reference::Fault::waits_for_silent_peers_at_shutdown);
    if (going_away_ && waits) return;
    auto const state = endpoint_.state();
    if (state == reference::State::closing && !closing_watched_) {
        closing_watched_ = true;
        arm(options_.closing_timeout);
    } else if (state == reference::State::closed && closing_watched_) {
        closing_watched_ = false;
        timer_.cancel();
    }
}

/// What is queued goes out, then FIN, then the peer's own end is awaited.
void Session::finish() {
    if (phase_ != Phase::serving) return;
    phase_ = Phase::finishing;
    if (tls_) {
        tls_->close_notify();
        queue(tls_->take_output());
    }
    arm(options_.closing_timeout);
    shut_down_writing();
    drain();
}

void Session::shut_down_writing() {
    if (phase_ != Phase::finishing || unwritten() != 0) return;
    error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    phase_ = Phase::draining;
    arm(drain_time);
}

/// Reads what the peer still sends, to throw it away.
void Session::drain() {
    bool const over = phase_ == Phase::draining && peer_ended_;
    if (over || drained_ > drain_bound) return abort();
    read();
}

/// The endpoint has no clock.
void Session::tell_time() {
    using std::chrono::milliseconds;
    auto const passed = std::chrono::duration_cast<milliseconds>(Clock::now() - told_);
    told_ += passed;
    endpoint_.time_passed(passed);
}

void Session::watch_time() {
    auto const due = endpoint_.next_deadline();
    if (!due) {
        patience_.cancel();
        return;
    }
    patience_.expires_after(*due);
    patience_.async_wait([self = shared_from_this()](error_code error) {
        if (error || self->phase_ != Phase::serving) return;
        self->tell_time();
        self->pump();
    });
}

void Session::arm(std::chrono::milliseconds time) {
    timer_.expires_after(time);
    timer_.async_wait([self = shared_from_this()](error_code error) {
        // A handler that was already on its way when the timer was set anew comes without an error.
        if (!error && self->timer_.expiry() <= Clock::now()) self->on_time();
    });
}

/// The opening handshake, the closing handshake or the end of the peer did not come in time.
void Session::on_time() {
    if (phase_ != Phase::serving || unwritten() != 0 || !opened_) return abort();
    finish();
}

}  // namespace wsproof::server
