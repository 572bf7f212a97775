// The payload data of one message: inflated as zlib inflates it in one go, whatever the pieces, and
// never beyond the limit (RFC 7692 7.2.2, RFC 6455 10.4).
#include <zlib.h>

#include "fuzz/target.hpp"
#include "fuzz/targets/input.hpp"
#include "reference_impl/wire/deflate.hpp"

namespace wsproof::fuzz {
namespace {

using wire::InflateStatus;

struct Inflated {
    InflateStatus status = InflateStatus::ok;
    wire::Bytes data = {};
};

Inflated inflated_in_pieces(int window_bits, wire::ByteView payload, std::size_t piece,
                            std::size_t limit) {
    wire::Inflater inflater(window_bits);
    Inflated inflated;
    Input input(payload);
    while (!input.empty()) inflated.status = inflater.feed(input.take(piece), inflated.data, limit);
    inflated.status = inflater.finish(inflated.data, limit);
    return inflated;
}

/// zlib over the payload data with the tail put back, up to the first end of a stream. A stream
/// may be followed by another one (7.2.3.5); there this one knows no more.
struct ByZlib {
    wire::Bytes data = {};
    bool broken = false;
    bool ended = false;
};
ByZlib inflated_by_zlib(wire::ByteView payload, std::size_t limit) {
    wire::Bytes whole(payload.begin(), payload.end());
    wire::append(whole, wire::removed_tail);
    ByZlib result;
    result.data.resize(limit + 1);
    z_stream stream{};
    inflateInit2(&stream, -15);
    stream.next_in = reinterpret_cast<Bytef*>(whole.data());
    stream.avail_in = static_cast<uInt>(whole.size());
    stream.next_out = reinterpret_cast<Bytef*>(result.data.data());
    stream.avail_out = static_cast<uInt>(result.data.size());
    auto const code = inflate(&stream, Z_SYNC_FLUSH);
    result.data.resize(result.data.size() - stream.avail_out);
    result.broken = code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR;
    result.ended = code == Z_STREAM_END;
    inflateEnd(&stream);
    return result;
}

void compare_with_zlib(Inflated const& ours, ByZlib const& by_zlib, std::size_t limit) {
    auto const common = std::min(ours.data.size(), by_zlib.data.size());
    require(wire::equal(wire::ByteView(ours.data).first(common),
                        wire::ByteView(by_zlib.data).first(common)),
            "the bytes that zlib inflates");
    if (by_zlib.ended) return;
    require(ours.data.size() == std::min(by_zlib.data.size(), limit),
            "as many bytes as zlib inflates", [&] {
                return std::to_string(ours.data.size()) + " for " +
                       std::to_string(by_zlib.data.size());
            });
    if (by_zlib.data.size() > limit)
        return require(ours.status == InflateStatus::too_big, "a message that is too big");
    require(!by_zlib.broken || ours.status == InflateStatus::corrupt, "data that are corrupt");
}

}  // namespace

/// Window bits and a limit in a byte, the size of the pieces, the payload data.
WSPROOF_FUZZ_TARGET(inflate_bounded) {
    Input input(data);
    auto const choices = input.byte();
    auto const window_bits = 8 + static_cast<int>(choices & 7U);
    auto const limit = std::size_t{1} << (choices >> 3U) % 17;
    auto const piece = input.byte() + 1;
    auto const payload = input.rest();
    auto const ours = inflated_in_pieces(window_bits, payload, piece, limit);
    require(ours.data.size() <= limit, "at most as many bytes as allowed",
            [&] { return std::to_string(ours.data.size()); });
    auto const whole = inflated_in_pieces(window_bits, payload, payload.size() + 1, limit);
    require(whole.status == ours.status, "the same end whole and in pieces");
    require(whole.status != InflateStatus::ok || whole.data == ours.data,
            "the same bytes whole and in pieces");
    if (window_bits == 15) compare_with_zlib(ours, inflated_by_zlib(payload, limit), limit);
    auto const walk = wire::walk_blocks(payload);
    require(ours.status != InflateStatus::ok || (walk.longest_distance <= 1U << window_bits),
            "distances within the window");
    require(
        ours.status != InflateStatus::ok || walk.corrupt || walk.inflated_size == ours.data.size(),
        "the size that a walk over the blocks finds");
}

}  // namespace wsproof::fuzz
