#include "reference_impl/protocol/origin_mistakes.hpp"

#include <algorithm>
#include <array>

#include "reference_impl/wire/origin.hpp"

namespace wsproof::reference {
namespace {

using wire::Origin;

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool is_below(std::string_view name, std::string_view parent) {
    return !parent.empty() && name.size() > parent.size() && name.ends_with(parent) &&
           name[name.size() - parent.size() - 1] == '.';
}

/// But for its name.
bool is_like(Origin const& origin, Origin const& allowed) {
    return origin.scheme == allowed.scheme && origin.port == allowed.port;
}

std::string_view without_top_level(std::string_view name) {
    return name.substr(0, name.rfind('.'));
}

/// As a regular expression whose dots nobody has escaped.
bool matches_with_wild_dots(std::string_view text, std::string_view pattern) {
    return std::ranges::equal(text, pattern,
                              [](char ours, char dot) { return dot == '.' || ours == dot; });
}

bool is_local(std::string_view name) {
    constexpr std::array<std::string_view, 4> local{"localhost", "127.0.0.1", "[::1]", "0.0.0.0"};
    return std::ranges::find(local, name) != local.end();
}

/// The host up to the first character that a host name does not have.
std::string_view up_to_odd_character(std::string_view host) {
    constexpr std::string_view usual = "abcdefghijklmnopqrstuvwxyz0123456789.-:[]";
    return host.substr(0, host.find_first_not_of(usual));
}

std::string_view without_userinfo(std::string_view host) {
    return host.substr(host.rfind('@') + 1);
}

struct Mistake {
    Fault fault;
    bool (*takes)(Origin const& origin, Origin const& allowed);
};

using P = Origin const&;

constexpr std::array mistakes{
    Mistake{Fault::matches_origin_by_prefix, [](P o, P a) { return o.text.starts_with(a.text); }},
    Mistake{Fault::matches_origin_by_suffix, [](P o, P a) { return o.text.ends_with(a.host); }},
    Mistake{Fault::matches_origin_by_substring, [](P o, P a) { return contains(o.text, a.host); }},
    Mistake{Fault::matches_origin_in_reverse, [](P o, P a) { return contains(a.host, o.host); }},
    Mistake{Fault::matches_origin_with_wild_dots,
            [](P o, P a) { return matches_with_wild_dots(o.text, a.text); }},
    Mistake{Fault::matches_parent_domain_by_suffix,
            [](P o, P a) { return !a.parent.empty() && o.name.ends_with(a.parent); }},
    Mistake{Fault::compares_origin_without_top_level,
            [](P o, P a) { return without_top_level(o.name) == without_top_level(a.name); }},
    Mistake{Fault::trusts_sibling_subdomains,
            [](P o, P a) { return is_like(o, a) && is_below(o.name, a.parent); }},
    Mistake{Fault::trusts_subdomains_of_origin,
            [](P o, P a) { return is_like(o, a) && is_below(o.name, a.name); }},
    Mistake{Fault::trusts_parent_domain,
            [](P o, P a) {
                return is_like(o, a) && !a.parent.empty() &&
                       (o.name == a.parent || o.name == "www." + std::string{a.parent});
            }},
    Mistake{Fault::ignores_scheme_of_origin, [](P o, P a) { return o.host == a.host; }},
    Mistake{Fault::ignores_port_of_origin,
            [](P o, P a) { return o.scheme == a.scheme && o.name == a.name; }},
    Mistake{Fault::ignores_path_of_origin,
            [](P o, P a) {
                return o.scheme == a.scheme &&
                       o.host.substr(0, o.host.find_first_of("/?#")) == a.host;
            }},
    Mistake{Fault::ignores_final_dot_of_origin,
            [](P o, P a) { return o.text == std::string{a.text} + "."; }},
    Mistake{Fault::ignores_userinfo_of_origin,
            [](P o, P a) { return without_userinfo(o.host) == a.host; }},
    Mistake{Fault::cuts_origin_at_odd_characters,
            [](P o, P a) { return up_to_odd_character(o.host) == a.host; }},
    Mistake{Fault::trusts_null_in_any_case, [](P o, P) { return o.text == "null"; }},
    Mistake{Fault::trusts_empty_origin, [](P o, P) { return o.text.empty(); }},
    Mistake{Fault::trusts_local_origins, [](P o, P) { return is_local(o.name); }},
    Mistake{
        Fault::matches_local_origins_by_prefix,
        [](P o, P) { return o.name.starts_with("localhost") || o.name.starts_with("127.0.0.1"); }},
    Mistake{Fault::trusts_ip_literals, [](P o, P) { return o.is_address; }},
    Mistake{Fault::trusts_origins_of_apps,
            [](P o, P) { return !o.scheme.empty() && o.scheme != "http" && o.scheme != "https"; }},
};

/// What a server reads in place of Origin, and what it has to say there.
struct OtherField {
    Fault fault;
    std::string_view field;
    bool (*lets_in)(std::string_view value, Fields const& fields, std::string_view allowed);
};

/// Of an origin; what has no scheme is none.
std::string_view host_of(std::string_view text) {
    Origin const origin(text);
    return origin.scheme.empty() ? origin.scheme : origin.host;
}

constexpr std::array other_fields{
    // As it was spelled: the mistakes above see it in lower case.
    OtherField{
        Fault::trusts_null_origin, "Origin",
        [](std::string_view origin, Fields const&, std::string_view) { return origin == "null"; }},
    OtherField{Fault::compares_origin_with_host, "Host",
               [](std::string_view host, Fields const& fields, std::string_view) {
                   return host == host_of(fields.first("Origin"));
               }},
    OtherField{Fault::trusts_forwarded_host, "X-Forwarded-Host",
               [](std::string_view host, Fields const& fields, std::string_view) {
                   return host == host_of(fields.first("Origin"));
               }},
    OtherField{Fault::trusts_forwarded_host, "Forwarded",
               [](std::string_view forwarded, Fields const& fields, std::string_view) {
                   return forwarded == "host=" + std::string{host_of(fields.first("Origin"))};
               }},
    OtherField{Fault::trusts_referer, "Referer",
               [](std::string_view referer, Fields const&, std::string_view allowed) {
                   return referer.starts_with(allowed);
               }},
    OtherField{Fault::trusts_fetch_metadata, "Sec-Fetch-Site",
               [](std::string_view site, Fields const&, std::string_view) {
                   return site == "same-origin";
               }},
    OtherField{Fault::reads_origin_of_drafts, "Sec-WebSocket-Origin",
               [](std::string_view origin, Fields const&, std::string_view allowed) {
                   return origin == allowed;
               }},
};

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> pieces;
    while (!text.empty()) {
        auto const end = std::min(text.find_first_of(", "), text.size());
        if (end > 0) pieces.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return pieces;
}

}  // namespace

bool sees_origin(Fields const& fields) {
    if (!fields.lacks(Fault::compares_name_of_origin_with_case)) return fields.has("Origin");
    return std::ranges::any_of(fields.head().fields,
                               [](auto const& field) { return field.name == "Origin"; });
}

std::vector<std::string> origins_of(Fields const& fields) {
    auto const values = fields.values("Origin");
    if (fields.lacks(Fault::takes_last_origin)) return {lower_case(values.back())};
    auto const first = lower_case(values.front());
    if (fields.lacks(Fault::splits_origin)) return split(first);
    return {first};
}

bool mistakes_origin(Fields const& fields, std::string_view origin, std::string_view allowed) {
    Origin const theirs(origin);
    Origin const ours(allowed);
    return std::ranges::any_of(mistakes, [&](auto const& mistake) {
        return fields.lacks(mistake.fault) && mistake.takes(theirs, ours);
    });
}

bool mistakes_request(Fields const& fields, std::string_view allowed) {
    return std::ranges::any_of(other_fields, [&](auto const& other) {
        return fields.lacks(other.fault) && fields.has(other.field) &&
               other.lets_in(fields.first(other.field), fields, allowed);
    });
}

}  // namespace wsproof::reference
