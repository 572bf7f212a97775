// The closing handshake (RFC 6455 5.5.1, 7.1): what a Close frame says and what answers it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "reference_impl/protocol/fault.hpp"
#include "reference_impl/protocol/rules.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/close_status.hpp"

namespace wsproof::reference {

struct CloseFrame {
    std::optional<wire::StatusCode> code = std::nullopt;  ///< nothing: no body
    std::string reason = {};
};

/// Reads the payload data of a Close frame and holds it against the rules.
std::variant<CloseFrame, Violation> read_close(wire::ByteView payload, Faults const& faults);

/// The payload data of a Close frame; a reason that is too long is cut between characters, so that
/// it stays a control frame and UTF-8 (5.5, 5.5.1).
wire::Bytes write_close(std::optional<wire::StatusCode> code, std::string_view reason = {});

/// What answers a Close frame: its status code, as 5.5.1 suggests; an empty body if it was empty.
wire::Bytes answer_close(CloseFrame const& received, Faults const& faults);

}  // namespace wsproof::reference
