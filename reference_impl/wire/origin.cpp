#include "reference_impl/wire/origin.hpp"

#include <algorithm>

namespace wsproof::wire {
namespace {

bool is_address(std::string_view name) {
    auto const last_label = name.substr(name.rfind('.') + 1);
    return name.starts_with('[') ||
           (!last_label.empty() &&
            std::ranges::all_of(last_label, [](char c) { return c >= '0' && c <= '9'; }));
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_of_host(char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || is_digit(c) || c == '.' || c == '-' || c == '_';
}

bool is_of_scheme(char c) {
    return is_of_host(c) || c == '+';
}

}  // namespace

Origin::Origin(std::string_view serialisation) : text(serialisation), host(serialisation) {
    if (auto const end = text.find("://"); end != std::string_view::npos) {
        scheme = text.substr(0, end);
        host = text.substr(end + 3);
    }
    auto const bracket = host.starts_with('[') ? host.find(']') : 0;
    name = host.substr(0, host.find(':', bracket));
    port = host.substr(std::min(host.size(), name.size() + 1));
    is_address = wire::is_address(name);
    auto const dot = name.find('.');
    if (is_address || dot == std::string_view::npos) return;
    if (name.find('.', dot + 1) != std::string_view::npos) parent = name.substr(dot + 1);
}

bool is_origin(std::string_view text) {
    Origin const origin(text);
    bool const bracketed = origin.name.starts_with('[') && origin.name.ends_with(']');
    auto const name = bracketed ? origin.name.substr(1, origin.name.size() - 2) : origin.name;
    bool const named =
        std::ranges::all_of(name, [&](char c) { return is_of_host(c) || (bracketed && c == ':'); });
    bool const has_port = origin.name.size() < origin.host.size();
    bool const ported = !has_port || (!origin.port.empty() && origin.port.size() <= 5 &&
                                      std::ranges::all_of(origin.port, is_digit));
    return !origin.scheme.empty() && std::ranges::all_of(origin.scheme, is_of_scheme) &&
           !name.empty() && named && ported;
}

bool matches_origin(std::string_view pattern, std::string_view origin) {
    if (pattern.empty()) return origin.empty();
    if (pattern.front() != '*')
        return !origin.empty() && lower(pattern.front()) == lower(origin.front()) &&
               matches_origin(pattern.substr(1), origin.substr(1));
    for (std::size_t taken = 1; taken <= origin.size() && is_of_host(origin[taken - 1]); ++taken)
        if (matches_origin(pattern.substr(1), origin.substr(taken))) return true;
    return false;
}

}  // namespace wsproof::wire
