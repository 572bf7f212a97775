// One connection of the server: moves bytes between a socket and an Endpoint, and ends the
// transport as RFC 6455 7.1.1 recommends.
#pragma once

#include <array>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "reference_impl/protocol/endpoint.hpp"
#include "reference_impl/server/server.hpp"
#include "reference_impl/server/tls.hpp"
#include "reference_impl/wire/bytes.hpp"

namespace wsproof::server {

using Socket = boost::asio::generic::stream_protocol::socket;

/// Lives on one thread; kept alive by the operations it has started and by whoever lists it.
class Session : public std::enable_shared_from_this<Session> {
public:
    using Gone = std::function<void(Session*)>;  ///< called once, when the socket is closed

    Session(Socket socket, ServerOptions const& options, TlsContext const* tls, std::uint64_t seed,
            Gone gone);

    void start();
    void refuse();     ///< 503 instead of an opening handshake: there are too many connections
    void go_away();    ///< first sweep: Close 1001, or the end for who has not opened yet
    void terminate();  ///< second sweep: the end for who is left
    void abort();      ///< closes the socket

private:
    enum class Phase : std::uint8_t { serving, finishing, draining, gone };
    using Clock = std::chrono::steady_clock;

    void read();
    void on_read(boost::system::error_code error, std::size_t count);
    void take(wire::ByteView bytes);
    void take_ciphertext(wire::ByteView bytes);
    void end_of_peer();
    void pump();
    void react(reference::Event const& event);
    void queue(wire::Bytes&& output);
    void write();
    void on_written(boost::system::error_code error);
    void watch_closing();
    void finish();
    void shut_down_writing();
    void drain();
    void tell_time();
    void watch_time();
    void arm(std::chrono::milliseconds time);
    void on_time();
    std::size_t unwritten() const { return writing_.size() + pending_.size(); }

    Socket socket_;
    boost::asio::steady_timer timer_;
    boost::asio::steady_timer patience_;  ///< the endpoint's own
    Clock::time_point told_ = Clock::now();
    ServerOptions const& options_;
    Gone gone_;
    reference::Endpoint endpoint_;
    std::optional<TlsFilter> tls_;
    wire::Bytes buffer_;   ///< what is being read into; grows for connections that need it
    wire::Bytes writing_;  ///< in the hands of the socket
    wire::Bytes pending_;  ///< to be written next
    Phase phase_ = Phase::serving;
    bool reading_ = false;
    bool opened_ = false;
    bool peer_ended_ = false;
    bool closing_watched_ = false;
    bool going_away_ = false;
    std::size_t drained_ = 0;
};

}  // namespace wsproof::server
