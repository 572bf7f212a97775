#include <fmt/format.h>

#include <array>
#include <atomic>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "harness/net/address.hpp"
#include "harness/net/live_peer.hpp"
#include "harness/net/target.hpp"
#include "harness/net/tls.hpp"

namespace wsproof::net {
namespace {

struct Connection {
    Socket socket = {};
    std::optional<TlsSession> tls = std::nullopt;
};

/// What all connections to one target share; used by many threads at once.
class Connector {
public:
    explicit Connector(TargetOptions const& options) : options_(options) {
        if (options.url.tls) tls_.emplace(options.tls, options.url.host);
        if (!options.unix_socket.empty()) addresses_ = {unix_address(options.unix_socket)};
    }

    Connection connect() {
        auto const deadline = play::Clock::now() + options_.connect_timeout;
        Connection connection;
        std::string where;
        connection.socket = connect_to_any(deadline, where);
        if (tls_) connection.tls = shake_hands(connection.socket, deadline, where);
        return connection;
    }

    std::chrono::milliseconds send_timeout() const { return options_.send_timeout; }

private:
    /// Resolves once; a name that is not known yet is asked for again at the next connection.
    std::vector<Address> addresses() {
        std::lock_guard const lock{mutex_};
        if (addresses_.empty()) addresses_ = resolve(options_.url, options_.family);
        return addresses_;
    }

    /// Begins with the address that answered last time; each gets its share of the time.
    Socket connect_to_any(play::Deadline deadline, std::string& where) {
        auto const list = addresses();
        auto const first = answered_.load() % list.size();
        for (std::size_t tried = 0;; ++tried) {
            auto const index = (first + tried) % list.size();
            auto const left = static_cast<long>(list.size() - tried);
            auto const now = play::Clock::now();
            where = list[index].words;
            try {
                auto socket = connect_to(list[index], now + (deadline - now) / left);
                answered_ = index;
                return socket;
            } catch (play::Unreachable const&) {
                if (left == 1) throw;
            }
        }
    }

    TlsSession shake_hands(Socket& socket, play::Deadline deadline, std::string const& where) {
        auto session = tls_->session();
        while (true) {
            auto const progress = session.handshake();
            write_all(socket, session.take_output(), deadline, where);
            if (progress == TlsSession::Progress::done) return session;
            if (progress == TlsSession::Progress::failed) {
                throw play::Unreachable(session.failure(where));
            }
            if (play::Clock::now() >= deadline) fail_in_time(where);
            session.feed(read_some(socket, deadline, where));
        }
    }

    static void write_all(Socket& socket, wire::ByteView bytes, play::Deadline deadline,
                          std::string const& where) {
        while (!bytes.empty()) {
            auto const moved = socket.write(bytes);
            bytes = bytes.subspan(moved.count);
            if (moved.status == IoStatus::ok) continue;
            // What the peer said before it went away is a better reason than that it did.
            if (moved.status != IoStatus::blocked) return;
            if (!socket.wait({false, true}, deadline).any()) fail_in_time(where);
        }
    }

    static wire::Bytes read_some(Socket& socket, play::Deadline deadline,
                                 std::string const& where) {
        std::array<std::byte, 16384> buffer;
        while (true) {
            if (!socket.wait({true, false}, deadline).any()) fail_in_time(where);
            auto const moved = socket.read(buffer);
            if (moved.status == IoStatus::ok) {
                return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(moved.count)};
            }
            if (moved.status == IoStatus::blocked) continue;
            throw play::Unreachable(fmt::format(
                "{} {} the connection during the TLS handshake: does it speak TLS, or is it a "
                "ws:// server?",
                where, moved.status == IoStatus::eof ? "closed" : "reset"));
        }
    }

    [[noreturn]] static void fail_in_time(std::string const& where) {
        throw play::Unreachable(fmt::format(
            "{} did not finish the TLS handshake in time: does it speak TLS, or is it a ws:// "
            "server?",
            where));
    }

    TargetOptions options_;
    std::optional<TlsContext> tls_;
    std::mutex mutex_;
    std::vector<Address> addresses_;
    std::atomic<std::size_t> answered_ = 0;
};

}  // namespace

play::Connect connector(TargetOptions const& options) {
    auto shared = std::make_shared<Connector>(options);
    return [shared]() -> std::unique_ptr<play::Peer> {
        auto connection = shared->connect();
        return std::make_unique<LivePeer>(std::move(connection.socket), std::move(connection.tls),
                                          LivePeerOptions{.send_timeout = shared->send_timeout()});
    };
}

std::string negotiated_tls(TargetOptions const& options) {
    if (!options.url.tls) return {};
    auto const connection = Connector{options}.connect();
    return connection.tls->version();
}

}  // namespace wsproof::net
