// Whom a server lets in by Origin (RFC 6455 4.2.2, 10.2; RFC 6454 7).
#pragma once

#include "reference_impl/protocol/endpoint.hpp"
#include "reference_impl/protocol/opening_fields.hpp"

namespace wsproof::reference {

bool is_let_in(Fields const& fields, OriginPolicy const& policy);

}  // namespace wsproof::reference
