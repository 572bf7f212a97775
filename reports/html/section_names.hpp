// What the RFCs call their sections.
#pragma once

#include <string_view>

namespace wsproof::report {

/// "Ping" for "RFC 6455" and "5.5.2"; empty where it is not known.
std::string_view section_name(std::string_view document, std::string_view number);

}  // namespace wsproof::report
