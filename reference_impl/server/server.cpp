#include "reference_impl/server/server.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <cstring>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "reference_impl/server/session.hpp"
#include "reference_impl/server/tls.hpp"

namespace wsproof::server {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Protocol = asio::generic::stream_protocol;
using Acceptor = asio::basic_socket_acceptor<Protocol>;

/// Connections beyond the limit that are being told so; more than these are closed at once.
constexpr std::size_t refusals_at_once = 64;
constexpr std::chrono::milliseconds accept_pause{50};

/// One thread and the sessions that live on it.
struct Worker {
    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard{io.get_executor()};
    std::map<Session*, std::shared_ptr<Session>> sessions = {};  ///< touched on the thread alone
    std::thread thread = {};

    template <typename Action>
    void on_each(Action action) {
        asio::post(io, [this, action] {
            auto const all = sessions;  // an action may take its session out
            for (auto const& [key, session] : all) action(*session);
        });
    }
};

std::vector<std::unique_ptr<Worker>> make_workers(unsigned count) {
    std::vector<std::unique_ptr<Worker>> workers;
    do {
        workers.push_back(std::make_unique<Worker>());
    } while (workers.size() < count);
    return workers;
}

std::string where(ServerOptions const& options) {
    if (!options.unix_socket.empty()) return "unix socket " + options.unix_socket;
    return fmt::format("{}:{}", options.address, options.port);
}

[[noreturn]] void fail(ServerOptions const& options, error_code const& error) {
    auto const cure = error == asio::error::address_in_use ? ": is another server running there?"
                      : error == asio::error::access_denied
                          ? ": choose a port above 1023 or a folder of your own"
                          : "";
    throw std::runtime_error(
        fmt::format("cannot listen on {}: {}{}", where(options), error.message(), cure));
}

Protocol::endpoint endpoint_of(ServerOptions const& options) {
    if (!options.unix_socket.empty()) {
        asio::local::stream_protocol::endpoint endpoint;
        try {
            endpoint.path(options.unix_socket);
        } catch (boost::system::system_error const& error) {
            fail(options, error.code());
        }
        return endpoint;
    }
    error_code error;
    auto const address = asio::ip::make_address(options.address, error);
    if (error) {
        throw std::runtime_error(
            fmt::format("'{}' is no IP address to listen on: give one such as 127.0.0.1 or ::1",
                        options.address));
    }
    return asio::ip::tcp::endpoint{address, options.port};
}

/// A socket file that a server left behind, and that nobody answers any more, is in the way.
void remove_stale_socket(Protocol::endpoint const& endpoint, std::string const& path) {
    asio::io_context io;
    Socket probe{io};
    error_code error;
    probe.connect(endpoint, error);
    if (error == asio::error::connection_refused) ::unlink(path.c_str());
}

}  // namespace

struct Server::Impl {
    explicit Impl(ServerOptions given)
        : options(std::move(given)), workers(make_workers(options.threads)) {
        options.endpoint.secure = options.tls;
        if (options.tls) tls.emplace(options.tls_files);
        listen();
        accept();
        for (auto& worker : workers) {
            worker->thread = std::thread{[&io = worker->io] { io.run(); }};
        }
    }

    ~Impl() {
        stop_listening();
        for (auto& worker : workers) {
            worker->on_each([](Session& session) { session.abort(); });
            worker->guard.reset();
        }
        for (auto& worker : workers) worker->thread.join();
    }

    Impl(Impl const&) = delete;
    Impl& operator=(Impl const&) = delete;

    void listen() {
        auto const endpoint = endpoint_of(options);
        bool const is_unix = !options.unix_socket.empty();
        if (is_unix) remove_stale_socket(endpoint, options.unix_socket);
        error_code error;
        acceptor.open(endpoint.protocol(), error);
        if (!error && !is_unix) acceptor.set_option(Acceptor::reuse_address(true), error);
        if (!error) acceptor.bind(endpoint, error);
        if (!error) acceptor.listen(Acceptor::max_listen_connections, error);
        if (error) fail(options, error);
        if (is_unix) return;
        asio::ip::tcp::endpoint bound;
        auto const local = acceptor.local_endpoint();
        bound.resize(local.size());
        std::memcpy(bound.data(), local.data(), local.size());
        port = bound.port();
    }

    void accept() {
        auto& worker = *workers[accepted % workers.size()];
        acceptor.async_accept(worker.io, [this, &worker](error_code error, Socket socket) {
            if (stopping) return;
            if (error) return accept_later();
            ++accepted;
            ++alive;
            // Without std::move_only_function, post wants something that can be copied.
            auto shared = std::make_shared<Socket>(std::move(socket));
            asio::post(worker.io, [this, &worker, shared, number = accepted] {
                adopt(worker, std::move(*shared), number);
            });
            accept();
        });
    }

    /// Out of descriptors, most likely: some will come back.
    void accept_later() {
        pause.expires_after(accept_pause);
        pause.async_wait([this](error_code error) {
            if (!error && !stopping) accept();
        });
    }

    void adopt(Worker& worker, Socket socket, std::uint64_t number) {
        auto const present = alive.load();
        if (stopping || present > options.max_connections + refusals_at_once) return one_less();
        auto session = std::make_shared<Session>(std::move(socket), options, tls ? &*tls : nullptr,
                                                 number, [this, &worker](Session* gone) {
                                                     worker.sessions.erase(gone);
                                                     one_less();
                                                 });
        worker.sessions.emplace(session.get(), session);
        if (present > options.max_connections) {
            session->refuse();
        } else {
            session->start();
        }
    }

    void one_less() {
        std::lock_guard const lock{mutex};
        --alive;
        changed.notify_all();
    }

    void stop_listening() {
        if (stopping.exchange(true)) return;
        asio::post(workers.front()->io, [this] {
            error_code ignored;
            acceptor.close(ignored);
            pause.cancel();
        });
        if (!options.unix_socket.empty()) ::unlink(options.unix_socket.c_str());
    }

    void shut_down() {
        stop_listening();
        for (auto& worker : workers) worker->on_each([](Session& session) { session.go_away(); });
        auto const empty = [this] { return alive == 0; };
        std::unique_lock lock{mutex};
        if (changed.wait_for(lock, options.shutdown_grace, empty)) return;
        for (auto& worker : workers) worker->on_each([](Session& session) { session.terminate(); });
        changed.wait(lock, empty);
    }

    ServerOptions options;
    std::optional<TlsContext> tls;
    std::vector<std::unique_ptr<Worker>> workers;
    Acceptor acceptor{workers.front()->io};
    asio::steady_timer pause{workers.front()->io};
    std::uint16_t port = 0;
    std::uint64_t accepted = 0;  ///< touched on the thread of the first worker alone
    std::atomic<bool> stopping = false;
    std::atomic<std::size_t> alive = 0;
    std::mutex mutex;
    std::condition_variable changed;
};

Server::Server(ServerOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Server::~Server() = default;

std::uint16_t Server::port() const {
    return impl_->port;
}

std::size_t Server::connections() const {
    return impl_->alive;
}

void Server::shutdown() {
    impl_->shut_down();
}

}  // namespace wsproof::server
