#include "reference_impl/wire/set_cookie.hpp"

#include <algorithm>

namespace wsproof::wire {
namespace {

/// Splits "name=value"; without "=" all of it is the name.
HeaderField pair_in(std::string_view part) {
    auto const equals = part.find('=');
    auto const value =
        equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1);
    return {std::string{trim(part.substr(0, equals))}, std::string{trim(value)}};
}

}  // namespace

std::optional<std::string> SetCookie::attribute(std::string_view attribute_name) const {
    auto const found = std::find_if(
        attributes.rbegin(), attributes.rend(),
        [&](HeaderField const& field) { return equals_ignoring_case(field.name, attribute_name); });
    if (found == attributes.rend()) return std::nullopt;
    return found->value;
}

std::optional<SetCookie> parse_set_cookie(std::string_view field) {
    auto const end = std::min(field.find(';'), field.size());
    auto const first = field.substr(0, end);
    auto pair = pair_in(first);
    if (first.find('=') == std::string_view::npos || pair.name.empty()) return std::nullopt;
    SetCookie cookie{.name = std::move(pair.name), .value = std::move(pair.value)};
    field.remove_prefix(std::min(end + 1, field.size()));
    while (!field.empty()) {
        auto const next = std::min(field.find(';'), field.size());
        auto attribute = pair_in(field.substr(0, next));
        if (!attribute.name.empty()) cookie.attributes.push_back(std::move(attribute));
        field.remove_prefix(std::min(next + 1, field.size()));
    }
    return cookie;
}

}  // namespace wsproof::wire
