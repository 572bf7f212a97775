#include "harness/run/unreachable.hpp"

#include <fmt/format.h>

#include "harness/play/words.hpp"

namespace wsproof::run {
namespace {

std::string location(OpeningAnswer const& answer) {
    return play::printable(answer.head.value_of("Location").value_or("(no Location)"), 200);
}

/// What to do about a response that is not 101.
std::string cure(OpeningAnswer const& answer, play::Setting const& setting) {
    switch (answer.status) {
        case 301:
        case 302:
        case 303:
        case 307:
        case 308:
            return fmt::format("it redirects to {}: test that URL", location(answer));
        case 401:
            return "it wants credentials: -u USER:PASSWORD, -H 'Authorization: ...', a cookie "
                   "(-b), "
                   "or a token (--auth-scheme, --auth-token)";
        case 403:
            return "it forbids the connection: it may want another Origin (--allowed-origin), a "
                   "cookie (-b), a header (-H), or a token (--auth-scheme, --auth-token)";
        case 404:
            return fmt::format(
                "give the path of its WebSocket endpoint, e.g. ws://{}/ws or --path /ws",
                setting.host);
        case 400:
        case 426:
            return "it saw no acceptable upgrade: a proxy in between may strip Upgrade and "
                   "Connection, or the endpoint wants a subprotocol (--subprotocol) or an Origin "
                   "(--origin)";
        default:
            break;
    }
    if (answer.status / 100 == 2)
        return "it served an ordinary page: give the path of its WebSocket endpoint (--path)";
    if (answer.status / 100 == 5)
        return "the server, or the proxy before it, is in trouble: look into its log";
    return "wsproof needs an endpoint that answers 101";
}

bool looks_like_tls(wire::ByteView bytes) {
    // An alert or handshake record: content type 21 or 22, then major version 3 (RFC 8446 5.1).
    return bytes.size() >= 2 && (bytes[0] == std::byte{21} || bytes[0] == std::byte{22}) &&
           bytes[1] == std::byte{3};
}

}  // namespace

std::string reason_of(OpeningAnswer const& answer, play::Setting const& setting,
                      std::chrono::milliseconds waited) {
    auto const target = play::printable(setting.resource_name, 200);
    switch (answer.kind) {
        case OpeningAnswer::Kind::response:
            return fmt::format("the server answered {} to {}: {}", answer.status, target,
                               cure(answer, setting));
        case OpeningAnswer::Kind::not_http:
            if (looks_like_tls(answer.first_bytes))
                return "the server speaks TLS on this port: use wss:// instead of ws://";
            return fmt::format(
                "the server answered the opening handshake with something that is not HTTP "
                "('{}'): is this the right port?",
                play::printable(wire::as_text(answer.first_bytes), 40));
        case OpeningAnswer::Kind::ended:
            return fmt::format(
                "the server closed the connection without an answer to GET {}: is this the port of "
                "a WebSocket server? If it wants TLS, use wss://",
                target);
        case OpeningAnswer::Kind::silence:
            return fmt::format(
                "the server accepted the connection but did not answer the opening handshake "
                "within {} ms: is this the port of a WebSocket server? If it wants TLS, use "
                "wss://; if it is slow, use --timeout-scale",
                waited.count());
    }
    return {};
}

}  // namespace wsproof::run
