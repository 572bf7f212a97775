// What mutants do to messages and Pongs on their way to the application and back.
#pragma once

#include "reference_impl/protocol/endpoint.hpp"
#include "reference_impl/protocol/fault.hpp"

namespace wsproof::reference {

/// False when the message is lost. `earlier_data` is what the mutant failed to forget.
bool garble(Message& message, wire::Bytes& earlier_data, Faults const& faults);

/// The data of the Pong that answers a Ping with this payload (RFC 6455 5.5.3).
wire::Bytes garbled_pong(wire::ByteView payload, Faults const& faults);

}  // namespace wsproof::reference
