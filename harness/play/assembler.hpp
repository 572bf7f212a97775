// Frames to messages: reassembly (RFC 6455 5.4) and inflation (RFC 7692 7.2.2) of what a peer
// sends.
#pragma once

#include <cstddef>
#include <optional>

#include "harness/play/event.hpp"
#include "reference_impl/wire/deflate.hpp"

namespace wsproof::play {

/// permessage-deflate as the opening handshake agreed on it, seen from one side as a sender.
struct Compression {
    bool takes_context_over = true;
    int window_bits = 15;
};

class Assembler {
public:
    void compressed(Compression compression) { compression_ = compression; }
    bool compressed() const noexcept { return compression_.has_value(); }
    /// Messages of so many bytes in all were asked for: they do not count as a bomb.
    void expect_more(std::size_t bytes) noexcept { inflated_bound_ += bytes; }

    struct Assembled {
        Message message = {};
        std::optional<wire::BlockWalk> walk = std::nullopt;  ///< where the window is small
        bool inflates = true;
    };
    /// The message that this data frame completes. Never more than `longest_frame` bytes are kept
    /// of one message, nor inflated for the whole connection beyond 256 MiB and what
    /// was asked for.
    std::optional<Assembled> add(wire::FrameHeader const& header, wire::ByteView payload);

private:
    Assembled complete();
    void inflate(Assembled& assembled);

    std::optional<Compression> compression_ = std::nullopt;
    wire::Inflater inflater_{15};
    bool under_way_ = false;
    bool message_is_compressed_ = false;
    Message message_ = {};
    std::size_t inflated_ = 0;
    std::size_t inflated_bound_ = std::size_t{256} << 20U;
};

}  // namespace wsproof::play
