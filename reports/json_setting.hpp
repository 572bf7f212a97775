// What the cases were played with, and what calibration found, as JSON both ways.
#pragma once

#include "reports/node.hpp"
#include "reports/redact.hpp"

namespace wsproof::report {

/// Less the seed: that is the run's.
Json setting_json(play::Setting const& setting, Redactor const& redactor);
play::Setting read_setting(Node const& node);

Json profile_json(run::Profile const& profile);
run::Profile read_profile(Node const& node);

}  // namespace wsproof::report
