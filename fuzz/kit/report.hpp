// A finding of the kit for people: what was expected, what came, and the session as a case.
#pragma once

#include <string>
#include <string_view>

#include "fuzz/finding.hpp"

namespace wsproof::kit {

/// The text of the finding's case file.
std::string finding_file(fuzz::Finding const& finding);

/// `delivery`: how the bytes came to the implementation.
std::string report_on(fuzz::Finding const& finding, std::string_view delivery);

}  // namespace wsproof::kit
