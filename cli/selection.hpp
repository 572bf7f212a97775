// Which cases a command is about: the catalogue, and what -s, --select-file, --profile and [[skip]]
// make of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/config.hpp"
#include "cli/values.hpp"
#include "harness/run/repetition.hpp"
#include "harness/run/select.hpp"
#include "harness/script/catalogue.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::cli {

/// The built-in cases and those of --cases. Throws UsageError with file and line.
script::Catalogue load_cases(Values const& values);

/// Their files, with those of these folders. Throws UsageError when one is no folder.
std::vector<script::SourceFile> case_files(std::vector<std::string> const& folders,
                                           std::string_view place);

/// What -s and --select-file say, expression by expression.
std::vector<std::string> expressions_of(Values const& values);

/// What --profile says to choose from.
run::Breadth breadth_of(Values const& values, std::string_view otherwise = "default");

/// --shard; throws UsageError unless it is I/N.
std::optional<run::Shard> shard_of(Values const& values);

/// --retries and --repeat; throws UsageError for both at once, and for numbers out of proportion.
run::Repetition repetition_of(Values const& values);

/// What -s, --select-file, --profile and --shard leave. Throws UsageError when an expression
/// matches nothing.
std::vector<script::Variant const*> selected(script::Catalogue const& catalogue,
                                             Values const& values, wire::Role role);
std::vector<script::Variant const*> selected(script::Catalogue const& catalogue,
                                             std::vector<std::string> const& expressions,
                                             wire::Role role);

/// What the arguments of a command choose as well. Cases for servers and for clients, unless --role
/// says whose.
std::vector<script::Variant const*> selected_without_target(script::Catalogue const& catalogue,
                                                            Values const& values);

/// Ids that the config file leaves out, and why.
std::map<std::string, std::string> skips_of(script::Catalogue const& catalogue,
                                            Config const& config, wire::Role role);

}  // namespace wsproof::cli
