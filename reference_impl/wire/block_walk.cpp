#include <algorithm>

#include "reference_impl/wire/block_walker.hpp"

namespace wsproof::wire {
namespace {

/// Length codes 257 to 285 and their extra bits (RFC 1951 3.2.5).
std::uint32_t read_length(BitReader& reader, std::uint32_t symbol) {
    if (symbol > 285) throw CorruptDeflate{};
    if (symbol == 285) return 258;
    if (symbol < 265) return symbol - 254;
    auto const extra = (symbol - 261) / 4;
    return 3 + ((4 + (symbol - 261) % 4) << extra) + reader.bits(extra);
}

std::uint32_t read_distance(BitReader& reader, HuffmanCode const& code) {
    auto const symbol = code.decode(reader);
    if (symbol > 29) throw CorruptDeflate{};
    if (symbol < 4) return symbol + 1;
    auto const extra = symbol / 2 - 1;
    return ((2 + symbol % 2) << extra) + 1 + reader.bits(extra);
}

}  // namespace

void BlockWalker::feed(ByteView piece) {
    if (walk_.corrupt) return;
    append(held_, piece);
    bool more = true;
    while (more) {
        BitReader reader(held_, position_);
        try {
            read_unit(reader);
            more = !reader.exhausted();
        } catch (CorruptDeflate const&) {
            walk_.corrupt = !reader.exhausted();
            more = false;
        }
        if (more) position_ = reader.position();
    }
    if (walk_.corrupt) position_ = held_.size() * 8;
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(position_ / 8));
    position_ %= 8;
}

void BlockWalker::finish() {
    if (walk_.corrupt || between_blocks()) return;
    feed(removed_tail);
    if (!between_blocks())
        walk_.corrupt = true;
    else if (last_was_empty_)
        --walk_.stored;  // the sender's flush, no block of the message
}

/// A unit is the least that is read at once. Where the data end within it, nothing may have
/// changed: it is read again when there are more.
void BlockWalker::read_unit(BitReader& reader) {
    if (place_ == Place::between_blocks) return read_block_header(reader);
    if (place_ == Place::in_compressed) return read_symbol(reader);
    skip_stored(reader);
}

void BlockWalker::read_block_header(BitReader& reader) {
    bool const final = reader.bit() != 0;
    auto const type = reader.bits(2);
    if (type == 3) throw CorruptDeflate{};
    std::optional<BlockCodes> codes;
    std::uint32_t length = 0;
    if (type == 0) length = read_stored_length(reader);
    if (type == 1) codes = fixed_codes();
    if (type == 2) codes = read_dynamic_codes(reader);
    if (reader.exhausted()) return;

    final_ = final;
    if (codes) codes_ = *codes;
    stored_left_ = length;
    last_was_empty_ = type == 0 && length == 0;
    place_ = type == 0 ? Place::in_stored : Place::in_compressed;
    ++(type == 0 ? walk_.stored : type == 1 ? walk_.fixed : walk_.dynamic);
    if (last_was_empty_) end_block(reader);
}

std::uint32_t BlockWalker::read_stored_length(BitReader& reader) {
    reader.align();
    auto const length = reader.bits(16);
    auto const complement = reader.bits(16);
    if ((length ^ complement) != 0xFFFF) throw CorruptDeflate{};
    return length;
}

void BlockWalker::skip_stored(BitReader& reader) {
    auto const taken = reader.skip_bytes(stored_left_);
    stored_left_ -= taken;
    walk_.inflated_size += taken;
    position_ = reader.position();
    if (stored_left_ != 0) return reader.exhaust();
    end_block(reader);
}

void BlockWalker::read_symbol(BitReader& reader) {
    auto const symbol = codes_.literal_or_length.decode(reader);
    std::uint32_t length = symbol < end_of_block ? 1 : 0;
    std::uint32_t distance = 0;
    if (symbol > end_of_block) {
        length = read_length(reader, symbol);
        distance = read_distance(reader, codes_.distance);
    }
    if (reader.exhausted()) return;
    walk_.longest_distance = std::max(walk_.longest_distance, distance);
    if (distance > window_ && !before_far_) before_far_ = walk_.inflated_size;
    if (distance > walk_.inflated_size)
        walk_.reach = std::max(walk_.reach, distance - walk_.inflated_size);
    walk_.inflated_size += length;
    if (symbol == end_of_block) end_block(reader);
}

void BlockWalker::end_block(BitReader& reader) {
    place_ = Place::between_blocks;
    if (!final_) return;
    ++walk_.final_blocks;
    reader.align();  // the next block begins anew at a byte boundary (RFC 7692 7.2.3.5)
}

BlockWalk walk_blocks(ByteView payload_data) {
    BlockWalker walker;
    walker.feed(payload_data);
    walker.finish();
    return walker.walk();
}

}  // namespace wsproof::wire
