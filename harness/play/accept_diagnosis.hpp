// What a server did instead when its Sec-WebSocket-Accept is wrong (RFC 6455 4.2.2).
#pragma once

#include <string>
#include <string_view>

namespace wsproof::play {

/// "hashed the key with a GUID that lacks its first digit"; empty when it cannot be told. `got` is
/// the value of the response, wrong for `key`.
std::string diagnose_accept(std::string_view key, std::string_view got);

}  // namespace wsproof::play
