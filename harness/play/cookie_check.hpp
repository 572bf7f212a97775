// What a response has to say of the cookies that it sets (RFC 6265 4.1, 5.2).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wsproof::play {

/// True when the fields set a cookie of that name (empty: any) and each of these has the property,
/// one of script::cookie_properties. Cookies that are taken away do not count.
bool every_cookie(std::vector<std::string> const& fields, std::string_view name,
                  std::string_view property);

/// "every cookie with HttpOnly"
std::string cookie_property_in_words(std::string_view property);

}  // namespace wsproof::play
