// The report as SARIF 2.1.0, for code scanning: failures and findings, each at a place in a file.
#pragma once

#include <cstddef>
#include <string>

#include "reports/model.hpp"

namespace wsproof::report {

/// A server on the network has no place in a file, and services that show results want one: a file
/// of the repository that whoever has to mend something would look at.
struct SarifLocation {
    std::string path = "wsproof.toml";  ///< relative to the repository's root
    std::size_t line = 1;
};

/// What breaks the gate or departs, and every finding; an origin case that proves a finding is told
/// by that alone. Fingerprints are made of target, rule and cause: the same in every run.
std::string sarif(Report const& report, SarifLocation const& location);

}  // namespace wsproof::report
