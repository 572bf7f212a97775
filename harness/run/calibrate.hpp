// Finds out what a target does before it is judged: does it echo, answer pings, compress, talk
// unasked?
#pragma once

#include "harness/play/player.hpp"
#include "harness/run/profile.hpp"

namespace wsproof::run {

/// A handful of connections, a few round trips each. Deadlines of the run follow what it measures.
Profile calibrate(play::Setting const& setting, play::Connect const& connect);

/// The setting for a run: what calibration found, put into the setting it was made with.
play::Setting apply(Profile const& profile, play::Setting setting);

}  // namespace wsproof::run
