// The head of an HTTP/1.1 message exactly as it came (RFC 9112 2.1), readable even where it is
// broken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::wire {

struct HeaderField {
    std::string name = {};   ///< as spelled
    std::string value = {};  ///< without the white space around it
    bool operator==(HeaderField const&) const = default;
};

struct HttpHead {
    std::string start_line = {};
    std::vector<HeaderField> fields = {};
    std::string raw = {};  ///< every byte up to and with the empty line
    /// What RFC 9112 forbids and this head has, each once: "bare LF", "obs-fold" …
    std::vector<std::string> anomalies = {};

    /// Values of all fields of that name, ASCII case ignored, in order.
    std::vector<std::string> values_of(std::string_view name) const;
    /// The first value of that name.
    std::optional<std::string> value_of(std::string_view name) const;
    /// Elements of the comma-separated lists in all fields of that name, empty ones left out.
    std::vector<std::string> elements_of(std::string_view name) const;
};

struct StatusLine {
    std::string version = {};  ///< "HTTP/1.1"
    unsigned status = 0;       ///< 0 when the line has none
    std::string reason = {};
};

enum class HeadState : std::uint8_t { incomplete, complete, too_long, not_http };

struct HeadResult {
    HeadState state = HeadState::incomplete;
    std::size_t size = 0;  ///< bytes taken, when complete
    HttpHead head = {};
};

inline constexpr std::size_t default_head_limit = std::size_t{64} * 1024;

/// Reads a head from the start of `bytes`. `not_http` as soon as the first bytes cannot begin a
/// status line or request line; never more than `limit` bytes are looked at.
HeadResult parse_head(ByteView bytes, std::size_t limit = default_head_limit);

/// Takes a response's first line apart; nothing when it is not a status line.
std::optional<StatusLine> parse_status_line(std::string_view start_line);

/// A head on the wire: CRLF line ends and the empty line.
std::string write_head(std::string_view start_line, std::vector<HeaderField> const& fields);

/// ASCII case folding, as HTTP and RFC 6455 2.1 compare names and tokens.
bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept;
std::string_view trim(std::string_view text) noexcept;  ///< SP and HTAB at both ends

/// True for a non-empty sequence of tchar (RFC 9110 5.6.2).
bool is_token(std::string_view text) noexcept;

/// Splits at commas outside quoted strings and trims; empty elements are left out.
std::vector<std::string> split_list(std::string_view value);

}  // namespace wsproof::wire
