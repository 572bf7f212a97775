#include "reference_impl/protocol/target.hpp"

#include <algorithm>
#include <cstddef>

#include "reference_impl/protocol/opening_fields.hpp"

namespace wsproof::reference {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_hex_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_one_of(char c, std::string_view set) {
    return set.find(c) != std::string_view::npos;
}

bool is_unreserved(char c) {
    return is_letter(c) || is_digit(c) || is_one_of(c, "-._~");
}

/// A text of unreserved characters, those of `also`, and percent-encoded octets (RFC 3986 2). An
/// encoded NUL is in nobody's path and ends many a string early.
bool consists_of(std::string_view text, std::string_view also) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_unreserved(text[at]) || is_one_of(text[at], also)) continue;
        auto const digits = text.substr(at, 3);
        if (text[at] != '%' || digits.size() < 3 || digits == "%00") return false;
        if (!is_hex_digit(digits[1]) || !is_hex_digit(digits[2])) return false;
        at += 2;
    }
    return true;
}

constexpr std::string_view path_characters = "!$&'()*+,;=:@/";
constexpr std::string_view query_characters = "!$&'()*+,;=:@/?";
/// RFC 3986 has the comma too; in Host it is a sign of two fields that somebody joined.
constexpr std::string_view name_characters = "!$&'()*+;=";

bool is_port(std::string_view text) {
    return text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit) &&
           (text.size() < 5 || text <= "65535");
}

bool is_ip_literal(std::string_view text) {
    return text.size() >= 2 && std::all_of(text.begin(), text.end(), [](char c) {
               return is_hex_digit(c) || c == ':' || c == '.';
           });
}

std::optional<Target> origin_form(std::string_view text) {
    auto const mark = text.find('?');
    auto const path = text.substr(0, mark);
    auto const query = mark == std::string_view::npos ? "" : text.substr(mark + 1);
    if (!path.starts_with('/') || !consists_of(path, path_characters)) return std::nullopt;
    if (!consists_of(query, query_characters)) return std::nullopt;
    return Target{.path = std::string{path}, .query = std::string{query}};
}

}  // namespace

std::optional<Target> parse_target(std::string_view text) {
    if (text.starts_with('/')) return origin_form(text);
    auto const end = text.find("://");
    if (end == std::string_view::npos) return std::nullopt;
    auto const scheme = lower_case(text.substr(0, end));
    if (scheme != "http" && scheme != "https") return std::nullopt;
    auto const rest = text.substr(end + 3);
    auto const begin = std::min(rest.find_first_of("/?"), rest.size());
    auto const authority = rest.substr(0, begin);
    auto const local = rest.substr(begin);
    auto target =
        origin_form(local.starts_with('/') ? std::string{local} : "/" + std::string{local});
    if (!target || !is_valid_host(authority)) return std::nullopt;
    target->scheme = scheme;
    target->authority = authority;
    return target;
}

bool is_valid_host(std::string_view text) {
    auto const bracket = text.rfind(']');
    auto const colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
    auto const host = text.substr(0, colon);
    auto const port = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    if (host.empty() || !is_port(port)) return false;
    if (host.starts_with('['))
        return host.ends_with(']') && is_ip_literal(host.substr(1, host.size() - 2));
    return consists_of(host, name_characters);
}

}  // namespace wsproof::reference
