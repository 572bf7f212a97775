#include "reference_impl/protocol/origin.hpp"

#include <algorithm>
#include <span>

#include "reference_impl/protocol/origin_mistakes.hpp"

namespace wsproof::reference {

bool is_let_in(Fields const& fields, OriginPolicy const& policy) {
    if (!sees_origin(fields)) return !policy.require;
    if (policy.allowed.empty()) return true;
    // 4.2.2: compared in its ASCII serialisation, lower case.
    auto const origins = origins_of(fields);
    std::span known{policy.allowed};
    if (fields.lacks(Fault::knows_one_origin_only)) known = known.first(1);
    return std::ranges::any_of(known, [&](auto const& allowed) {
        auto const ours = lower_case(allowed);
        return mistakes_request(fields, ours) || std::ranges::any_of(origins, [&](auto const& one) {
                   return one == ours || mistakes_origin(fields, one, ours);
               });
    });
}

}  // namespace wsproof::reference
