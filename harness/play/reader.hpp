// Cuts the bytes of a peer into heads, frames and response bodies; no opinion on what is allowed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>

#include "harness/play/event.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/http_head.hpp"

namespace wsproof::play {

inline constexpr std::size_t longest_frame = 32U << 20U;  ///< bytes of payload data that are read

/// Content of a response that is not 101: passed over, so that the connection can be used again
/// (RFC 9112 6.3).
struct Body {
    wire::Bytes bytes = {};  ///< as far as it came
};

class Reader {
public:
    enum class Mode : std::uint8_t { response, request, frames, body_to_the_end };

    explicit Reader(Mode mode) : mode_(mode) {}

    void feed(wire::ByteView bytes);

    using Item = std::variant<wire::HttpHead, Frame, Body, Unreadable>;
    /// The next whole item, if there is one; after Unreadable there is none.
    std::optional<Item> next();
    /// The bytes of the last item on the wire, valid until the next call of `feed` or `next`.
    wire::ByteView raw() const noexcept { return raw_; }

    /// Gives back the memory of a long frame; `raw` is empty afterwards.
    void release() noexcept;

    Mode mode() const noexcept { return mode_; }
    void read_as(Mode mode) noexcept { mode_ = mode; }
    /// A body follows, framed as the head says.
    void read_body(wire::HttpHead const& head);
    std::size_t unfinished() const noexcept { return buffer_.size() - taken_; }

private:
    std::optional<Item> next_head();
    std::optional<Item> next_frame();
    std::optional<Item> next_body();
    bool take_chunks(wire::Bytes& body);
    wire::ByteView rest() const noexcept { return wire::ByteView{buffer_}.subspan(taken_); }
    void take(std::size_t size) noexcept;
    Item give_up(std::string words);

    Mode mode_;
    bool dead_ = false;
    bool head_may_be_complete_ = true;
    wire::Bytes buffer_ = {};
    std::size_t taken_ = 0;
    wire::ByteView raw_ = {};
    enum class Framing : std::uint8_t { none, length, chunked } framing_ = Framing::none;
    std::uint64_t body_left_ = 0;
    bool last_chunk_ = false;
    wire::Bytes body_ = {};
};

}  // namespace wsproof::play
