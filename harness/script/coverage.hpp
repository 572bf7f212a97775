// What becomes of each normative statement: the cases that stand for it, or why there are none.
#pragma once

#include <string>
#include <vector>

#include "harness/script/catalogue.hpp"

namespace wsproof::script {

/// The rules that cover one statement, and what they come to.
struct Coverage {
    Statement const* statement = nullptr;
    std::vector<Rule const*> rules = {};
    std::vector<std::string> cases = {};  ///< ids of cases, each once, in order
    std::string reason = {};              ///< why there is no case; empty when there are some
};

/// One entry for every statement of the catalogue, in the order of document, section and number.
std::vector<Coverage> coverage_of(Catalogue const& catalogue);

}  // namespace wsproof::script
