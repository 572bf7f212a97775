// The server's side of TLS, apart from any socket: ciphertext in, plaintext out, and back
// (RFC 6455 10.6).
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <memory>

#include "reference_impl/server/server.hpp"
#include "reference_impl/wire/bytes.hpp"

namespace wsproof::server {

/// One connection's TLS. It writes into memory only, so that the session decides what becomes of
/// the transport: close_notify, then FIN, then waiting for the peer's.
class TlsFilter {
public:
    enum class Stream : std::uint8_t { open, closed, broken };

    explicit TlsFilter(SSL* session);

    /// Takes ciphertext, appends the plaintext in it. Handshakes on the way.
    Stream decrypt(wire::ByteView ciphertext, wire::Bytes& plaintext);
    void encrypt(wire::ByteView plaintext);
    void close_notify();
    wire::Bytes take_output();

private:
    Stream read(wire::Bytes& plaintext);

    struct Free {
        void operator()(SSL* session) const;
    };
    std::unique_ptr<SSL, Free> session_;
};

/// Certificate and key of a server: from files, or made here and signed by nobody else.
class TlsContext {
public:
    /// Throws std::runtime_error, one line.
    explicit TlsContext(TlsFiles const& files);

    TlsFilter filter() const;

private:
    struct Free {
        void operator()(SSL_CTX* context) const;
    };
    std::unique_ptr<SSL_CTX, Free> context_;
};

}  // namespace wsproof::server
