// What went over the wire in a case, both ways, with times: enough to judge it again.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/frame.hpp"

namespace wsproof::play {

enum class Direction : std::uint8_t { send, recv, local };
enum class EntryKind : std::uint8_t { tcp, tls, http, frame, bytes, timer, verdict, note };
enum class Flag : std::uint8_t { none, trigger, violation };

/// One line of the story: a frame, a head, an end of the transport, a remark of the harness.
struct Entry {
    std::chrono::microseconds time{0};  ///< since the case began
    std::size_t connection = 0;
    Direction direction = Direction::local;
    EntryKind kind = EntryKind::note;
    std::optional<wire::FrameHeader> frame = std::nullopt;
    std::optional<std::uint16_t> close_code = std::nullopt;
    std::string words = {};     ///< "Close 1002 'bad opcode'", "FIN"; peer's text is escaped
    wire::Bytes bytes = {};     ///< on the wire, at most the transcript's bound
    std::uint64_t omitted = 0;  ///< bytes left out of the middle of `bytes`
    Flag flag = Flag::none;
};

/// One piece as the transport delivered it: what a replay is fed with. `kind` as in Received.
struct Arrival {
    std::chrono::microseconds time{0};
    std::size_t connection = 0;
    enum class Kind : std::uint8_t { bytes, eof, reset, timeout, unreachable } kind = Kind::bytes;
    wire::Bytes data = {};
};

struct Transcript {
    std::vector<Entry> entries = {};
    std::vector<Arrival> arrivals = {};  ///< empty when `complete` is false
    bool complete = true;                ///< false: too big to keep whole, cannot be judged again
};

}  // namespace wsproof::play
