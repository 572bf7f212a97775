// One expression of `-s` (docs/cli.md): what it chooses, and what somebody meant who mistyped it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/script/catalogue.hpp"

namespace wsproof::run {

/// The case asks for a limit (the folder or tag "limits"): how much a peer can take is no matter of
/// the protocol, so such a case is never counted with the others.
bool is_limit(std::string_view case_id, std::vector<std::string> const& tags);
/// Its time is out of proportion to that of the others (the tag "slow").
bool is_slow(script::Variant const& variant);

/// An expression without its "!": an id or glob, "@tag", "rfc:5.5.1", "autobahn:7.*".
bool matches(std::string_view expression, script::Variant const& variant,
             script::Catalogue const& catalogue);

/// The nearest name of the same kind; empty when none is near.
std::string meant_by(std::string_view expression, script::Catalogue const& catalogue);

/// What there is to write in an expression: ids, folders, tags, sections, numbers of Autobahn.
std::vector<std::string> all_expressions(script::Catalogue const& catalogue);

}  // namespace wsproof::run
