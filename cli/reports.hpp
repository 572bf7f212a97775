// Reports that were written before.
#pragma once

#include <string>

#include "reports/model.hpp"

namespace wsproof::cli {

/// A report, or the journal of a run. Throws UsageError: the file cannot be read, is cut, or is
/// something else.
report::Report read_report(std::string const& path);

}  // namespace wsproof::cli
