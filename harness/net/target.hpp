// How a live target is reached: URL, address family, TLS (RFC 6455 3, 4.1).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "harness/play/peer.hpp"

namespace wsproof::net {

/// The URL cannot be used; the words say what is wrong and what to write instead.
class UrlError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Url {
    bool tls = false;
    std::string host = {};  ///< without the brackets of an IPv6 literal
    std::uint16_t port = 80;
    std::string resource_name = "/";  ///< path and query (RFC 6455 3)
    std::string host_field() const;   ///< value of Host: with port unless it is the scheme's own
    std::string text() const;         ///< the URL again
};

/// Reads ws:// and wss:// (http and https are taken for them; a bare host:port for ws). Throws
/// UrlError.
Url parse_url(std::string_view text);

struct TlsOptions {
    bool insecure = false;
    std::string ca_file = {};
    std::string certificate_file = {};
    std::string key_file = {};
    std::string server_name = {};  ///< SNI and name to verify; default: the URL's host
    std::string minimum = {};      ///< "1.2" or "1.3"
    std::string maximum = {};
    std::string keylog_file = {};  ///< NSS key log lines are appended
};

enum class Family : std::uint8_t { any, ipv4, ipv6 };

struct TargetOptions {
    Url url = {};
    TlsOptions tls = {};
    Family family = Family::any;
    std::string unix_socket = {};  ///< path; the URL then gives Host and resource name only
    std::chrono::milliseconds connect_timeout{5000};
    std::chrono::milliseconds send_timeout{30000};  ///< for a peer that does not read
};

/// Connects anew at every call; resolves once. Throws play::Unreachable (from the calls) and
/// UrlError or std::runtime_error with one clear line (from here) when files or options cannot be
/// used.
play::Connect connector(TargetOptions const& options);

/// The TLS version that such a connector agrees on, for the report: connects once to learn it
/// ("TLSv1.3"). Empty without TLS. Throws play::Unreachable.
std::string negotiated_tls(TargetOptions const& options);

}  // namespace wsproof::net
