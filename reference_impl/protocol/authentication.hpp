// Whom a server lets in by a token in the opening handshake (RFC 6455 10.5, RFC 9110 11.6, RFC
// 6265), and the mistakes that servers make with it, each behind its fault.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference_impl/protocol/opening_rules.hpp"

namespace wsproof::reference {

/// What a request presents where this server looks for a token, in order.
std::vector<std::string> tokens_of(RequestFacts const& facts);

/// No octets of RFC 6750 2.1, or more of them than anybody needs.
bool is_odd_token(std::string_view token);

bool asks_for_header(RequestFacts const& facts);
/// There is one, or this server does not look for one in the opening handshake.
bool presents_a_token(RequestFacts const& facts);
bool presents_the_token(RequestFacts const& facts);

/// Whether a server with these faults takes this for its token.
bool is_the_token(std::string_view token, Authentication const& policy, Faults const& faults);

/// Set-Cookie as this server sends it.
std::string set_cookie(Authentication const& policy, Faults const& faults);

}  // namespace wsproof::reference
