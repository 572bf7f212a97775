// Whether a server's answer to offers of permessage-deflate is one that it may give (RFC 7692 5,
// 7).
#pragma once

#include <vector>

#include "harness/play/event.hpp"
#include "reference_impl/wire/extensions.hpp"

namespace wsproof::play {

/// What is wrong with the answer, under the rule that says so; nothing when one of the offers
/// explains it.
std::vector<Defect> check_deflate_answer(std::vector<wire::Extension> const& offers,
                                         wire::Extension const& answer);

}  // namespace wsproof::play
