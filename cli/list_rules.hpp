// `wsproof list --rules`: what becomes of every normative statement of the RFCs.
#pragma once

#include <string>
#include <vector>

#include "harness/script/catalogue.hpp"

namespace wsproof::cli {

/// One entry a statement: its rules and those of the variants' cases that stand for it, or the
/// reason why there are none. All statements when the variants are the whole catalogue, else only
/// those that the variants stand for.
std::string rules_listed(script::Catalogue const& catalogue,
                         std::vector<script::Variant const*> const& variants, bool as_json);

}  // namespace wsproof::cli
