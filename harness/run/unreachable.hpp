// Why a correct opening handshake came to nothing, in one line with the cure.
#pragma once

#include <chrono>
#include <string>

#include "harness/run/conversation.hpp"

namespace wsproof::run {

std::string reason_of(OpeningAnswer const& answer, play::Setting const& setting,
                      std::chrono::milliseconds waited);

}  // namespace wsproof::run
