// Which nouns make sense for whom a rule binds: nobody answers a server's rule with a response.
#pragma once

#include <optional>
#include <string>

#include "harness/script/case.hpp"

namespace wsproof::script {

struct Misfit {
    Place at = {};
    std::string words = {};
};

/// The first output or pattern that cannot happen when the peer has the role that the rule binds.
std::optional<Misfit> misfit_with(Binds binds, Variant const& variant);

}  // namespace wsproof::script
