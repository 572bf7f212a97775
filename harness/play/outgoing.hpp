// Follows our own bytes as a correct receiver would, so that the harness knows where it stands.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::play {

class Outgoing {
public:
    explicit Outgoing(wire::Role ours) : ours_(ours) {}

    /// `by_case`: what the script sends, in contrast to the harness' own pongs and fences.
    void add(wire::ByteView bytes, bool by_case);

    /// True when another frame may follow: a case may have sent a part of one.
    bool between_frames() const noexcept { return left_ == 0 && header_.empty(); }
    bool between_messages() const noexcept { return between_frames() && !message_under_way_; }
    /// A correct Close frame is on its way.
    bool close_sent() const noexcept { return close_sent_; }
    std::optional<std::uint16_t> close_code() const noexcept { return close_code_; }
    /// True when the case sent a ping with this data that was not answered yet; it is now.
    bool take_answered_ping(wire::ByteView data);
    /// True until the latest ping of the case is answered.
    bool awaits_pong() const noexcept { return awaits_pong_; }
    /// The data of the ping that the case sent last, with nothing behind it.
    std::optional<wire::Bytes> const& ping_sent_last() const noexcept { return ping_sent_last_; }
    /// True when the case sent this message: the same from the peer is an echo.
    bool sent_message(wire::ByteView payload) const;
    /// The echo of what was sent until now may come as late as an application likes.
    void forget_messages() { messages_.clear(); }

private:
    void take_header(wire::DecodedHeader const& decoded);
    void finish_frame();
    void finish_fragment();

    wire::Role ours_;
    wire::Bytes header_ = {};
    wire::FrameHeader frame_ = {};
    wire::Bytes payload_ = {};  ///< of small frames
    std::uint64_t left_ = 0;
    bool by_case_ = false;
    bool message_under_way_ = false;
    bool close_sent_ = false;
    std::optional<std::uint16_t> close_code_ = std::nullopt;
    std::vector<wire::Bytes> pings_ = {};
    bool awaits_pong_ = false;
    std::optional<wire::Bytes> ping_sent_last_ = std::nullopt;
    wire::Bytes message_ = {};
    std::vector<wire::Bytes> messages_ = {};
};

}  // namespace wsproof::play
