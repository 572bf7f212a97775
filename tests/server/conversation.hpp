// What the tests of server and client say to each other, and raw peers that keep no rules.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>

#include "harness/net/target.hpp"
#include "harness/play/peer.hpp"
#include "reference_impl/client/client.hpp"
#include "reference_impl/server/server.hpp"

namespace wsproof::server::testing {

inline constexpr std::chrono::milliseconds patience{10000};

reference::Message text(std::string_view words);
reference::Message binary(std::string_view words);

client::ClientOptions reach(Server const& server);

/// The next event if it is of this kind; passes over nothing.
template <typename Kind>
std::optional<Kind> next(client::Client& client) {
    auto event = client.next(patience);
    if (!event || !std::holds_alternative<Kind>(*event)) return std::nullopt;
    return std::get<Kind>(std::move(*event));
}

/// Sends a message and says what comes back; empty when nothing or something else does.
std::string echo(client::Client& client, reference::Message const& message);

/// A connection without any protocol on top.
std::unique_ptr<play::Peer> raw_peer(std::uint16_t port, net::TlsOptions const* tls = nullptr);

/// The same after a correct opening handshake.
std::unique_ptr<play::Peer> opened_peer(std::uint16_t port, net::TlsOptions const* tls = nullptr);

/// A masked frame whose key is zero: FIN set, the payload as it is.
std::string frame(unsigned opcode, std::string_view payload);

inline constexpr std::string_view opening_request =
    "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

struct Heard {
    std::string text = {};
    play::Received::Kind end = play::Received::Kind::timeout;
};
Heard hear_until_end(play::Peer& peer, std::chrono::milliseconds time = patience);
/// At least so many bytes, or fewer when the transport ends.
std::string hear_bytes(play::Peer& peer, std::size_t count);

template <typename Condition>
bool comes_true(Condition const& condition) {
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return true;
}

}  // namespace wsproof::server::testing
