// Properties of an endpoint, for one that has faults: the tests show with mutants that each can
// fail.
#pragma once

#include "reference_impl/protocol/fault.hpp"
#include "reference_impl/wire/bytes.hpp"

namespace wsproof::fuzz {

void check_delivery_invariance(wire::ByteView data, reference::Faults const& faults);
void check_session(wire::ByteView data, reference::Faults const& faults);
void check_silence_after_failing(wire::ByteView data, reference::Faults const& faults);
void check_opening_request(wire::ByteView data, reference::Faults const& faults);
void check_opening_response(wire::ByteView data, reference::Faults const& faults);
void check_extensions(wire::ByteView data, reference::Faults const& faults);

}  // namespace wsproof::fuzz
