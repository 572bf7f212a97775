// Sessions as the bytes of their frames: where a comparison of raw streams begins.
#pragma once

#include "fuzz/session.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::fuzz {

/// Every frame of the session in its order, as the peer of that role sends it.
wire::Bytes stream_of(Session const& session, wire::Role sender);

/// An input of `differential`: legal traffic with a mutation or a few, from this seed.
wire::Bytes differential_input(std::uint64_t seed);

}  // namespace wsproof::fuzz
