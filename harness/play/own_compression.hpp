// What a case sends compressed, held against what the opening handshake agreed on: a peer is not
// judged by messages that it need not understand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/play/assembler.hpp"
#include "reference_impl/wire/block_walker.hpp"
#include "reference_impl/wire/frame.hpp"

namespace wsproof::play {

class OwnCompression {
public:
    void agreed(Compression compression) { compression_ = compression; }

    std::optional<Compression> const& agreement() const noexcept { return compression_; }

    struct Obstacle {
        std::string capability = {};  ///< what the agreement takes away
        std::string words = {};
    };
    /// Takes note of a frame that is to be sent; why it must not be, if so: it refers further back
    /// than the agreed window, or into earlier messages though no context is taken over (7.2.1).
    /// Data that refer to what was never sent break no agreement: such a case means it.
    std::optional<Obstacle> add(wire::FrameHeader const& header, wire::ByteView payload);

private:
    std::optional<Obstacle> obstacle() const;

    std::optional<Compression> compression_ = std::nullopt;
    std::optional<wire::BlockWalker> walker_ = std::nullopt;  ///< of the message under way
    std::uint64_t inflated_before_ = 0;
};

}  // namespace wsproof::play
