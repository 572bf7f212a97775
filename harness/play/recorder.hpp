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

    /// Further entries are counted only.
    bool full() const noexcept { return transcript_.entries.size() >= bounds_.entries; }
    /// A point of the story to which `fold` may go back.
    struct Mark {
        std::size_t entries = 0;
        std::size_t kept = 0;
        std::size_t left_out = 0;
    };
    Mark mark() const noexcept { return {transcript_.entries.size(), kept_, left_out_}; }
    /// Puts one line for all that was written down since; what arrived stays, for a replay.
    void fold(Mark const& mark, Entry line);
    /// Nothing that was written down so far is the trigger any more.
    void forget_triggers();

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
