// How bytes are cut into writes: the delivery of the run, or what a step says (docs/verdicts.md).
#pragma once

#include <chrono>
#include <cstddef>

#include "harness/play/peer.hpp"
#include "harness/play/player.hpp"

namespace wsproof::play {

/// `chop` and `gap` of a send.
struct Cut {
    std::size_t chop = 0;  ///< bytes per write; 0: as the delivery says
    std::chrono::milliseconds gap{0};
};

class Writer {
public:
    Writer(Peer& peer, Delivery delivery) : peer_(peer), delivery_(delivery) {}

    void write(wire::ByteView bytes, Cut cut = {});
    /// Sends what is held back.
    void flush();
    /// What is written until `release` leaves in one write, unless the delivery cuts it.
    void hold() noexcept { holding_ = true; }
    void release();

private:
    void in_pieces(wire::ByteView bytes, std::size_t size, std::chrono::milliseconds gap);

    Peer& peer_;
    Delivery delivery_;
    bool holding_ = false;
    wire::Bytes held_ = {};
};

}  // namespace wsproof::play
