// Our side of the opening handshake: a correct request, a correct 101, and what a case changes in
// them (RFC 6455 4.1, 4.2.2).
#pragma once

#include <string>

#include "harness/play/encode.hpp"
#include "harness/play/event.hpp"
#include "harness/script/case.hpp"

namespace wsproof::play {

/// What `open` asks for beyond a plain opening handshake.
struct Wishes {
    std::string extension = {};
    std::string subprotocol = {};
};

/// With the key of the encoding.
wire::Bytes encode(script::RequestOutput const& output, Wishes const& wishes,
                   Encoding const& encoding);

/// Answers `request`.
wire::Bytes encode(script::ResponseOutput const& output, Wishes const& wishes,
                   wire::HttpHead const& request, Encoding const& encoding);

/// Checks a client's request (4.1, 4.2.1).
Request check_request(wire::HttpHead head);

/// True when the request offers an extension of that name.
bool offers(wire::HttpHead const& request, std::string_view extension_name);

/// The name at the start of a Sec-WebSocket-Extensions element.
std::string extension_name(std::string_view element);

}  // namespace wsproof::play
