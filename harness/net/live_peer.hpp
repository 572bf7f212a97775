// A peer behind a socket, with or without TLS: play::Peer in real time.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "harness/net/socket.hpp"
#include "harness/net/tls.hpp"
#include "harness/play/peer.hpp"

namespace wsproof::net {

struct LivePeerOptions {
    /// A peer that does not read holds up one `send` for this long; then the rest is dropped.
    std::chrono::milliseconds send_timeout{30000};
    /// What a peer may pour in while a `send` goes on; beyond that the harness stops reading.
    std::size_t unread_bound = std::size_t{64} << 20U;
};

class LivePeer final : public play::Peer {
public:
    explicit LivePeer(Socket socket, std::optional<TlsSession> tls = std::nullopt,
                      LivePeerOptions options = {});

    void send(std::span<std::byte const> bytes) override;
    play::Received receive(play::Deadline deadline) override;
    void half_close() override;
    void reset() override;
    void turn_deaf() override { is_deaf_ = true; }
    play::Clock::time_point now() const override;
    void sleep(std::chrono::milliseconds time) override;

private:
    bool write_all(std::span<std::byte const> bytes, play::Deadline deadline);
    bool flush_tls(play::Deadline deadline);
    void flush_what_fits();
    void read_once();
    void decrypt(wire::ByteView ciphertext);
    void end(play::Received::Kind kind);

    Socket socket_;
    std::optional<TlsSession> tls_;
    LivePeerOptions options_;
    wire::Bytes inbox_;   ///< read, not yet handed out
    wire::Bytes unsent_;  ///< TLS records that the socket has not taken yet
    std::optional<play::Received::Kind> end_;
    bool writing_ended_ = false;
    bool is_deaf_ = false;
    bool reset_while_writing_ = false;
};

}  // namespace wsproof::net
