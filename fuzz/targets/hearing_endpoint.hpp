// Two implementations of one side of a connection, behind their opening handshake, in words that
// can be compared.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/close_status.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::fuzz {

/// Of a message, beyond which both fail: more than an input of a few KiB inflates to.
inline constexpr std::size_t largest_message = std::size_t{8} << 20U;

struct HeardMessage {
    bool is_text = false;
    wire::Bytes data = {};
    bool operator==(HeardMessage const&) const = default;
};

/// What one side made of what it was told.
struct Heard {
    std::vector<HeardMessage> messages = {};
    std::vector<wire::Bytes> pings = {};
    enum class End : std::uint8_t { open, closed, failed } end = End::open;
    std::optional<wire::StatusCode> got = std::nullopt;   ///< in the peer's Close frame
    std::optional<wire::StatusCode> sent = std::nullopt;  ///< in its own
    std::string why = {};                                 ///< it failed, in its own words
};

/// Gives the endpoint a stream in pieces of so many bytes, 0: in one.
Heard heard_by_reference(wire::Role role, bool deflate, wire::ByteView stream, std::size_t piece);
Heard heard_by_beast(wire::Role role, bool deflate, wire::ByteView stream, std::size_t piece);

/// The status code of the first Close frame in the output; nothing when it has none, or no body.
std::optional<wire::StatusCode> code_sent_in(wire::ByteView output);

/// The answer of a server to the request of a client.
std::string response_to(std::string_view request, bool deflate);
/// The request of a client.
std::string request_offering(bool deflate);

/// What is behind the head of HTTP; all of it where there is none.
wire::ByteView behind_head(wire::ByteView bytes);

}  // namespace wsproof::fuzz
