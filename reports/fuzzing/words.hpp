// A campaign in words, for every report that people read.
#pragma once

#include <cstddef>
#include <string>

#include "reports/model.hpp"

namespace wsproof::report {

/// "17,418 sessions, 48,920 exchanges in 20.0 s; 1,762 states; 2 findings".
std::string figures_words(Fuzzing const& fuzzing);

/// "2 findings, 30 known": those that came again.
std::string findings_words(Fuzzing const& fuzzing);

/// "first in session 17, 12 sessions came to it; 3 frames".
std::string seen_words(FuzzFinding const& finding);

/// "accepts-rsv1, accepts-rsv2": mistakes of the reference that do the same; empty: none does.
std::string faults_words(FuzzFinding const& finding);

/// The variant of its result.
std::string variant_of(FuzzFinding const& finding);

/// The finding that a result is about; nothing in a report without a campaign.
FuzzFinding const* finding_of(Report const& report, std::string const& variant);

}  // namespace wsproof::report
