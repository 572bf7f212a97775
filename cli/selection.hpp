// Which cases a command is about: the catalogue, and what -s, --select-file, --profile and [[skip]]
// make of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/config.hpp"
#include "cli/values.hpp"
#include "harness/script/catalogue.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::cli {

/// The built-in cases, or those of --cases. Throws UsageError with file and line.
script::Catalogue load_cases(Values const& values);

/// What -s and --select-file say, expression by expression.
std::vector<std::string> expressions_of(Values const& values);

/// Throws UsageError when an expression matches nothing.
std::vector<script::Variant const*> selected(script::Catalogue const& catalogue,
                                             Values const& values, wire::Role role);
std::vector<script::Variant const*> selected(script::Catalogue const& catalogue,
                                             std::vector<std::string> const& expressions,
                                             wire::Role role);

/// Cases for servers and for clients: an expression may be about either. All without expressions.
std::vector<script::Variant const*> selected_for_any_role(
    script::Catalogue const& catalogue, std::vector<std::string> const& expressions);

/// Ids that the config file leaves out, and why.
std::map<std::string, std::string> skips_of(script::Catalogue const& catalogue,
                                            Config const& config, wire::Role role);

}  // namespace wsproof::cli
