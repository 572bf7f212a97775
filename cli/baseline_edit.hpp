// Changes to the text of a baseline that leave alone whatever else stands in it.
#pragma once

#include <string>

#include "cli/baseline_file.hpp"
#include "reports/baseline/hold.hpp"

namespace wsproof::cli {

/// A baseline without entries.
std::string empty_baseline();

/// The text with an entry for everything that breaks the gate of the report, and the number of
/// cases that it judged.
std::string with_failures(BaselineFile const& file, report::Report const& report);

/// The text without the entries that the report shows to be fixed or about no case, and without the
/// comments right above them.
std::string without_outdated(BaselineFile const& file, report::Baseline const& held);

}  // namespace wsproof::cli
