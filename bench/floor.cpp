// The floor under a run of cases: a plain loop that says again what the connections of a run said
// (bench/record.py), waits for as many bytes in answer, and does nothing else. Plays them against
// HOST:PORT with JOBS threads and prints the seconds that it took.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Step {
    enum class Kind : char {
        send = 's',
        receive = 'r',
        half_close = 'h',
        end = 'e'
    } kind = Kind::end;
    std::size_t size = 0;
    std::string text = {};  ///< to send
};
using Steps = std::vector<Step>;

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
        timeval const patience{.tv_sec = 2, .tv_usec = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        auto const* const name = reinterpret_cast<sockaddr const*>(&address);
        if (::connect(socket_, name, sizeof address) != 0) throw std::runtime_error("connect");
    }
    ~Connection() { ::close(socket_); }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            auto const count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return;  // ended, as it was when it was recorded
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }

    void half_close() const { ::shutdown(socket_, SHUT_WR); }

    /// What comes, at least one byte; nothing at the end.
    std::size_t receive() {
        auto const count = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
        if (count < 0 && errno == EAGAIN) throw std::runtime_error("less came than was recorded");
        return count <= 0 ? 0 : static_cast<std::size_t>(count);
    }

    void receive(std::size_t size) {
        while (size > 0) {
            auto const count = receive();
            if (count == 0) return;
            size -= std::min(size, count);
        }
    }

private:
    int socket_;
    std::array<std::byte, 65536> buffer_;
};

void play(Steps const& steps, std::string const& host, std::uint16_t port) {
    Connection connection(host, port);
    for (auto const& step : steps) {
        if (step.kind == Step::Kind::send) connection.send(step.text);
        if (step.kind == Step::Kind::receive) connection.receive(step.size);
        if (step.kind == Step::Kind::half_close) connection.half_close();
        if (step.kind == Step::Kind::end)
            while (connection.receive() != 0) {
            }
    }
}

std::uint32_t read_number(std::istream& file) {
    std::array<unsigned char, 4> bytes{};
    file.read(reinterpret_cast<char*>(bytes.data()), bytes.size());
    return bytes[0] | static_cast<std::uint32_t>(bytes[1]) << 8U |
           static_cast<std::uint32_t>(bytes[2]) << 16U |
           static_cast<std::uint32_t>(bytes[3]) << 24U;
}

Step read_step(std::istream& file) {
    Step step;
    step.kind = static_cast<Step::Kind>(file.get());
    step.size = read_number(file);
    if (step.kind == Step::Kind::send) {
        step.text.resize(step.size);
        file.read(step.text.data(), static_cast<std::streamsize>(step.size));
    }
    return step;
}

std::vector<Steps> read(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<Steps> connections;
    while (file.peek() != EOF) {
        Steps steps;
        for (auto left = read_number(file); left > 0 && file; --left)
            steps.push_back(read_step(file));
        connections.push_back(std::move(steps));
    }
    if (!file && !file.eof()) throw std::runtime_error("cannot read " + path);
    return connections;
}

}  // namespace

int main(int argc, char** argv) {
    std::span const arguments(argv, static_cast<std::size_t>(argc));
    if (arguments.size() != 5) {
        std::fputs("usage: floor HOST PORT JOBS RECORDING\n", stderr);
        return 2;
    }
    std::string const host = arguments[1];
    auto const port = static_cast<std::uint16_t>(std::stoul(arguments[2]));
    auto const connections = read(arguments[4]);
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> failed = false;
    auto const began = std::chrono::steady_clock::now();
    std::vector<std::thread> workers;
    for (unsigned long job = 0; job < std::stoul(arguments[3]); ++job)
        workers.emplace_back([&] {
            std::size_t at = 0;
            try {
                for (at = next++; at < connections.size(); at = next++)
                    play(connections[at], host, port);
            } catch (std::runtime_error const& error) {
                std::fprintf(stderr, "floor: connection %zu: %s\n", at, error.what());
                failed = true;
            }
        });
    for (auto& worker : workers) worker.join();
    std::chrono::duration<double> const time = std::chrono::steady_clock::now() - began;
    std::printf("%.4f\n", time.count());
    return failed ? 1 : 0;
}
