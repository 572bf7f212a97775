// Standing rules: what holds for every frame a peer sends, in whatever case (docs/verdicts.md).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/play/assembler.hpp"
#include "harness/play/event.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::play {

class Watch {
public:
    explicit Watch(wire::Role peer) : peer_(peer) {}

    void compressed(Compression compression) { compression_ = compression; }
    /// The code of our own Close frame: an echo of it is for the cases to judge, not for the watch.
    void close_sent(std::optional<std::uint16_t> code) { close_sent_ = code; }

    /// What this frame breaks.
    std::vector<Defect> frame(wire::FrameHeader const& header, wire::ByteView payload);
    /// What this message breaks.
    std::vector<Defect> message(Assembler::Assembled const& assembled) const;

private:
    void check_header(wire::FrameHeader const& header, std::vector<Defect>& to) const;
    void check_reserved_bits(wire::FrameHeader const& header, std::vector<Defect>& to) const;
    void check_sequence(wire::FrameHeader const& header, std::vector<Defect>& to);
    void check_close(wire::ByteView payload, std::vector<Defect>& to) const;

    wire::Role peer_;
    std::optional<Compression> compression_ = std::nullopt;
    std::optional<std::uint16_t> close_sent_ = std::nullopt;
    bool message_under_way_ = false;
    bool closed_ = false;
};

}  // namespace wsproof::play
