#include "reference_impl/client/client.hpp"

#include <fmt/format.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <cstddef>
#include <deque>
#include <stdexcept>
#include <utility>

namespace wsproof::client {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Socket = asio::generic::stream_protocol::socket;

constexpr std::chrono::milliseconds farewell_time{1000};
constexpr std::size_t read_size = std::size_t{64} << 10U;

/// Opens a socket, then TLS on it where asked; every wait has a bound.
class Transport {
public:
    explicit Transport(ClientOptions const& options) : deadline_(Clock::now() + options.timeout) {
        connect(options);
        if (options.tls) shake_hands(options);
    }

    asio::io_context& io() { return io_; }

    template <typename Handler>
    void read_some(asio::mutable_buffer buffer, Handler handler) {
        if (tls_) return tls_->async_read_some(buffer, std::move(handler));
        socket_.async_read_some(buffer, std::move(handler));
    }

    template <typename Handler>
    void write(asio::const_buffer buffer, Handler handler) {
        if (tls_) return asio::async_write(*tls_, buffer, std::move(handler));
        asio::async_write(socket_, buffer, std::move(handler));
    }

    /// After the end of the server's bytes: over TLS our close_notify answers the server's.
    void finish() {
        if (!tls_) return close();
        tls_->async_shutdown([this](error_code) { close(); });
        error_code ignored;
        socket_.shutdown(Socket::shutdown_send, ignored);  // behind the close_notify, at once
    }

    void close() {
        error_code ignored;
        socket_.shutdown(Socket::shutdown_both, ignored);
        socket_.close(ignored);
    }

private:
    using Endpoint = asio::generic::stream_protocol::endpoint;

    void connect(ClientOptions const& options) {
        error_code error = asio::error::host_not_found;
        for (auto const& endpoint : endpoints(options)) {
            error_code ignored;
            socket_.close(ignored);
            error = asio::error::timed_out;
            socket_.async_connect(endpoint, [&](error_code result) { error = result; });
            run_to_deadline();
            if (!error) break;
        }
        if (error) fail(fmt::format("cannot connect to {}", where(options)), error);
        error_code ignored;  // a unix socket has no such option
        socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    }

    std::vector<Endpoint> endpoints(ClientOptions const& options) {
        if (!options.unix_socket.empty()) {
            return {asio::local::stream_protocol::endpoint{options.unix_socket}};
        }
        error_code error;
        asio::ip::tcp::resolver resolver{io_};
        auto const results = resolver.resolve(options.address, std::to_string(options.port), error);
        if (error) fail(fmt::format("cannot resolve '{}'", options.address), error);
        std::vector<Endpoint> found;
        for (auto const& result : results) found.emplace_back(result.endpoint());
        return found;
    }

    void shake_hands(ClientOptions const& options) {
        context_.set_default_verify_paths();
        if (!options.ca_file.empty()) context_.load_verify_file(options.ca_file);
        tls_.emplace(socket_, context_);
        SSL_set_min_proto_version(tls_->native_handle(), TLS1_2_VERSION);
        if (options.verify) {
            tls_->set_verify_mode(ssl::verify_peer);
            tls_->set_verify_callback(ssl::host_name_verification(options.address));
        }
        error_code error = asio::error::timed_out;
        tls_->async_handshake(ssl::stream_base::client, [&](error_code result) { error = result; });
        run_to_deadline();
        if (error) fail(fmt::format("TLS handshake with {} failed", where(options)), error);
    }

    void run_to_deadline() {
        io_.restart();
        io_.run_until(deadline_);
        if (io_.stopped()) return;
        error_code ignored;
        socket_.close(ignored);
        io_.run();  // the handlers refer to the caller's variables: none may be left
    }

    static std::string where(ClientOptions const& options) {
        if (!options.unix_socket.empty()) return "unix socket " + options.unix_socket;
        return fmt::format("{}:{}", options.address, options.port);
    }

    [[noreturn]] static void fail(std::string const& what, error_code const& error) {
        throw std::runtime_error(fmt::format("{}: {}", what, error.message()));
    }

    asio::io_context io_{1};
    Socket socket_{io_};
    ssl::context context_{ssl::context::tls_client};
    std::optional<ssl::stream<Socket&>> tls_ = std::nullopt;
    Clock::time_point deadline_;
};

}  // namespace

struct Client::Impl {
    explicit Impl(ClientOptions const& options)
        : transport(options),
          endpoint(wire::Role::client, options.endpoint, options.faults),
          buffer(read_size),
          send_time(options.timeout) {
        move_bytes();
    }

    ~Impl() {
        if (ended) {
            transport.io().restart();
            transport.io().run_for(farewell_time);
        }
        transport.close();
        transport.io().restart();
        transport.io().run();  // the handlers refer to this object
    }

    Impl(Impl const&) = delete;
    Impl& operator=(Impl const&) = delete;

    /// Starts whatever can be started; the handlers come back here.
    void move_bytes() {
        for (auto& event : endpoint.take_events()) events.push_back(std::move(event));
        if (ended) return;
        if (writing.empty()) write();
        if (writing.empty() && endpoint.transport_should_close()) return end();
        if (!reading) read();
    }

    void read() {
        reading = true;
        transport.read_some(asio::buffer(buffer), [this](error_code error, std::size_t count) {
            reading = false;
            if (ended) return;
            if (error) return end();
            endpoint.receive(wire::ByteView{buffer}.first(count));
            move_bytes();
        });
    }

    void write() {
        writing = endpoint.take_output();
        if (writing.empty()) return;
        transport.write(asio::buffer(writing), [this](error_code error, std::size_t) {
            writing.clear();
            // What the server sent before it went away is still to be read.
            if (!error && !ended) move_bytes();
        });
    }

    void end() {
        ended = true;
        transport.finish();
        endpoint.receive_end();
        move_bytes();
    }

    /// Lets one thing happen; false when the time is over.
    bool step(Clock::time_point deadline) {
        transport.io().restart();
        return transport.io().run_one_until(deadline) != 0;
    }

    void flush() {
        move_bytes();
        auto const deadline = Clock::now() + send_time;
        while (!writing.empty() && !ended) {
            if (!step(deadline)) return end();  // a server that does not read
        }
    }

    Transport transport;
    reference::Endpoint endpoint;
    std::deque<reference::Event> events;
    wire::Bytes buffer;
    wire::Bytes writing;
    std::chrono::milliseconds send_time;
    bool reading = false;
    bool ended = false;
};

Client::Client(ClientOptions options) : impl_(std::make_unique<Impl>(options)) {}

Client::~Client() = default;

std::optional<reference::Event> Client::next(std::chrono::milliseconds timeout) {
    auto const deadline = Clock::now() + timeout;
    while (impl_->events.empty()) {
        if (impl_->ended || !impl_->step(deadline)) return std::nullopt;
    }
    auto event = std::move(impl_->events.front());
    impl_->events.pop_front();
    return event;
}

void Client::send(reference::Message const& message) {
    impl_->endpoint.send(message);
    impl_->flush();
}

void Client::ping(std::string const& data) {
    impl_->endpoint.ping(wire::as_bytes(data));
    impl_->flush();
}

void Client::close(wire::StatusCode code, std::string const& reason) {
    impl_->endpoint.close(code, reason);
    impl_->flush();
}

reference::State Client::state() const {
    return impl_->endpoint.state();
}

}  // namespace wsproof::client
