// What a receiver may be sent, said once more and in one piece, so that the tables of the reference
// are held against something (RFC 6455 5, RFC 7692 6).
#pragma once

#include <optional>
#include <string_view>

#include "fuzz/target.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::fuzz {

struct Circumstances {
    wire::Role sender = wire::Role::client;
    bool permessage_deflate = false;
    bool message_under_way = false;
};

/// The first thing that is wrong with a frame; nothing: it is legal.
WSPROOF_FUZZ_UNGUIDED constexpr std::optional<std::string_view> fault_of(
    wire::FrameHeader const& header, Circumstances const& now) {
    using wire::Opcode;
    auto const control = wire::is_control(header.opcode);
    auto const continues = header.opcode == Opcode::continuation;
    if (header.masking_key.has_value() != (now.sender == wire::Role::client))
        return "frames masked by clients alone (5.1)";
    if (header.rsv2 || header.rsv3) return "RSV2 and RSV3 clear (5.2)";
    if (header.rsv1 && (!now.permessage_deflate || control || continues))
        return "RSV1 on the first frame of compressed messages alone (RFC 7692 6)";
    if (!wire::is_defined(header.opcode)) return "an opcode that is defined (5.2)";
    if (header.payload_length >> 63U != 0) return "a length of 63 bits (5.2)";
    if (header.length_form != wire::minimal_form(header.payload_length))
        return "a length in the fewest bytes (5.2)";
    if (control && !header.fin) return "control frames whole (5.5)";
    if (control && header.payload_length > 125) return "control frames of 125 bytes at most (5.5)";
    if (!control && continues != now.message_under_way)
        return "a continuation where a message is under way, and only there (5.4)";
    return std::nullopt;
}

}  // namespace wsproof::fuzz
