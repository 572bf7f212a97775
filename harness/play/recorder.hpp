// Writes down what happens in a case, within bounds (docs/architecture.md).
#pragma once

#include <cstddef>

#include "harness/play/transcript.hpp"

namespace wsproof::play {

struct Bounds {
    std::size_t transcript = 1U << 20U;  ///< bytes kept of one case
    std::size_t entry = 4096;            ///< bytes kept of one entry
    std::size_t entries = 4096;          ///< further ones are counted only
};

class Recorder {
public:
    explicit Recorder(Bounds bounds) : bounds_(bounds) {}

    /// Keeps both ends of `bytes`.
    void add(Entry entry, wire::ByteView bytes = {});
    void add(Arrival arrival);

    /// The whole story; the recorder is empty afterwards.
    Transcript take();

private:
    Bounds bounds_;
    Transcript transcript_ = {};
    std::size_t kept_ = 0;
    std::size_t arrived_ = 0;
    std::size_t left_out_ = 0;
};

}  // namespace wsproof::play
