// Holds a baseline against a report.
#pragma once

#include <string>
#include <vector>

#include "harness/script/catalogue.hpp"
#include "reports/model.hpp"

namespace wsproof::report {

/// Finds out what has become of every entry that is about the report's target, and leaves the
/// others out. Which day it is, the report says. The exit code is not touched.
void hold(Report& report, Baseline baseline, script::Catalogue const& catalogue);

/// Whether an entry about what campaigns find ("found/*") excuses this on that day, "2026-11-22";
/// `baseline` is that of one target.
bool excuses_finding(Baseline const& baseline, std::string const& signature,
                     std::string const& day);

/// Something that breaks the gate and that no entry excuses.
struct Unexcused {
    std::string subject = {};
    std::string signature = {};
};
std::vector<Unexcused> unexcused_of(Report const& report);

}  // namespace wsproof::report
