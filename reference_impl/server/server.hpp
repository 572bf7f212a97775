// The reference endpoint on real sockets, as a server that echoes (RFC 6455 4.2, 7.1).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "reference_impl/protocol/endpoint.hpp"

namespace wsproof::server {

struct TlsFiles {
    std::string certificate_file = {};  ///< PEM, with its chain
    std::string key_file = {};          ///< PEM
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;        ///< 0: a free one
    std::string unix_socket = {};  ///< path; instead of address and port
    bool tls = false;              ///< with files, or with a self-signed certificate made at start
    TlsFiles tls_files = {};
    reference::Options endpoint = {};
    reference::Faults faults = {};
    std::size_t max_connections = 10000;
    std::chrono::milliseconds handshake_timeout{10000};
    std::chrono::milliseconds closing_timeout{5000};  ///< for the peer's Close after ours
    std::chrono::milliseconds shutdown_grace{3000};   ///< between the two sweeps of `shutdown`
    unsigned threads = 1;
    bool echo = true;           ///< false: reads messages and stays silent
    std::string greeting = {};  ///< a text sent after every opening handshake, when not empty
};

/// Listens when constructed, serves on its own threads. The destructor shuts down without grace.
class Server {
public:
    explicit Server(
        ServerOptions options);  ///< throws std::runtime_error, one line: what could not be done
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    std::uint16_t port() const;
    std::size_t connections() const;

    /// Two sweeps: Close 1001 to every connection, then, after the grace period, the transport of
    /// whoever is left. Returns when all are gone.
    void shutdown();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wsproof::server
