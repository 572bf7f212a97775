// A campaign of a report as JSON, both ways.
#pragma once

#include <optional>

#include "reports/fuzzing/fuzzing.hpp"
#include "reports/node.hpp"
#include "reports/redact.hpp"

namespace wsproof::report {

Json fuzzing_json(Fuzzing const& fuzzing, Redactor const& redactor);

/// Of a whole report; nothing where it is not that of a campaign.
std::optional<Fuzzing> read_fuzzing(Node const& report);

}  // namespace wsproof::report
