// Status codes of Close frames (RFC 6455 7.4 and the IANA registry behind 11.7).
#pragma once

#include <cstdint>
#include <string_view>

namespace wsproof::wire {

/// A status code as it stands on the wire: any 16-bit number can arrive.
using StatusCode = std::uint16_t;

namespace status {
inline constexpr StatusCode normal_closure = 1000;
inline constexpr StatusCode going_away = 1001;
inline constexpr StatusCode protocol_error = 1002;
inline constexpr StatusCode unsupported_data = 1003;
inline constexpr StatusCode no_status_received = 1005;  // never on the wire (7.4.1)
inline constexpr StatusCode abnormal_closure = 1006;    // never on the wire (7.4.1)
inline constexpr StatusCode invalid_payload_data = 1007;
inline constexpr StatusCode policy_violation = 1008;
inline constexpr StatusCode message_too_big = 1009;
inline constexpr StatusCode mandatory_extension = 1010;
inline constexpr StatusCode internal_error = 1011;
inline constexpr StatusCode service_restart = 1012;  // registry only
inline constexpr StatusCode try_again_later = 1013;  // registry only
inline constexpr StatusCode bad_gateway = 1014;      // registry only
inline constexpr StatusCode tls_handshake = 1015;    // never on the wire (7.4.1)
}  // namespace status

/// The codes that 7.4.1 forbids in a Close frame: they exist for APIs alone.
constexpr bool is_reserved_for_apis(StatusCode code) noexcept {
    return code == 1005 || code == 1006 || code == 1015;
}

/// Codes that an endpoint may put into a Close frame: those the RFC and the registry define, and
/// the ranges for libraries and private use (7.4.2).
constexpr bool may_be_sent(StatusCode code) noexcept {
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
           (code >= 3000 && code <= 4999);
}

}  // namespace wsproof::wire
