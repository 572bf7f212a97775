// Options about whose pages a target lets in, read and checked.
#pragma once

#include <string>
#include <vector>

#include "cli/values.hpp"
#include "harness/run/exposure.hpp"
#include "reports/security/security.hpp"

namespace wsproof::cli {

/// --allowed-origin; throws UsageError for what is no origin and no pattern of one.
std::vector<std::string> allowed_origins_of(Values const& values);
/// An origin without a "*" that such a pattern lets in.
std::string example_of(std::string pattern);

report::OriginCheck origin_check_of(Values const& values);
/// What else the owner says; throws UsageError for a canary that is only half there.
run::Claims claims_of(Values const& values);

}  // namespace wsproof::cli
