// A reader of DEFLATE blocks (RFC 1951 3.2) that takes them in pieces and keeps no output.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "reference_impl/wire/deflate.hpp"
#include "reference_impl/wire/huffman_code.hpp"

namespace wsproof::wire {

class BlockWalker {
public:
    BlockWalker() = default;
    /// Notes where a distance reaches beyond the window, which is 2 to the power of the bits.
    explicit BlockWalker(int window_bits) : window_{1U << window_bits} {}

    /// Reads as far as the data reach; nothing more once they were corrupt.
    void feed(ByteView piece);

    /// At the end of a message: puts the tail back where it is missing; data that end within a
    /// block are corrupt.
    void finish();

    BlockWalk const& walk() const noexcept { return walk_; }
    /// How much inflates before the first distance beyond the window.
    std::optional<std::uint64_t> size_before_far_distance() const noexcept { return before_far_; }

private:
    enum class Place : std::uint8_t { between_blocks, in_stored, in_compressed };

    bool between_blocks() const noexcept {
        return place_ == Place::between_blocks && held_.empty();
    }
    void read_unit(BitReader& reader);
    void read_block_header(BitReader& reader);
    static std::uint32_t read_stored_length(BitReader& reader);
    void skip_stored(BitReader& reader);
    void read_symbol(BitReader& reader);
    void end_block(BitReader& reader);

    BlockWalk walk_ = {};
    std::uint32_t window_ = std::numeric_limits<std::uint32_t>::max();
    std::optional<std::uint64_t> before_far_ = std::nullopt;
    Place place_ = Place::between_blocks;
    Bytes held_;                ///< from the byte on in which the next unit begins
    std::size_t position_ = 0;  ///< bits of it that are used up
    std::size_t stored_left_ = 0;
    bool final_ = false;
    bool last_was_empty_ = false;
    BlockCodes codes_ = fixed_codes();
};

}  // namespace wsproof::wire
