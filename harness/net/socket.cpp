#include "harness/net/socket.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace wsproof::net {
namespace {

timespec time_until(play::Deadline deadline) {
    using namespace std::chrono;
    auto const left = std::max(deadline - play::Clock::now(), play::Clock::duration::zero());
    auto const whole = duration_cast<seconds>(left);
    timespec result{};
    result.tv_sec = whole.count();
    result.tv_nsec = duration_cast<nanoseconds>(left - whole).count();
    return result;
}

}  // namespace

Socket::Socket(int descriptor) : descriptor_(descriptor) {}

Socket::~Socket() {
    close();
}

Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
    if (this != &other) {
        close();
        descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
}

Moved Socket::read(std::span<std::byte> buffer) {
    while (true) {
        auto const count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
        if (count > 0) return {static_cast<std::size_t>(count), IoStatus::ok};
        if (count == 0) return {0, IoStatus::eof};
        if (errno == EINTR) continue;
        if (errno == EAGAIN || errno == EWOULDBLOCK) return {0, IoStatus::blocked};
        return {0, IoStatus::reset};
    }
}

Moved Socket::write(std::span<std::byte const> bytes) {
    while (true) {
        auto const count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count >= 0) return {static_cast<std::size_t>(count), IoStatus::ok};
        if (errno == EINTR) continue;
        if (errno == EAGAIN || errno == EWOULDBLOCK) return {0, IoStatus::blocked};
        // Linux keeps the two apart: an RST that follows the peer's own FIN is EPIPE.
        return {0, errno == EPIPE ? IoStatus::eof : IoStatus::reset};
    }
}

Ready Socket::wait(Ready wanted, play::Deadline deadline) const {
    pollfd entry{descriptor_, 0, 0};
    if (wanted.read) entry.events |= POLLIN;
    if (wanted.write) entry.events |= POLLOUT;
    while (true) {
        auto const timeout = time_until(deadline);
        auto const count = ::ppoll(&entry, 1, &timeout, nullptr);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return {};
        bool const odd = (entry.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
        return {wanted.read && (odd || (entry.revents & POLLIN) != 0),
                wanted.write && (odd || (entry.revents & POLLOUT) != 0)};
    }
}

void Socket::shut_down_writing() {
    if (descriptor_ >= 0) ::shutdown(descriptor_, SHUT_WR);
}

void Socket::reset() {
    if (descriptor_ < 0) return;
    linger const at_once{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
}

void Socket::close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

}  // namespace wsproof::net
