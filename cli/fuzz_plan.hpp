// What the options of `wsproof fuzz` come to.
#pragma once

#include "cli/values.hpp"
#include "fuzz/campaign.hpp"

namespace wsproof::cli {

/// Without the corpus. Throws UsageError.
fuzz::Plan fuzz_plan_of(Values const& values, script::Catalogue const& catalogue);

}  // namespace wsproof::cli
