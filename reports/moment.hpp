// Moments as RFC 3339 writes them.
#pragma once

#include <chrono>
#include <string>

namespace wsproof::report {

/// Since 1970, of a moment in UTC; 0 when it is none.
std::chrono::seconds moment(std::string const& words);

}  // namespace wsproof::report
