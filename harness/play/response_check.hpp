// Checks that every response to an opening handshake gets, whatever the case (RFC 6455 4.1, 4.2.2).
#pragma once

#include <optional>
#include <vector>

#include "harness/play/assembler.hpp"
#include "harness/play/event.hpp"

namespace wsproof::play {

/// `request` is the one that is answered; nothing when what was sent could not be read as one.
Response check_response(wire::HttpHead head, std::optional<wire::HttpHead> const& request);

/// What a 101 agreed on for the messages of that side; nothing without permessage-deflate.
std::optional<Compression> compression_in(Response const& response,
                                          wire::Role sender = wire::Role::server);

}  // namespace wsproof::play
