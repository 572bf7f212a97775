#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "harness/net/target.hpp"

namespace wsproof::net {
namespace {

constexpr std::uint16_t plain_port = 80;
constexpr std::uint16_t tls_port = 443;
constexpr std::size_t longest_quote = 200;

std::uint16_t default_port(bool tls) {
    return tls ? tls_port : plain_port;
}

/// The text for an error line: one line, whatever bytes were given.
std::string quoted(std::string_view text) {
    std::string words = "'";
    for (char const c : text.substr(0, longest_quote)) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            words += fmt::format("\\x{:02x}", byte);
        } else {
            words += c;
        }
    }
    if (text.size() > longest_quote) words += "…";
    return words + "'";
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

bool is_ipv6(std::string const& host) {
    in6_addr address{};
    return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

/// Takes the scheme off the front; says whether it asks for TLS.
bool take_scheme(std::string_view& rest) {
    auto const end = rest.find("://");
    if (end == std::string_view::npos) {
        auto const before = lower(rest.substr(0, rest.find(':')));
        if (before == "ws" || before == "wss" || before == "http" || before == "https") {
            throw UrlError(
                fmt::format("{} lacks the '//' after its scheme: write {}://host:port/path",
                            quoted(rest), before.starts_with("http") ? "ws" : before));
        }
        if (rest.find(':') == std::string_view::npos) {
            throw UrlError(fmt::format("{} has no scheme: write ws://host:port/path or wss://…",
                                       quoted(rest)));
        }
        return false;
    }
    auto const scheme = lower(rest.substr(0, end));
    rest.remove_prefix(end + 3);
    if (scheme == "ws" || scheme == "http") return false;
    if (scheme == "wss" || scheme == "https") return true;
    throw UrlError(
        fmt::format("scheme {} is none of ws, wss: write ws://host:port/path", quoted(scheme)));
}

void refuse_odd_characters(std::string_view text) {
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte == ' ') {
            throw UrlError(fmt::format("{} contains a space: write %20 for it", quoted(text)));
        }
        if (byte < 0x20 || byte == 0x7f) {
            throw UrlError(fmt::format("{} contains a control character", quoted(text)));
        }
        if (byte > 0x7f) {
            throw UrlError(fmt::format(
                "{} contains a character beyond ASCII: percent-encode it in the path, write the "
                "xn-- form of a host",
                quoted(text)));
        }
    }
}

std::uint16_t read_port(std::string_view digits, bool tls, std::string_view whole) {
    if (digits.empty()) return default_port(tls);
    unsigned port = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size() || port == 0 || port > 65535) {
        throw UrlError(fmt::format("port {} in {} is not a number from 1 to 65535", quoted(digits),
                                   quoted(whole)));
    }
    return static_cast<std::uint16_t>(port);
}

std::string read_host(std::string_view host, std::string_view whole) {
    if (host.empty()) {
        throw UrlError(
            fmt::format("{} names no host: write ws://127.0.0.1:port/path", quoted(whole)));
    }
    auto const odd = host.find_first_of("%\\<>\"^`{|}[]");
    if (odd != std::string_view::npos) {
        throw UrlError(
            fmt::format("host {} contains '{}', which no host name has", quoted(host), host[odd]));
    }
    return std::string{host};
}

/// host, [IPv6], each with or without port (RFC 3986 3.2).
void read_authority(std::string_view authority, std::string_view whole, Url& url) {
    if (authority.find('@') != std::string_view::npos) {
        throw UrlError(fmt::format(
            "{} contains a user name, which a WebSocket URL cannot (RFC 6455 3): leave it out and "
            "send credentials as a header field",
            quoted(whole)));
    }
    if (authority.starts_with('[')) {
        auto const end = authority.find(']');
        url.host = std::string{authority.substr(1, std::min(end, authority.size()) - 1)};
        auto const after =
            end == std::string_view::npos ? std::string_view{} : authority.substr(end + 1);
        if (end == std::string_view::npos || !is_ipv6(url.host) ||
            !(after.empty() || after.starts_with(':'))) {
            throw UrlError(
                fmt::format("{} has no valid IPv6 address in its brackets: write "
                            "ws://[::1]:port/path",
                            quoted(whole)));
        }
        url.port = read_port(after.empty() ? after : after.substr(1), url.tls, whole);
        return;
    }
    auto const colon = authority.find(':');
    if (colon != authority.rfind(':')) {
        throw UrlError(
            fmt::format("{} has more than one ':' in its host: an IPv6 address stands in brackets, "
                        "ws://[::1]:port/path",
                        quoted(whole)));
    }
    url.host = read_host(authority.substr(0, colon), whole);
    url.port = read_port(
        colon == std::string_view::npos ? std::string_view{} : authority.substr(colon + 1), url.tls,
        whole);
}

std::string bracketed(std::string const& host) {
    return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

}  // namespace

std::string Url::host_field() const {
    if (port == default_port(tls)) return bracketed(host);
    return fmt::format("{}:{}", bracketed(host), port);
}

std::string Url::text() const {
    return fmt::format("{}://{}{}", tls ? "wss" : "ws", host_field(), resource_name);
}

Url parse_url(std::string_view text) {
    if (text.empty()) throw UrlError("the URL is empty: write ws://host:port/path");
    refuse_odd_characters(text);
    Url url;
    auto rest = text;
    url.tls = take_scheme(rest);
    if (rest.find('#') != std::string_view::npos) {
        throw UrlError(fmt::format(
            "{} contains a fragment, which a WebSocket URL cannot (RFC 6455 3): remove it, or "
            "write %23 for '#'",
            quoted(text)));
    }
    auto const path = std::min(rest.find_first_of("/?"), rest.size());
    read_authority(rest.substr(0, path), text, url);
    auto const resource = rest.substr(path);
    url.resource_name = resource.starts_with('/') ? "" : "/";
    url.resource_name += resource;
    return url;
}

}  // namespace wsproof::net
