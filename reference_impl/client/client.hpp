// The reference endpoint on real sockets, as a client (RFC 6455 4.1, 7.1): blocking, one
// connection.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "reference_impl/protocol/endpoint.hpp"

namespace wsproof::client {

struct ClientOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 80;
    std::string unix_socket = {};  ///< path; instead of address and port
    bool tls = false;
    bool verify = true;        ///< certificate and name; false for self-signed test servers
    std::string ca_file = {};  ///< PEM; trusted beside the system's own
    std::chrono::milliseconds timeout{10000};  ///< to connect, and for a server that does not read
    reference::Options endpoint = {};
    reference::Faults faults = {};
};

class Client {
public:
    explicit Client(ClientOptions options);  ///< connects; throws std::runtime_error, one line
    ~Client();
    Client(Client const&) = delete;
    Client& operator=(Client const&) = delete;

    /// The next event, or nothing when the time is over.
    std::optional<reference::Event> next(std::chrono::milliseconds timeout);
    void send(reference::Message const& message);
    void ping(std::string const& data);
    void close(wire::StatusCode code, std::string const& reason = {});
    reference::State state() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wsproof::client
