#include "fuzz/targets/hearing_endpoint.hpp"

#include <fmt/format.h>

#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/masking.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::fuzz {
namespace {

std::string_view extension_field(bool deflate) {
    return deflate ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "";
}

std::optional<wire::StatusCode> code_in(wire::FrameHeader const& header, wire::Bytes body) {
    if (header.masking_key) wire::mask(body, *header.masking_key);
    if (body.size() < 2) return std::nullopt;
    return static_cast<wire::StatusCode>(std::to_integer<unsigned>(body[0]) << 8U |
                                         std::to_integer<unsigned>(body[1]));
}

}  // namespace

std::optional<wire::StatusCode> code_sent_in(wire::ByteView output) {
    while (auto const decoded = wire::decode_header(output)) {
        output = output.subspan(decoded->size);
        auto const& header = decoded->header;
        if (header.payload_length > output.size()) break;
        auto const payload = output.first(static_cast<std::size_t>(header.payload_length));
        if (header.opcode == wire::Opcode::close)
            return code_in(header, {payload.begin(), payload.end()});
        output = output.subspan(payload.size());
    }
    return std::nullopt;
}

std::string response_to(std::string_view request, bool deflate) {
    constexpr std::string_view field = "Sec-WebSocket-Key: ";
    auto const at = request.find(field) + field.size();
    auto const key = request.substr(at, request.find("\r\n", at) - at);
    return fmt::format(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: {}\r\n{}\r\n",
        wire::accept_value(key), extension_field(deflate));
}

std::string request_offering(bool deflate) {
    return fmt::format(
        "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\nSec-WebSocket-Version: 13\r\n{}\r\n",
        extension_field(deflate));
}

wire::ByteView behind_head(wire::ByteView bytes) {
    constexpr std::string_view end = "\r\n\r\n";
    auto const text = wire::as_text(bytes);
    auto const at = text.starts_with("HTTP/") || text.starts_with("GET ") ? text.find(end)
                                                                          : std::string_view::npos;
    return at == std::string_view::npos ? bytes : bytes.subspan(at + end.size());
}

}  // namespace wsproof::fuzz
