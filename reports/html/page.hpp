// The report as one page that needs nothing but itself (docs/report.md).
#pragma once

#include <string>

#include "reports/model.hpp"

namespace wsproof::report {

/// Static HTML that reads whole without its script; no request leaves it, and no text of a peer is
/// markup in it.
std::string html_page(Report const& report);

}  // namespace wsproof::report
