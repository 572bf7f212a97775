// How a target wants to know who connects, as its owner says (docs/auth.md): what every opening
// handshake carries from then on, and the words of the cases in auth/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/play/player.hpp"

namespace wsproof::play {

/// Where the token stands.
enum class AuthScheme : std::uint8_t { first_message, query, cookie, header, subprotocol };

struct Authentication {
    std::vector<AuthScheme> schemes = {};
    std::string token = {};           ///< a good one, or `ticket_mark`
    std::string expired_token = {};   ///< one that has run out; empty: there is none at hand
    std::string parameter = "token";  ///< its name in the query
    std::string cookie = "session";   ///< its name among the cookies
    std::string message = "{token}";  ///< the first message
};

/// Puts the token where each scheme has it, unless it stands there, and the words of the cases into
/// the setting.
void authenticate(Setting& setting, Authentication const& by);

/// The word that a setting has if the target meets a need such as "auth-query"; empty: none.
std::string word_of_need(std::string_view need);

}  // namespace wsproof::play
