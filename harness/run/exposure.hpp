// What a server takes for proof of who is there, as far as a page of another site could borrow it:
// it decides how much a careless check of Origin matters (RFC 6455 10.2, 10.5).
#pragma once

#include <optional>
#include <string>

#include "harness/play/player.hpp"

namespace wsproof::run {

enum class Credentials : std::uint8_t {
    none,                 ///< none is known: a public service, or nobody has said
    token,                ///< something that the page itself has to send
    cookie,               ///< sent by browsers unasked
    http_authentication,  ///< the same
    client_certificate,   ///< the same
    network,              ///< to be able to reach the server
};

/// Browsers send it along whichever page opens the connection.
constexpr bool is_ambient(Credentials credentials) noexcept {
    return credentials == Credentials::cookie || credentials == Credentials::http_authentication ||
           credentials == Credentials::client_certificate;
}

/// A message that only a connection of somebody known answers so.
struct Canary {
    std::string send = {};    ///< empty: there is none
    std::string expect = {};  ///< what a text message that answers it contains
};

/// What the owner says.
struct Claims {
    std::optional<Credentials> credentials = std::nullopt;
    bool client_certificate = false;  ///< one is shown in every connection
    bool local = false;               ///< the service is meant for its users' own machines
    Canary canary = {};
};

struct Exposure {
    Credentials credentials = Credentials::none;
    bool proven = false;     ///< seen to be needed, or said by the owner
    std::string words = {};  ///< how that is known, in a sentence
    bool on_loopback = false;
};

/// Opens a few connections, with the credentials of the setting and without them.
Exposure expose(play::Setting const& setting, play::Connect const& connect, Claims const& claims);

/// A second look at an origin that was let in.
struct SecondLook {
    bool let_in = false;
    bool answered = false;  ///< the canary
};
SecondLook look_again(play::Setting setting, play::Connect const& connect,
                      std::string const& origin, Canary const& canary);

}  // namespace wsproof::run
