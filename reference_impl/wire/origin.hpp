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

}  // namespace wsproof::wire
