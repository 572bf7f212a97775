// The outcomes that may follow what was sent, as `expect` lists them (docs/verdicts.md): one
// function a situation.
#pragma once

#include <optional>
#include <string>

#include "harness/script/case.hpp"
#include "reference_impl/protocol/fault.hpp"

namespace wsproof::fuzz {

/// A message as the application of the target gets it.
struct Delivered {
    wire::Opcode opcode = wire::Opcode::text;
    wire::Bytes data = {};
};

script::Pattern echo_pattern(Delivered const& message);

/// The echo. A message that is long may be too long for the target (RFC 6455 10.4).
script::Expect expect_echo(Delivered const& message, bool is_long);

/// The connection is failed, by a receiver that has none of the faults; `code` is what the
/// reference would say. `body` is that of the Close frame that did it, if one did.
script::Expect expect_failure(reference::Fault fault, wire::StatusCode code,
                              std::optional<wire::Bytes> const& body);

/// The Close frame that answers a valid one, before data that came behind it is answered.
script::Expect expect_close(std::optional<wire::StatusCode> code,
                            std::vector<Delivered> const& behind);

/// The end of the transport behind the Close frames.
script::Expect expect_closed(std::vector<Delivered> const& behind);
/// FIN from our side alone: nobody demands that the other side ends as well (7.2.1).
script::Expect expect_end_behind_eof();

}  // namespace wsproof::fuzz
