// The client's side of TLS, apart from any socket: ciphertext in, plaintext out, and back
// (RFC 6455 4.1, step 5 of the connection).
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <string>

#include "harness/net/target.hpp"
#include "reference_impl/wire/bytes.hpp"

namespace wsproof::net {

/// One connection's TLS. It writes into memory only, so that no signal and no blocking call of the
/// library gets between the harness and the socket.
class TlsSession {
public:
    enum class Progress : std::uint8_t { done, wants_input, failed };
    enum class Stream : std::uint8_t { open, closed, broken };

    explicit TlsSession(SSL* session);

    Progress handshake();
    void feed(wire::ByteView ciphertext);
    /// Appends what the peer sent; says whether more can come.
    Stream decrypt(wire::Bytes& to);
    void encrypt(wire::ByteView plaintext);
    void close_notify();
    /// Ciphertext for the peer: records, alerts, parts of the handshake.
    wire::Bytes take_output();

    std::string version() const;  ///< "TLSv1.3"
    /// Why the handshake failed, with the cure.
    std::string failure(std::string const& peer) const;

private:
    struct Free {
        void operator()(SSL* session) const;
    };
    std::unique_ptr<SSL, Free> session_;
    unsigned long error_ = 0;
};

/// What all sessions of a target share. Sessions may be made by many threads at once.
class TlsContext {
public:
    /// Throws std::runtime_error, one line, when a file or an option cannot be used.
    TlsContext(TlsOptions const& options, std::string const& host);
    ~TlsContext();
    TlsContext(TlsContext const&) = delete;
    TlsContext& operator=(TlsContext const&) = delete;

    TlsSession session() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace wsproof::net
