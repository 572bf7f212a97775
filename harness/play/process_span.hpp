// What the process of a target used during a run: numbers, no verdict.
#pragma once

#include <cstdint>

namespace wsproof::play {

struct ProcessFigures {
    std::uint64_t memory = 0;       ///< resident, in bytes
    std::uint64_t descriptors = 0;  ///< open files and sockets
    std::uint64_t threads = 0;

    bool operator==(ProcessFigures const&) const = default;
};

/// Of a process that was started again while the run lasted: of the last one.
struct ProcessSpan {
    std::uint64_t pid = 0;
    ProcessFigures before = {};
    ProcessFigures highest = {};  ///< of each figure by itself, as often as it was looked at
    ProcessFigures after = {};

    bool operator==(ProcessSpan const&) const = default;
};

}  // namespace wsproof::play
