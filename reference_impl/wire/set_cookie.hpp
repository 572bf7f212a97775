// The value of a Set-Cookie field, taken apart as browsers do (RFC 6265 5.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference_impl/wire/http_head.hpp"

namespace wsproof::wire {

struct SetCookie {
    std::string name = {};
    std::string value = {};
    std::vector<HeaderField> attributes = {};  ///< in order; flags have no value

    /// The last attribute of that name, ASCII case ignored: it is the one that counts.
    std::optional<std::string> attribute(std::string_view attribute_name) const;
};

/// Nothing where a browser ignores the field: no "=", or no name before it.
std::optional<SetCookie> parse_set_cookie(std::string_view field);

}  // namespace wsproof::wire
