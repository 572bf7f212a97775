// Writes DEFLATE blocks as they are asked for (RFC 1951 3.2): compressors choose blocks and
// distances themselves, tests of a decompressor want to choose.
#pragma once

#include <cstdint>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::wire {

enum class BlockKind : std::uint8_t { stored, fixed, dynamic };

inline constexpr std::uint32_t longest_copy = 258;
inline constexpr std::uint32_t longest_copy_distance = 32768;
inline constexpr std::size_t longest_stored_block = 65535;

/// `begin`, then literals and copies, then `end`; a stored block takes all of its bytes at once.
class BlockWriter {
public:
    /// A block without compression; at most `longest_stored_block` bytes.
    void stored(ByteView bytes, bool final);

    void begin(BlockKind kind, bool final);
    void literals(ByteView bytes);
    /// The pair of RFC 1951 3.2.5: 3 to 258 bytes from 1 to 32,768 bytes back. Whether there are so
    /// many is not looked at.
    void copy(std::uint32_t length, std::uint32_t distance);
    void end();

    /// The payload data of a message (RFC 7692 7.2.1): the header of an empty stored block, whose
    /// 00 00 ff ff are removed, fills up the last byte.
    Bytes finish();

private:
    void bits(std::uint32_t value, unsigned count);
    void align();
    void symbol(std::uint32_t code, unsigned length);
    void literal_or_length(std::uint32_t value);
    void distance_symbol(std::uint32_t value);
    void write_codes();

    Bytes to_ = {};
    unsigned used_ = 0;  ///< bits of the last byte; 0: it is full
    bool dynamic_ = false;
    bool final_ = false;
};

}  // namespace wsproof::wire
