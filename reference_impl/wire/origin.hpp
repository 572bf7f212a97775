// An origin in its ASCII serialisation (RFC 6454 4, 6.2), in pieces.
#pragma once

#include <string_view>

namespace wsproof::wire {

/// Views of the text that it was made of; what an origin lacks is empty. Takes any text: what has
/// no
/// "://" is all host.
struct Origin {
    explicit Origin(std::string_view serialisation);

    std::string_view text;         ///< "https://app.good.example:8443"
    std::string_view scheme = {};  ///< "https"
    std::string_view host = {};    ///< "app.good.example:8443"
    std::string_view name = {};    ///< "app.good.example"; IPv6 addresses with their brackets
    std::string_view port = {};    ///< "8443"
    /// "good.example"; of names with three labels or more, since that of two is a registry's.
    std::string_view parent = {};
    bool is_address = false;  ///< the name is an IP address
};

/// scheme://host or scheme://host:port, in lower case or not, and nothing behind it (RFC 6454 6.2).
bool is_origin(std::string_view text);

/// The same letters, case ignored; a "*" of the pattern stands for one or more of those that host
/// names and ports have: "https://*.good.example".
bool matches_origin(std::string_view pattern, std::string_view origin);

}  // namespace wsproof::wire
