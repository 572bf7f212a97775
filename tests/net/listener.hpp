// Small peers for the tests of harness/net: a listener on a free port whose connections are served
// by a function of the test, and TLS for it.
#pragma once

#include <openssl/types.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace wsproof::net::testing {

/// Serves each connection on a thread of its own; the handler gets a blocking socket, which is
/// closed after it returns. All have returned when the destructor has.
class Listener {
public:
    using Handler = std::function<void(int descriptor)>;
    enum class Kind { ipv4, ipv6, unix_socket };

    explicit Listener(Handler handler, Kind kind = Kind::ipv4);
    ~Listener();
    Listener(Listener const&) = delete;
    Listener& operator=(Listener const&) = delete;

    std::uint16_t port() const { return port_; }
    std::string const& path() const { return path_; }
    unsigned accepted() const { return accepted_; }

private:
    void serve();

    Handler handler_;
    int descriptor_ = -1;
    std::uint16_t port_ = 0;
    std::string path_;
    std::atomic<unsigned> accepted_ = 0;
    std::vector<std::thread> connections_;
    std::thread acceptor_;
};

/// A self-signed certificate and its key, as PEM files in a folder that goes with it.
class Certificate {
public:
    explicit Certificate(std::string const& subject_alternative_name = "DNS:localhost");
    ~Certificate();
    Certificate(Certificate const&) = delete;
    Certificate& operator=(Certificate const&) = delete;

    std::string const& folder() const { return folder_; }
    std::string certificate_file() const { return folder_ + "/certificate.pem"; }
    std::string key_file() const { return folder_ + "/key.pem"; }

private:
    std::string folder_;
};

/// The server's side of TLS on a blocking socket.
class ServerTls {
public:
    ServerTls(Certificate const& certificate, int version);
    ServerTls(Certificate const& certificate, int version, Certificate const& trusted_client);
    ~ServerTls();
    ServerTls(ServerTls const&) = delete;
    ServerTls& operator=(ServerTls const&) = delete;

    /// Null when the handshake failed.
    std::shared_ptr<SSL> accept(int descriptor) const;
    std::string server_name() const;  ///< SNI of the last handshake

private:
    SSL_CTX* context_;
    struct ServerName;
    std::shared_ptr<ServerName> server_name_;
};

/// Folder for sockets and files of one test; removed with what is in it.
std::string make_folder();
void remove_folder(std::string const& folder);

/// What a server that was killed leaves behind: a socket file that nobody listens at.
void leave_socket_file(std::string const& path);

std::string read_some(int descriptor);
void write_all(int descriptor, std::string const& text);
void close_with_reset(int descriptor);
/// Waits for the end of the peer's bytes.
void drain(int descriptor);

}  // namespace wsproof::net::testing
