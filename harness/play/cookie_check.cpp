#include "harness/play/cookie_check.hpp"

#include <algorithm>
#include <array>

#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/set_cookie.hpp"

namespace wsproof::play {
namespace {

using Cookie = wire::SetCookie;

struct CookieProperty {
    std::string_view name;
    std::string_view words;
    bool (*holds)(Cookie const&);
};

bool is_same_site(Cookie const& cookie) {
    auto const value = cookie.attribute("SameSite").value_or("");
    return wire::equals_ignoring_case(value, "Lax") || wire::equals_ignoring_case(value, "Strict");
}

bool has_prefix(Cookie const& cookie) {
    return cookie.name.starts_with("__Host-") || cookie.name.starts_with("__Secure-");
}

/// RFC 6265bis 4.1.3: what a browser asks of a cookie that is named so.
bool keeps_prefix(Cookie const& cookie) {
    if (!has_prefix(cookie)) return true;
    if (!cookie.attribute("Secure")) return false;
    return cookie.name.starts_with("__Secure-") ||
           (cookie.attribute("Path") == "/" && !cookie.attribute("Domain"));
}

constexpr std::array known_properties{
    CookieProperty{"name", "the session's cookie", [](Cookie const&) { return true; }},
    CookieProperty{"Secure", "every cookie with Secure",
                   [](Cookie const& c) { return c.attribute("Secure").has_value(); }},
    CookieProperty{"HttpOnly", "every cookie with HttpOnly",
                   [](Cookie const& c) { return c.attribute("HttpOnly").has_value(); }},
    CookieProperty{"SameSite", "every cookie with SameSite=Lax or Strict", is_same_site},
    CookieProperty{"prefix", "every cookie named __Host- or __Secure-", has_prefix},
    CookieProperty{"kept-prefix", "every cookie as its prefix promises", keeps_prefix},
    CookieProperty{"host-only", "every cookie without Domain",
                   [](Cookie const& c) { return !c.attribute("Domain"); }},
};

/// Cookies are told apart without their prefix, which may be what is missing.
std::string_view without_prefix(std::string_view name) {
    for (std::string_view const prefix : {"__Host-", "__Secure-"})
        if (name.starts_with(prefix)) return name.substr(prefix.size());
    return name;
}

bool is_taken_away(Cookie const& cookie) {
    auto const age = cookie.attribute("Max-Age").value_or("1");
    return age == "0" || age.starts_with('-');
}

CookieProperty const& property_named(std::string_view name) {
    return *std::ranges::find(known_properties, name, &CookieProperty::name);
}

}  // namespace

bool every_cookie(std::vector<std::string> const& fields, std::string_view name,
                  std::string_view property) {
    std::vector<Cookie> cookies;
    for (auto const& field : fields) {
        auto cookie = wire::parse_set_cookie(field);
        if (cookie && (name.empty() || without_prefix(cookie->name) == without_prefix(name)) &&
            !is_taken_away(*cookie))
            cookies.push_back(*std::move(cookie));
    }
    return !cookies.empty() && std::ranges::all_of(cookies, property_named(property).holds);
}

std::string cookie_property_in_words(std::string_view property) {
    return std::string{property_named(property).words};
}

}  // namespace wsproof::play
