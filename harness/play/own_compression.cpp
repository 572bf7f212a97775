#include "harness/play/own_compression.hpp"

#include <fmt/format.h>

namespace wsproof::play {

std::optional<OwnCompression::Obstacle> OwnCompression::add(wire::FrameHeader const& header,
                                                            wire::ByteView payload) {
    if (!compression_ || wire::is_control(header.opcode)) return std::nullopt;
    if (header.opcode != wire::Opcode::continuation) {
        walker_.reset();
        if (header.rsv1) walker_.emplace();
    }
    if (!walker_) return std::nullopt;
    walker_->feed(payload);
    if (header.fin) walker_->finish();
    auto found = obstacle();
    if (header.fin) {
        inflated_before_ += walker_->walk().inflated_size;
        walker_.reset();
    }
    return found;
}

std::optional<OwnCompression::Obstacle> OwnCompression::obstacle() const {
    auto const& walk = walker_->walk();
    auto const window = std::uint32_t{1} << static_cast<unsigned>(compression_->window_bits);
    if (walk.longest_distance > window) {
        return Obstacle{"max_window_bits",
                        fmt::format("the window that was agreed on has {} bytes; this case refers "
                                    "{} bytes back",
                                    window, walk.longest_distance)};
    }
    bool const refers_to_earlier_messages = walk.reach > 0 && walk.reach <= inflated_before_;
    if (refers_to_earlier_messages && !compression_->takes_context_over) {
        return Obstacle{"context-takeover",
                        "it was agreed to begin each message with an empty window; this case "
                        "refers to earlier messages"};
    }
    return std::nullopt;
}

}  // namespace wsproof::play
