// The stream that every decoder of frames is measured with.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "bench/inputs.hpp"

namespace wsproof::bench {

/// A read of this size brings as many frames as fit, and a part of the next one.
constexpr std::size_t piece_size = 64 * 1024;

inline void payload_sizes(benchmark::internal::Benchmark* benchmark) {
    for (std::int64_t const size : {0, 16, 125, 126, 1024, 4096, 65536, 1 << 20})
        benchmark->Arg(size);
}

/// Masked binary frames of one size, about a mebibyte of them.
class FrameStream {
public:
    explicit FrameStream(std::size_t payload_size) {
        std::mt19937 random(6455);
        count_ = std::max<std::size_t>(1, (std::size_t{1} << 20) / (payload_size + 6));
        for (std::size_t i = 0; i < count_; ++i) {
            write_header(payload_size);
            for (std::size_t size = payload_size + 4; size > 0; --size)
                bytes_.push_back(static_cast<std::uint8_t>(random()));
        }
    }

    std::size_t count() const { return count_; }
    std::size_t size() const { return bytes_.size(); }
    std::uint8_t const* data() const { return bytes_.data(); }

    /// Calls `take(data, size)` for piece after piece.
    template <typename Take>
    void deliver(Take take) const {
        for (std::size_t at = 0; at < bytes_.size(); at += piece_size)
            take(bytes_.data() + at, std::min(piece_size, bytes_.size() - at));
    }

private:
    void write_header(std::size_t payload_size) {
        bytes_.push_back(0x82);
        auto const bytes = payload_size < 126 ? 0U : payload_size < 65536 ? 2U : 8U;
        auto const form = bytes == 0 ? payload_size : bytes == 2 ? 126U : 127U;
        bytes_.push_back(static_cast<std::uint8_t>(0x80U | form));
        for (auto left = bytes; left > 0; --left)
            bytes_.push_back(static_cast<std::uint8_t>(payload_size >> (8 * (left - 1))));
    }

    std::vector<std::uint8_t> bytes_ = {};
    std::size_t count_ = 0;
};

inline void count_frames(benchmark::State& state, FrameStream const& stream) {
    auto const iterations = static_cast<std::int64_t>(state.iterations());
    state.SetItemsProcessed(iterations * static_cast<std::int64_t>(stream.count()));
}

/// The opening handshake that peers without a way around it go through.
constexpr char const opening_request[] =
    "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

}  // namespace wsproof::bench
