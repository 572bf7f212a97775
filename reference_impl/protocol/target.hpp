// Request targets and the authorities in them and in Host (RFC 9112 3.2, RFC 3986 3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wsproof::reference {

struct Target {
    std::string scheme = {};     ///< "http" or "https" in absolute-form, lower case; else empty
    std::string authority = {};  ///< in absolute-form
    std::string path = {};       ///< begins with a slash
    std::string query = {};      ///< without the question mark
};

/// Origin-form or absolute-form; nothing for the other forms, which GET does not have, and for
/// characters that a URI does not have.
std::optional<Target> parse_target(std::string_view text);

/// uri-host [ ":" port ], not empty.
bool is_valid_host(std::string_view text);

}  // namespace wsproof::reference
