#include "reference_impl/wire/deflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <optional>
#include <stdexcept>

#include "reference_impl/wire/block_walker.hpp"

namespace wsproof::wire {
namespace {

constexpr std::size_t buffer_size = std::size_t{16} * 1024;
using Buffer = std::array<std::byte, buffer_size>;

/// zlib counts in `unsigned`; longer input goes in pieces of this size.
constexpr std::size_t largest_input = std::size_t{1} << 30;

void check_window_bits(int window_bits) {
    if (window_bits < 8 || window_bits > 15)
        throw std::invalid_argument("window bits must be 8 to 15 (RFC 7692 7.1.2)");
}

void set_input(z_stream& stream, ByteView input) noexcept {
    // zlib declares its input non-const for historical reasons and never writes to it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(input.data()));
    stream.avail_in = static_cast<uInt>(input.size());
}

void set_output(z_stream& stream, std::span<std::byte> output) noexcept {
    stream.next_out = reinterpret_cast<Bytef*>(output.data());
    stream.avail_out = static_cast<uInt>(output.size());
}

}  // namespace

struct Deflater::State {
    State(int window_bits, int level) {
        check_window_bits(window_bits);
        // zlib refuses raw streams with 8 window bits. With 9 it is safe to promise 8: it never
        // looks further back than its window less 262 bytes of look-ahead (MIN_LOOKAHEAD), which
        // leaves distances of at most 250, and 8 bits allow 256 (deflate_test walks the blocks).
        int const bits = std::max(window_bits, 9);
        constexpr int default_memory = 8;
        if (deflateInit2(&stream, level, Z_DEFLATED, -bits, default_memory, Z_DEFAULT_STRATEGY) !=
            Z_OK)
            throw std::bad_alloc();
    }
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    ~State() { deflateEnd(&stream); }

    void run(ByteView input, int flush, Bytes& to) {
        Buffer buffer;
        set_input(stream, input);
        do {
            set_output(stream, buffer);
            deflate(&stream, flush);
            append(to, ByteView(buffer).first(buffer.size() - stream.avail_out));
        } while (stream.avail_out == 0);
    }

    z_stream stream = {};
};

Deflater::Deflater(int window_bits, int level)
    : state_(std::make_unique<State>(window_bits, level)) {}
Deflater::~Deflater() = default;
Deflater::Deflater(Deflater&&) noexcept = default;
Deflater& Deflater::operator=(Deflater&&) noexcept = default;

Bytes Deflater::compress(ByteView message) {
    // zlib flushes nothing twice in a row; the empty message is one empty stored block (7.2.3.6).
    if (message.empty()) return {std::byte{0}};
    Bytes payload_data;
    for (; message.size() > largest_input; message = message.subspan(largest_input))
        state_->run(message.first(largest_input), Z_NO_FLUSH, payload_data);
    state_->run(message, Z_SYNC_FLUSH, payload_data);
    payload_data.resize(payload_data.size() - removed_tail.size());
    return payload_data;
}

void Deflater::reset() {
    deflateReset(&state_->stream);
}

struct Inflater::State {
    explicit State(int bits) : window_bits{bits} {
        check_window_bits(window_bits);
        if (window_bits < 15) walker.emplace(window_bits);
        if (inflateInit2(&stream, -window_bits) != Z_OK) throw std::bad_alloc();
    }
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    ~State() { inflateEnd(&stream); }

    /// What may still come out before a distance leaves the window. zlib holds nobody to a small
    /// one: what it has just put out is within reach, however far back. Nor is the input corrupt as
    /// a whole: what is before the distance comes out, so that the verdict on a message does not
    /// hang on the size of its pieces.
    std::uint64_t allowed() const noexcept {
        auto const before_far = walker ? walker->size_before_far_distance() : std::nullopt;
        return before_far ? *before_far - inflated : std::numeric_limits<std::uint64_t>::max();
    }

    /// One call of zlib: at most one buffer of output.
    void step(Bytes& to, std::size_t limit) {
        Buffer buffer;
        auto const room = limit - std::min(limit, to.size());
        // One byte more than there is room for tells "full" from "too big".
        auto const wanted = std::min(buffer.size() - 1, room) + 1;
        auto const output = std::span(buffer).first(std::min<std::uint64_t>(wanted, allowed()));
        if (output.empty()) {
            status = InflateStatus::corrupt;
            return;
        }
        set_output(stream, output);
        auto const result = inflate(&stream, Z_SYNC_FLUSH);
        auto const produced = output.size() - stream.avail_out;
        inflated += produced;
        append(to, ByteView(output).first(std::min(produced, room)));
        if (produced > room) {
            status = InflateStatus::too_big;
        } else if (allowed() == 0) {
            status = InflateStatus::corrupt;
        } else if (result == Z_STREAM_END) {
            // After a block with BFINAL the next one begins anew at a byte boundary (7.2.3.5), and
            // distances may reach back over it. This call keeps the window without copying it, so
            // that a message of nothing but final blocks costs no more than others.
            inflateResetKeep(&stream);
            between_blocks = true;
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            status = InflateStatus::corrupt;
        } else {
            // zlib.h: 128 is set right after a block, the low bits count the bits not yet used.
            between_blocks = (stream.data_type & ~64) == 128;
        }
    }

    void run(ByteView input, Bytes& to, std::size_t limit) {
        set_input(stream, input);
        bool more = true;
        while (more) {
            step(to, limit);
            bool const output_waits = stream.avail_out == 0 && !between_blocks;
            more = status == InflateStatus::ok && (stream.avail_in > 0 || output_waits);
        }
    }

    int window_bits;
    z_stream stream = {};
    std::optional<BlockWalker> walker = std::nullopt;
    std::uint64_t inflated = 0;  ///< bytes that came out, since the walker began
    InflateStatus status = InflateStatus::ok;
    bool between_blocks = true;
};

Inflater::Inflater(int window_bits) : state_(std::make_unique<State>(window_bits)) {}
Inflater::~Inflater() = default;
Inflater::Inflater(Inflater&&) noexcept = default;
Inflater& Inflater::operator=(Inflater&&) noexcept = default;

InflateStatus Inflater::feed(ByteView piece, Bytes& to, std::size_t limit) {
    while (!piece.empty() && state_->status == InflateStatus::ok) {
        auto const input = piece.first(std::min(piece.size(), largest_input));
        if (state_->walker) state_->walker->feed(input);
        state_->run(input, to, limit);
        piece = piece.subspan(input.size());
    }
    return state_->status;
}

InflateStatus Inflater::finish(Bytes& to, std::size_t limit) {
    // Whole blocks lack nothing: the sender left the tail on, or ended with BFINAL and no more.
    if (state_->status != InflateStatus::ok || state_->between_blocks) return state_->status;
    feed(removed_tail, to, limit);
    // Data that was cut short would eat into the next message.
    if (state_->status == InflateStatus::ok && !state_->between_blocks)
        state_->status = InflateStatus::corrupt;
    return state_->status;
}

void Inflater::reset() {
    inflateReset(&state_->stream);
    if (state_->walker) state_->walker.emplace(state_->window_bits);
    state_->inflated = 0;
    state_->status = InflateStatus::ok;
    state_->between_blocks = true;
}

}  // namespace wsproof::wire
