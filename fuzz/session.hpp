// What the fuzzer tells one connection: data, without a word on what should follow
// (docs/fuzzing.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/script/case.hpp"

namespace wsproof::fuzz {

/// What goes out in one write.
struct Write {
    std::vector<script::Output> outputs = {};
    std::size_t chop = 0;  ///< bytes a segment; 0: all in one
    bool operator==(Write const&) const = default;
};

struct Session {
    /// A case that is played behind the writes, with the outcomes that it lists itself; it has to
    /// outlive the session. None: the model says what has to follow.
    script::Variant const* base = nullptr;
    std::vector<script::FieldDelta> fields = {};  ///< added to the request
    std::size_t chop = 0;                         ///< of the request, where the base sends it
    std::string extension = {};                   ///< offered: "permessage-deflate"
    std::vector<Write> writes = {};
    bool operator==(Session const&) const = default;
};

/// Frames that the session puts on the wire, those of its base included.
std::size_t frames_of(Session const& session);
std::size_t frames_of(script::Variant const& variant);

/// The session that a case tells: what it opens with and what it sends, without its outcomes.
/// Nothing when it does more than open one connection and send frames.
std::optional<Session> session_of(script::Variant const& variant);

/// The session as a case that asks for no more than that the connection goes on: the form in which
/// it is kept, and of which `session_of` makes it again.
script::Variant case_of(Session const& session);

/// Text where the bytes are UTF-8, else hexadecimal; a byte that comes again and again is written
/// once.
script::Payload payload_of(wire::ByteView bytes);

}  // namespace wsproof::fuzz
