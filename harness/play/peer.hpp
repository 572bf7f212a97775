// Whoever is at the other end of a connection: a live socket, a recording, the reference in
// process.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::play {

using Clock = std::chrono::steady_clock;  ///< virtual in tests: only `Peer::now` is ever asked
using Deadline = Clock::time_point;

struct Received {
    enum class Kind : std::uint8_t { bytes, eof, reset, timeout } kind = Kind::timeout;
    wire::Bytes data = {};
};

class Peer {
public:
    virtual ~Peer() = default;
    /// Writes all of it, reading meanwhile whatever comes so that neither side blocks the other. A
    /// transport that is gone is not an error here: the next `receive` tells.
    virtual void send(std::span<std::byte const> bytes) = 0;
    /// What comes next, at most until the deadline.
    virtual Received receive(Deadline deadline) = 0;
    virtual void half_close() = 0;  ///< FIN; over TLS close_notify before it
    virtual void reset() = 0;       ///< RST
    virtual Clock::time_point now() const = 0;
    /// From here on `send` reads nothing meanwhile, and gives up soon when the other side does not
    /// read either. What has no buffers of its own has nothing to change.
    virtual void turn_deaf() {}
    /// Lets time pass without reading: real time, or a step of the virtual clock.
    virtual void sleep(std::chrono::milliseconds time) = 0;
};

/// No connection could be had: refused, timed out, TLS failed. The words go into the report.
class Unreachable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Makes a connection to the target; throws Unreachable.
using Connect = std::function<std::unique_ptr<Peer>()>;

}  // namespace wsproof::play
