// `wsproof list --rules`: what becomes of every normative statement of the RFCs.
#pragma once

#include <span>
#include <string>

#include "harness/script/catalogue.hpp"

namespace wsproof::cli {

/// One entry a statement: its rule and the cases that stand for it, or the reason why there are
/// none. Expressions are those of `-s`: only the statements of the cases that they choose; without
/// any, all statements. Throws UsageError.
std::string rules_listed(script::Catalogue const& catalogue,
                         std::span<std::string const> expressions, bool as_json);

}  // namespace wsproof::cli
