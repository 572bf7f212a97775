// Names of faults on the command line.
#pragma once

#include <string>
#include <vector>

#include "harness/script/catalogue.hpp"
#include "reference_impl/protocol/fault.hpp"

namespace wsproof::cli {

/// Throws UsageError with the nearest name.
reference::Faults faults_named(std::vector<std::string> const& names);

/// One fault a line, with what its bearer does wrong.
std::string fault_list(script::Catalogue const& catalogue);

}  // namespace wsproof::cli
