// What `measure` can find out about a peer, and in which unit (docs/case-language.md).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wsproof::script {

/// In the order of `limits`.
enum class Limit : std::uint8_t {
    frame_size,                 ///< of a message in one frame (RFC 6455 10.4)
    message_size,               ///< of a message in many fragments
    compressed_size,            ///< of a message after inflation, in one frame (RFC 7692)
    compressed_fragments_size,  ///< the same in a few fragments
    fragments,                  ///< of one message, none of them empty
    empty_fragments,            ///< of one message
    header_field_size,          ///< of the request (RFC 9110 5.4)
    header_fields,              ///< of the request
    request_line_size,          ///< RFC 9112 3
    connections,                ///< open at the same time
    idle_time,                  ///< that a connection is kept for
    messages_per_second,        ///< echoed
    pings_per_second,           ///< answered
    connections_per_second      ///< opened and closed, one after the other
};

struct LimitInfo {
    std::string_view name;   ///< in cases and reports
    std::string_view unit;   ///< of the number
    std::string_view words;  ///< for people: "size of a frame"
};

inline constexpr std::array<LimitInfo, 14> limits{{
    {"frame-size", "bytes", "largest message in one frame"},
    {"message-size", "bytes", "largest message in fragments of 16 KiB"},
    {"compressed-size", "bytes", "largest message after inflation, in one frame"},
    {"compressed-fragments-size", "bytes", "largest message after inflation, in four fragments"},
    {"fragments", "fragments", "most fragments of one message"},
    {"empty-fragments", "fragments", "most empty fragments of one message"},
    {"header-field-size", "bytes", "largest header field of a request"},
    {"header-fields", "fields", "most header fields of a request"},
    {"request-line-size", "bytes", "longest request line"},
    {"connections", "connections", "connections held open at the same time"},
    {"idle-time", "ms", "time that an idle connection is kept"},
    {"messages-per-second", "per second", "messages echoed, 16 at a time"},
    {"pings-per-second", "per second", "pings answered, 16 at a time"},
    {"connections-per-second", "per second", "connections opened and closed, one after the other"},
}};

constexpr LimitInfo const& info_of(Limit limit) noexcept {
    return limits[static_cast<std::size_t>(limit)];
}

/// True of limits that are found with permessage-deflate.
constexpr bool is_compressed(Limit limit) noexcept {
    return limit == Limit::compressed_size || limit == Limit::compressed_fragments_size;
}

constexpr std::optional<Limit> limit_named(std::string_view name) noexcept {
    for (std::size_t index = 0; index < limits.size(); ++index)
        if (limits[index].name == name) return static_cast<Limit>(index);
    return std::nullopt;
}

}  // namespace wsproof::script
