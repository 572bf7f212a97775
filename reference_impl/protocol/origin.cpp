#include "reference_impl/protocol/origin.hpp"

#include <algorithm>

namespace wsproof::reference {
namespace {

std::string_view without_scheme(std::string_view origin) {
    auto const end = origin.find("://");
    return end == std::string_view::npos ? origin : origin.substr(end + 3);
}

bool matches(std::string_view origin, std::string_view allowed, Fields const& fields) {
    auto const host = without_scheme(allowed);
    if (fields.lacks(Fault::matches_origin_by_prefix)) return origin.starts_with(allowed);
    if (fields.lacks(Fault::matches_origin_by_suffix)) return origin.ends_with(host);
    if (fields.lacks(Fault::matches_origin_by_substring))
        return origin.find(host) != std::string_view::npos;
    if (fields.lacks(Fault::ignores_scheme_of_origin)) return without_scheme(origin) == host;
    return origin == allowed;
}

}  // namespace

bool is_let_in(Fields const& fields, OriginPolicy const& policy) {
    if (!fields.has("Origin")) return !policy.require;
    if (policy.allowed.empty()) return true;
    auto const spelled = fields.first("Origin");
    if (fields.lacks(Fault::trusts_null_origin) && spelled == "null") return true;
    // 4.2.2: compared in its ASCII serialisation, lower case.
    auto const origin = lower_case(spelled);
    return std::any_of(policy.allowed.begin(), policy.allowed.end(), [&](auto const& allowed) {
        return matches(origin, lower_case(allowed), fields);
    });
}

}  // namespace wsproof::reference
