// A peer that does what the input says, in virtual time; it can answer as a good peer would, since
// no input guesses an accept value or a token.
#pragma once

#include "fuzz/targets/input.hpp"
#include "harness/play/peer.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::fuzz {

/// What a peer does when it is listened to: a byte each, and these or more is a number of bytes
/// that follow and are sent as they are.
enum Deed : std::uint8_t {
    ends,                ///< FIN; also when the input is at its end
    resets,              ///< RST
    waits,               ///< says nothing until the deadline
    opens,               ///< the right request or response
    opens_with_deflate,  ///< the same with permessage-deflate
    answers,             ///< what answers the last frame: Pong, echo, Close
    says,
};

/// All connections of a case go on in one input.
play::Connect to_scripted_peer(wire::Role role, Input& input);

}  // namespace wsproof::fuzz
