// What the owner of a target says about who may connect (docs/auth.md): options and the section
// [target.NAME.auth], checked, as the player wants it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/values.hpp"
#include "harness/play/player.hpp"

namespace wsproof::cli {

/// Adds the token to what every opening handshake carries, and what the auth cases need. Throws
/// UsageError: one line that says what is missing, and never a token.
void read_authentication(Values const& values, play::Setting& setting);

/// A ticket for one connection, from whoever issues them. Throws play::Unreachable.
std::string ticket_from(std::string const& command);

/// What nobody but the target may see, wherever the user gave it.
class Secrets {
public:
    Secrets(Values const& values, std::string_view url);
    /// The text without any of them.
    std::string hidden_in(std::string text) const;

private:
    std::vector<std::string> secrets_ = {};
};

/// Refuses a value that cannot stand in a field of a request; `what` names it: "--cookie: the value
/// of sid". Throws UsageError.
void check_field_text(std::string_view what, std::string_view text);

}  // namespace wsproof::cli
