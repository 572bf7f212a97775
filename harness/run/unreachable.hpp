// Why a correct opening handshake came to nothing, in one line with the cure.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "harness/run/conversation.hpp"

namespace wsproof::run {

std::string reason_of(OpeningAnswer const& answer, play::Setting const& setting,
                      std::chrono::milliseconds waited);

/// Text of a peer without anything that a terminal would obey, at most so many bytes of it.
std::string visible(std::string_view text, std::size_t at_most);

}  // namespace wsproof::run
