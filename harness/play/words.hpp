// Bytes of a peer in words for people: nothing in them can move a cursor or forge a line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::play {

/// Control, escape, bidirectional and invisible characters and invalid UTF-8 become \xNN.
std::string printable(std::string_view text);

/// The same, cut after `limit` bytes with an ellipsis.
std::string printable(std::string_view text, std::size_t limit);

/// A payload for people: of a long one the beginning is enough.
struct Told {
    wire::ByteView beginning = {};
    std::size_t size = 0;  ///< of all of it
};

/// "'Hello'" for text, "3 bytes ff 00 17" for what is none; long ones are cut.
std::string payload_in_words(wire::ByteView payload);
std::string told_in_words(Told const& payload);

/// "text 'Hello'", "ping '' (RSV2, FIN 0)", "Close 1002 'bad opcode'"; whatever is unusual for a
/// frame of that sender stands in brackets.
std::string frame_in_words(wire::FrameHeader const& header, wire::ByteView payload,
                           wire::Role sender);
std::string told_in_words(wire::FrameHeader const& header, Told const& payload, wire::Role sender);

/// The status code of a Close frame's body, if it has one (RFC 6455 5.5.1).
std::optional<std::uint16_t> close_code_of(wire::ByteView payload) noexcept;

/// "Close 1002", "Close without a code".
std::string close_in_words(std::optional<std::uint16_t> code);

/// "65,536"
std::string grouped(std::uint64_t number);

}  // namespace wsproof::play
