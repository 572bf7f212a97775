// What a case says of rules, faults and other cases, checked against all that is known of them.
#pragma once

#include <set>
#include <string>

#include "harness/script/catalogue.hpp"

namespace wsproof::script {

/// Files that could not be read: what others say of them is not held against those.
struct Unread {
    std::set<std::string, std::less<>> ids = {};  ///< of cases, and "rules" and "faults"
};

void cross_check(Variant const& variant, SourceFile const& file, Catalogue const& catalogue,
                 Unread const& unread, Complain const& complain);

}  // namespace wsproof::script
