// DEFLATE as RFC 7692 7.2 uses it: raw streams, a tail that is cut and put back, bounded output.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::wire {

/// The empty stored block without its header, which senders remove and receivers put back (7.2.1).
inline constexpr std::array removed_tail{std::byte{0x00}, std::byte{0x00}, std::byte{0xFF},
                                         std::byte{0xFF}};

/// Compresses messages of one direction of one connection; the window is kept between messages
/// until `reset` (RFC 7692 7.1.1).
class Deflater {
public:
    /// `window_bits` 8 to 15, and distances stay within them (see deflate.cpp for 8).
    explicit Deflater(int window_bits = 15, int level = 6);
    ~Deflater();
    Deflater(Deflater&&) noexcept;
    Deflater& operator=(Deflater&&) noexcept;

    /// The payload data of one message: flushed to a byte boundary, 00 00 ff ff removed (7.2.1).
    Bytes compress(ByteView message);
    void reset();

private:
    struct State;
    std::unique_ptr<State> state_;
};

enum class InflateStatus : std::uint8_t { ok, corrupt, too_big };

/// Inflates messages of one direction of one connection. Distances beyond the window are corrupt
/// data, whatever the pieces they come in.
class Inflater {
public:
    explicit Inflater(int window_bits = 15);
    ~Inflater();
    Inflater(Inflater&&) noexcept;
    Inflater& operator=(Inflater&&) noexcept;

    /// Feeds a piece of the message and appends what it inflates to `to`, at most until `to` holds
    /// `limit` bytes. Streams that end with BFINAL and begin anew within a message are legal
    /// (7.2.3.4…5).
    InflateStatus feed(ByteView piece, Bytes& to, std::size_t limit);
    /// At the end of the message: puts 00 00 ff ff back and inflates what is left (7.2.2).
    InflateStatus finish(Bytes& to, std::size_t limit);
    void reset();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// What a walk over the blocks of a compressed message found; zlib itself does not hold peers to
/// small windows (docs/verdicts.md), so the tester walks the blocks on its own.
struct BlockWalk {
    std::size_t stored = 0;
    std::size_t fixed = 0;
    std::size_t dynamic = 0;
    std::size_t final_blocks = 0;
    std::uint32_t longest_distance = 0;
    std::uint64_t inflated_size = 0;
    /// How far distances reach back beyond the first byte of the message: into earlier ones.
    std::uint64_t reach = 0;
    bool corrupt = false;
};

/// Walks payload data of one message, the tail already removed. Whole blocks are counted, the empty
/// one that lost its tail is not; data that ends within a block is corrupt.
BlockWalk walk_blocks(ByteView payload_data);

}  // namespace wsproof::wire
