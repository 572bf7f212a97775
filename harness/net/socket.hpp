// A connected stream socket that never blocks on its own and never raises SIGPIPE; whoever wants to
// wait says how long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "harness/play/peer.hpp"

namespace wsproof::net {

enum class IoStatus : std::uint8_t {
    ok,
    blocked,  ///< nothing can be moved at present
    eof,      ///< reading: FIN came; writing: the peer had sent FIN and is gone
    reset,
};

struct Moved {
    std::size_t count = 0;
    IoStatus status = IoStatus::ok;
};

struct Ready {
    bool read = false;
    bool write = false;
    bool any() const { return read || write; }
};

class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor);  ///< owns it from now on
    ~Socket();
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&& other) noexcept;

    int descriptor() const { return descriptor_; }
    Moved read(std::span<std::byte> buffer);
    Moved write(std::span<std::byte const> bytes);
    /// Waits for whichever is asked for; an error or hang-up counts as ready.
    Ready wait(Ready wanted, play::Deadline deadline) const;
    void shut_down_writing();
    void reset();  ///< RST, at once
    void close();

private:
    int descriptor_ = -1;
};

}  // namespace wsproof::net
