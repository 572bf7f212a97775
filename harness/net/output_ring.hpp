// The last output of a child process, read by a thread of its own so that the child never blocks.
#pragma once

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
    bool at_end() const;  ///< everybody who could write has closed it

private:
    void read_all();
    void keep(char const* data, std::size_t size);

    int descriptor_;
    int wake_;
    mutable std::mutex mutex_;
    std::string text_;
    bool at_end_ = false;
    std::thread reader_;
};

}  // namespace wsproof::net
