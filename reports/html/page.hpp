// The report as a page (docs/report.md).
#pragma once

#include <string>

#include "reports/html/frame.hpp"
#include "reports/model.hpp"

namespace wsproof::report {

/// Static HTML in which every verdict, and all about what failed, can be read without its script;
/// no request leaves it, and no text of a peer is markup in it. `stem` names what stands beside it
/// when assets are external: STEM.css and STEM.js.
std::string html_page(Report const& report, Assets assets = Assets::inlined,
                      std::string const& stem = "report");

/// What stands beside it; the same for every report.
std::string report_style_sheet();
std::string report_script_file();

}  // namespace wsproof::report
