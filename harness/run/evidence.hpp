// What a result tells about the target itself, whatever its verdict: was it there at all?
#pragma once

#include "harness/play/player.hpp"
#include "harness/run/profile.hpp"

namespace wsproof::run {

/// Connections were made and not one byte, FIN or RST came back.
bool is_unanswered(play::Result const& result);

/// A twin is good enough to judge its neighbour by: the legal thing worked.
bool is_good_twin(play::Verdict verdict);

/// Why the variant is not played against this target: a result to be filled in as it stands.
/// Nothing when it can be played.
std::optional<play::Result> ruled_out(script::Variant const& variant, Profile const& profile,
                                      play::Setting const& setting);

play::Result not_played(script::Variant const& variant, play::Verdict verdict, std::string reason,
                        std::optional<std::string> skip_reason = std::nullopt);

}  // namespace wsproof::run
