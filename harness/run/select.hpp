// The grammar of `-s`: which variants a run plays.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/script/catalogue.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::run {

/// An expression matches nothing or cannot be read; the words suggest the nearest name.
class SelectError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Expressions: an id or glob ("closing/*", "framing/unmasked-frame#ping"), a tag ("@must",
/// "@deflate"), "rfc:5.5.1", "autobahn:7.9.*"; a leading "!" removes. No expression: everything for
/// the role.
std::vector<script::Variant const*> select(script::Catalogue const& catalogue,
                                           wire::Role target_role,
                                           std::span<std::string const> expressions);

}  // namespace wsproof::run
