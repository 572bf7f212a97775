// Reports that were written before.
#pragma once

#include <string>
#include <vector>

#include "reports/model.hpp"

namespace wsproof::cli {

/// A report, or the journal of a run. Throws UsageError: the file cannot be read, is cut, or is
/// something else.
report::Report read_report(std::string const& path);

/// The same, one for each target of the document, less what a comparison does not look at.
std::vector<report::Report> read_reports_briefly(std::string const& path);

}  // namespace wsproof::cli
