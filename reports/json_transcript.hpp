// Transcripts as JSON: the story for people, and the arrivals that judging again is fed with.
#pragma once

#include "harness/play/transcript.hpp"
#include "reports/node.hpp"

namespace wsproof::report {

Json entries_json(std::vector<play::Entry> const& entries);
Json arrivals_json(std::vector<play::Arrival> const& arrivals);

/// From a result. One without arrivals comes back as not complete: it cannot be judged again.
play::Transcript read_transcript(Node const& result);

}  // namespace wsproof::report
