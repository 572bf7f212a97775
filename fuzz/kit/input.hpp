// Inputs of a target: texts of case files to sessions and back, changed on the way.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "fuzz/dice.hpp"
#include "fuzz/generate.hpp"
#include "fuzz/session.hpp"

namespace wsproof::kit {

/// Changes bytes in place, at most `max_size` of them; gives their number. Empty: nobody can.
using ChangeBytes =
    std::function<std::size_t(std::uint8_t* data, std::size_t size, std::size_t max_size)>;

/// The session that a case file tells, of its first variant; nothing when it tells none, or one
/// that means other bytes elsewhere.
std::optional<fuzz::Session> session_in(std::string_view text);

/// The session as a case file of at most so many bytes, with writes left out at its end if need be;
/// nothing when even one without writes is longer.
std::optional<std::string> text_of(fuzz::Session session, std::size_t max_size);

/// A session to begin with: a legal one, or what a case of the catalogue sends.
fuzz::Session new_session(fuzz::Dice& dice, fuzz::Phases const& phases);

/// A change to a session or a few; `change_bytes` may be asked to change a payload.
void change(fuzz::Session& session, fuzz::Dice& dice, fuzz::Phases const& phases,
            ChangeBytes const& change_bytes);

}  // namespace wsproof::kit
