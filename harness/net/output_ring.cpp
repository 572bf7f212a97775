#include "harness/net/output_ring.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace wsproof::net {
namespace {

constexpr std::size_t bound = std::size_t{64} << 10U;

}  // namespace

OutputRing::OutputRing(int descriptor)
    : descriptor_(descriptor), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (wake_ < 0) {
        ::close(descriptor_);
        throw std::runtime_error("cannot read the output of the target: too many open files");
    }
    reader_ = std::thread{[this] { read_all(); }};
}

OutputRing::~OutputRing() {
    std::uint64_t const one = 1;
    [[maybe_unused]] auto const written = ::write(wake_, &one, sizeof one);
    reader_.join();
    ::close(wake_);
    ::close(descriptor_);
}

std::string OutputRing::tail(std::size_t lines) const {
    std::lock_guard const lock{mutex_};
    auto const text = std::string_view{text_}.substr(text_.size() - std::min(text_.size(), bound));
    if (lines == 0 || text.empty()) return {};
    auto from = text.size() - 1;  // a line break at the very end closes the last line
    for (; lines > 0 && from > 0; --lines) {
        auto const found = text.rfind('\n', from - 1);
        if (found == std::string_view::npos) return std::string{text};
        from = found;
    }
    return std::string{text.substr(from + (text[from] == '\n' ? 1 : 0))};
}

bool OutputRing::wait_for_end(std::chrono::milliseconds time) const {
    std::unique_lock lock{mutex_};
    return ended_.wait_for(lock, time, [this] { return at_end_; });
}

void OutputRing::read_all() {
    std::array<pollfd, 2> entries{pollfd{descriptor_, POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
    std::array<char, 4096> buffer{};
    while (true) {
        if (::poll(entries.data(), entries.size(), -1) < 0 && errno != EINTR) break;
        if ((entries[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
            auto const count = ::read(descriptor_, buffer.data(), buffer.size());
            if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)) break;
            if (count > 0) keep(buffer.data(), static_cast<std::size_t>(count));
        } else if ((entries[1].revents & POLLIN) != 0) {
            return;
        }
    }
    std::lock_guard const lock{mutex_};
    at_end_ = true;
    ended_.notify_all();
}

void OutputRing::keep(char const* data, std::size_t size) {
    std::lock_guard const lock{mutex_};
    text_.append(data, size);
    if (text_.size() > 2 * bound) text_.erase(0, text_.size() - bound);
}

}  // namespace wsproof::net
