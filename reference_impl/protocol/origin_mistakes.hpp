// The mistakes that servers make with Origin, each behind its fault: what is compared, and what
// else lets a request in (RFC 6455 10.2).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reference_impl/protocol/opening_fields.hpp"

namespace wsproof::reference {

/// Whether the request has an Origin, to a server with these faults.
bool sees_origin(Fields const& fields);

/// What is compared with the list, in lower case: the value of Origin, unless a fault takes
/// another.
std::vector<std::string> origins_of(Fields const& fields);

/// Whether a fault takes this origin for the allowed one. Both in lower case and not equal.
bool mistakes_origin(Fields const& fields, std::string_view origin, std::string_view allowed);

/// Whether a fault lets the request in for what stands beside its Origin.
bool mistakes_request(Fields const& fields, std::string_view allowed);

}  // namespace wsproof::reference
