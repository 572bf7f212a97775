// A baseline in the JSON report, under "gate".
#pragma once

#include "reports/baseline/baseline.hpp"
#include "reports/node.hpp"

namespace wsproof::report {

Json baseline_json(Baseline const& baseline);
/// Throws ReportError.
Baseline read_baseline(Node const& node);

}  // namespace wsproof::report
