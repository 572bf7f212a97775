// The last output of a child process, read by a thread of its own so that the child never blocks.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>

namespace wsproof::net {

class OutputRing {
public:
    /// Reads from the descriptor, which it owns, until its end or until it is destroyed.
    explicit OutputRing(int descriptor);
    ~OutputRing();
    OutputRing(OutputRing const&) = delete;
    OutputRing& operator=(OutputRing const&) = delete;

    /// Whole lines from the end, as far as they are kept.
    std::string tail(std::size_t lines) const;
    /// Waits until everybody who could write has closed it; false when the time is over first.
    bool wait_for_end(std::chrono::milliseconds time) const;

private:
    void read_all();
    void keep(char const* data, std::size_t size);

    int descriptor_;
    int wake_;
    mutable std::mutex mutex_;
    mutable std::condition_variable ended_;
    std::string text_;
    bool at_end_ = false;
    std::thread reader_;
};

}  // namespace wsproof::net
