#include "harness/net/address.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <thread>

namespace wsproof::net {
namespace {

constexpr std::chrono::milliseconds backlog_pause{5};

int address_family(Family family) {
    if (family == Family::ipv4) return AF_INET;
    return family == Family::ipv6 ? AF_INET6 : AF_UNSPEC;
}

std::string words_for(Url const& url, sockaddr const* address, socklen_t size) {
    std::array<char, NI_MAXHOST> buffer{};
    ::getnameinfo(address, size, buffer.data(), buffer.size(), nullptr, 0, NI_NUMERICHOST);
    std::string const number{buffer.data()};
    auto const host = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
    if (number == url.host || number.empty()) return fmt::format("{}:{}", host, url.port);
    return fmt::format("{}:{} ({})", host, url.port, number);
}

[[noreturn]] void fail(Address const& address, int error) {
    auto const& where = address.words;
    switch (error) {
        case ECONNREFUSED:
            throw play::Unreachable(
                fmt::format("connection refused by {}: is the server running?", where));
        case ENOENT:
            throw play::Unreachable(fmt::format("there is no {}: is the server running?", where));
        case ETIMEDOUT:
            throw play::Unreachable(fmt::format(
                "no answer from {} in time: is the address right, or does a firewall drop it?",
                where));
        case EMFILE:
        case ENFILE:
            throw play::Unreachable(
                fmt::format("cannot connect to {}: too many open files: run fewer --jobs or raise "
                            "'ulimit -n'",
                            where));
        case EADDRNOTAVAIL:
            throw play::Unreachable(fmt::format(
                "cannot connect to {}: no free local port or address: run fewer --jobs or wait a "
                "minute",
                where));
        default:
            throw play::Unreachable(
                fmt::format("cannot connect to {}: {}", where, std::strerror(error)));
    }
}

Socket open_socket(Address const& address) {
    Socket socket{
        ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (socket.descriptor() < 0) fail(address, errno);
    if (address.storage.ss_family != AF_UNIX) {
        int const on = 1;
        ::setsockopt(socket.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    return socket;
}

int pending_error(Socket const& socket) {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket.descriptor(), SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

/// On loopback a connection to a port that nobody listens on can meet itself, when the system
/// happens to pick that very port for our end.
bool met_itself(Socket const& socket) {
    sockaddr_storage ours{};
    sockaddr_storage theirs{};
    socklen_t our_size = sizeof ours;
    socklen_t their_size = sizeof theirs;
    auto* const our_name = reinterpret_cast<sockaddr*>(&ours);
    auto* const their_name = reinterpret_cast<sockaddr*>(&theirs);
    if (::getsockname(socket.descriptor(), our_name, &our_size) != 0 ||
        ::getpeername(socket.descriptor(), their_name, &their_size) != 0 ||
        ours.ss_family == AF_UNIX) {
        return false;
    }
    return our_size == their_size && std::memcmp(&ours, &theirs, our_size) == 0;
}

}  // namespace

std::vector<Address> resolve(Url const& url, Family family) {
    addrinfo hints{};
    hints.ai_family = address_family(family);
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    auto const port = std::to_string(url.port);
    int const error = ::getaddrinfo(url.host.c_str(), port.c_str(), &hints, &found);
    if (error != 0) {
        throw play::Unreachable(fmt::format("cannot resolve host '{}': {}: is it spelled right?",
                                            url.host, ::gai_strerror(error)));
    }
    std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const list{found, &::freeaddrinfo};
    std::vector<Address> addresses;
    for (auto const* entry = found; entry != nullptr; entry = entry->ai_next) {
        Address address;
        std::memcpy(&address.storage, entry->ai_addr, entry->ai_addrlen);
        address.size = entry->ai_addrlen;
        address.words = words_for(url, entry->ai_addr, entry->ai_addrlen);
        addresses.push_back(address);
    }
    return addresses;
}

Address unix_address(std::string const& path) {
    Address address;
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    if (path.size() >= sizeof name.sun_path) {
        throw std::runtime_error(fmt::format("unix socket path '{}' is longer than {} bytes", path,
                                             sizeof name.sun_path - 1));
    }
    std::memcpy(name.sun_path, path.data(), path.size());
    std::memcpy(&address.storage, &name, sizeof name);
    address.size = sizeof name;
    address.words = "unix socket " + path;
    return address;
}

Socket connect_to(Address const& address, play::Deadline deadline) {
    auto socket = open_socket(address);
    auto const* const name = reinterpret_cast<sockaddr const*>(&address.storage);
    while (::connect(socket.descriptor(), name, address.size) != 0) {
        if (errno == EINTR) continue;
        if (errno == EISCONN) break;
        if (errno == EINPROGRESS || errno == EALREADY) {
            if (!socket.wait({false, true}, deadline).any()) fail(address, ETIMEDOUT);
            break;
        }
        // A unix socket whose backlog is full says so instead of waiting.
        if (errno != EAGAIN || address.storage.ss_family != AF_UNIX) fail(address, errno);
        if (play::Clock::now() >= deadline) fail(address, ETIMEDOUT);
        std::this_thread::sleep_for(backlog_pause);
    }
    if (int const error = pending_error(socket); error != 0) fail(address, error);
    if (met_itself(socket)) fail(address, ECONNREFUSED);
    return socket;
}

}  // namespace wsproof::net
