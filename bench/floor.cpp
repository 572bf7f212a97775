// The floor under a run of cases: a plain loop that connects, opens, exchanges and closes, with as
// many connections, round trips and bytes as the cases had, and nothing else. Reads one case a line
// from standard input (connections, round trips, bytes sent, bytes received), plays them against
// HOST:PORT with JOBS threads and prints the seconds that it took.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "reference_impl/wire/frame.hpp"

namespace {

using namespace wsproof;

struct Shape {
    std::size_t connections = 0;
    std::size_t round_trips = 0;
    std::size_t sent = 0;
    std::size_t received = 0;
};

constexpr wire::MaskingKey key{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};

class Connection {
public:
    Connection(std::string const& host, std::uint16_t port)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        ::inet_pton(AF_INET, host.c_str(), &address.sin_addr);
        int const on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto const* const name = reinterpret_cast<sockaddr const*>(&address);
        if (::connect(socket_, name, sizeof address) != 0) throw std::runtime_error("connect");
    }
    ~Connection() { ::close(socket_); }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    void send(wire::ByteView bytes) const {
        while (!bytes.empty()) {
            auto const count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) throw std::runtime_error("send");
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
    }

    /// What comes, at least one byte; nothing at the end.
    std::size_t receive() {
        auto const count = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
        return count <= 0 ? 0 : static_cast<std::size_t>(count);
    }

    void receive(std::size_t size) {
        while (size > 0) {
            auto const count = receive();
            if (count == 0) throw std::runtime_error("the server ended the connection");
            size -= std::min(size, count);
        }
    }

private:
    int socket_;
    std::array<std::byte, 65536> buffer_;
};

wire::Bytes frame(wire::Opcode opcode, std::size_t size) {
    return wire::encode_frame(wire::header_for(opcode, size, key),
                              wire::Bytes(size, std::byte{'x'}));
}

void play(Shape const& shape, std::string const& host, std::uint16_t port) {
    auto const request = "GET / HTTP/1.1\r\nHost: " + host +
                         "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
                         "dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    constexpr std::size_t response = 129;  // at least, and in one piece
    // Opening and closing are a round trip each, and about 400 bytes together.
    auto const around = 2 * shape.connections;
    auto const exchanges = shape.round_trips > around ? shape.round_trips - around : 0;
    auto const overhead = 400 * shape.connections;
    auto const bytes = std::max(shape.sent, shape.received);
    auto const size = exchanges == 0 || bytes < overhead ? 0 : (bytes - overhead) / exchanges;
    for (std::size_t i = 0; i < shape.connections; ++i) {
        Connection connection(host, port);
        connection.send(wire::as_bytes(request));
        connection.receive(response);
        auto const share = exchanges / shape.connections +
                           (i < exchanges % shape.connections ? std::size_t{1} : 0);
        for (std::size_t n = 0; n < share; ++n) {
            connection.send(frame(wire::Opcode::binary, size));
            connection.receive(size + 2);
        }
        connection.send(frame(wire::Opcode::close, 0));
        while (connection.receive() != 0) {
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::span const arguments(argv, static_cast<std::size_t>(argc));
    if (arguments.size() != 4) {
        std::fputs("usage: floor HOST PORT JOBS < SHAPES\n", stderr);
        return 2;
    }
    std::string const host = arguments[1];
    auto const port = static_cast<std::uint16_t>(std::stoul(arguments[2]));
    std::vector<Shape> shapes;
    for (Shape shape;
         std::cin >> shape.connections >> shape.round_trips >> shape.sent >> shape.received;)
        shapes.push_back(shape);
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> failed = false;
    auto const began = std::chrono::steady_clock::now();
    std::vector<std::thread> workers;
    for (unsigned long job = 0; job < std::stoul(arguments[3]); ++job)
        workers.emplace_back([&] {
            try {
                for (auto at = next++; at < shapes.size(); at = next++)
                    play(shapes[at], host, port);
            } catch (std::runtime_error const& error) {
                std::fprintf(stderr, "floor: %s\n", error.what());
                failed = true;
            }
        });
    for (auto& worker : workers) worker.join();
    std::chrono::duration<double> const time = std::chrono::steady_clock::now() - began;
    std::printf("%.4f\n", time.count());
    return failed ? 1 : 0;
}
