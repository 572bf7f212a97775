// The tables of what a receiver rejects: one row a rule, in the order of the RFCs. A row switched
// off by a fault is a mutant.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "reference_impl/protocol/fault.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/close_status.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::reference {

/// What makes an endpoint _Fail the WebSocket Connection_ (RFC 6455 7.1.7).
struct Violation {
    wire::StatusCode code = wire::status::protocol_error;
    std::string_view says = {};  ///< the rule that was broken, in words
};

/// What the rules on frame headers look at besides the header.
struct Receiving {
    wire::Role role = wire::Role::server;  ///< of the receiver
    bool permessage_deflate = false;       ///< negotiated
    bool message_under_way = false;        ///< its final fragment has not come yet
    std::uint64_t message_size = 0;        ///< payload data of that message so far
    std::uint64_t max_message_size = std::numeric_limits<std::uint64_t>::max();
};

struct HeaderRule {
    Fault unless;
    Violation violation;
    bool (*holds)(wire::FrameHeader const&, Receiving const&);
};

/// The body of a Close frame and whether its reason is UTF-8 by the endpoint's own reading.
struct CloseBody {
    std::size_t size = 0;
    wire::StatusCode code = wire::status::no_status_received;
    bool reason_is_utf8 = true;
};

struct CloseRule {
    Fault unless;
    Violation violation;
    bool (*holds)(CloseBody const&);
};

/// What is known of a message while it is put together.
struct MessageProgress {
    bool is_text = false;
    bool ended = false;         ///< the final fragment is complete
    bool utf8_possible = true;  ///< no byte so far makes valid UTF-8 impossible
    bool utf8_complete = true;  ///< no character is unfinished
    bool deflate_corrupt = false;
    bool too_big = false;  ///< after inflation
};

struct MessageRule {
    Fault unless;
    Violation violation;
    bool (*holds)(MessageProgress const&);
};

/// Rows that no RFC has and some implementation has: they hold only under their fault.
struct OddHeaderRule {
    Fault fault;
    Violation violation;
    bool (*holds)(wire::FrameHeader const&, Receiving const&);
};

struct OddCloseRule {
    Fault fault;
    Violation violation;
    bool (*holds)(CloseBody const&);
};

std::span<OddHeaderRule const> odd_header_rules() noexcept;
std::span<OddCloseRule const> odd_close_rules() noexcept;
std::span<HeaderRule const> header_rules() noexcept;
std::span<CloseRule const> close_rules() noexcept;
std::span<MessageRule const> message_rules() noexcept;

/// The first rule of the table that is broken and not lacked.
std::optional<Violation> broken_rule(wire::FrameHeader const& header, Receiving const& receiving,
                                     Faults const& faults);
std::optional<Violation> broken_rule(CloseBody const& body, Faults const& faults);
std::optional<Violation> broken_rule(MessageProgress const& progress, Faults const& faults);

/// First bytes of a frame that break no rule, if its length fits into 7 bits and its MASK bit is
/// right; made from the table at compile time. The index is `shortcut_index`.
extern std::array<std::array<bool, 256>, 4> const legal_first_bytes;

constexpr std::size_t shortcut_index(Receiving const& receiving) noexcept {
    return (receiving.permessage_deflate ? 2U : 0U) + (receiving.message_under_way ? 1U : 0U);
}

}  // namespace wsproof::reference
