#include "reference_impl/protocol/opening_rules.hpp"

#include <algorithm>
#include <array>

#include "reference_impl/protocol/authentication.hpp"
#include "reference_impl/protocol/origin.hpp"
#include "reference_impl/protocol/target.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::reference {
namespace {

using Facts = RequestFacts;

bool is_get(Facts const& f) {
    if (f.fields.lacks(Fault::accepts_lower_case_method))
        return wire::equals_ignoring_case(f.request.method, "GET");
    return f.request.method == "GET";
}

bool is_known_method(Facts const& f) {
    constexpr std::array known{"GET",     "HEAD",    "POST",  "PUT",  "DELETE",
                               "CONNECT", "OPTIONS", "TRACE", "PATCH"};
    return is_get(f) || std::find(known.begin(), known.end(), f.request.method) != known.end();
}

bool is_number(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_all_zeros(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '0'; });
}

bool has_valid_length(Facts const& f) {
    auto const lengths = f.fields.values("Content-Length");
    return lengths.empty() || (lengths.size() == 1 && is_number(lengths.front()));
}

bool has_no_content(Facts const& f) {
    return is_all_zeros(f.fields.first("Content-Length"));
}

/// Lists of tokens, each with a version in Upgrade (RFC 9110 7.6.1, 7.8).
bool are_tokens(std::vector<std::string> const& elements, std::string_view also = "") {
    return std::all_of(elements.begin(), elements.end(), [&](std::string element) {
        std::erase_if(element, [&](char c) { return also.find(c) != std::string_view::npos; });
        return wire::is_token(element);
    });
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// 4.2.1-3: an Upgrade field that contains "websocket", letters compared without case (2.1).
bool names_websocket(Facts const& f) {
    auto const& fields = f.fields;
    auto const value = fields.joined("Upgrade");
    if (fields.lacks(Fault::matches_upgrade_by_substring))
        return contains(lower_case(value), "websocket");
    if (fields.lacks(Fault::matches_upgrade_by_prefix))
        return lower_case(value).starts_with("websocket");
    if (fields.lacks(Fault::compares_upgrade_case_sensitively)) return value == "websocket";
    constexpr std::string_view with_kelvin_sign = "websoc\xE2\x84\xAA\x65t";
    if (fields.lacks(Fault::folds_letters_beyond_ascii) && value == with_kelvin_sign) return true;
    if (fields.lacks(Fault::ignores_blanks_in_upgrade) && value == "web socket") return true;
    return fields.has_token("Upgrade", "websocket") && are_tokens(fields.elements("Upgrade"), "/");
}

/// 4.2.1-4: a Connection field that includes the token "Upgrade".
bool asks_for_upgrade(Facts const& f) {
    auto const& fields = f.fields;
    auto const value = fields.joined("Connection");
    if (fields.lacks(Fault::matches_connection_by_substring))
        return contains(lower_case(value), "upgrade");
    if (fields.lacks(Fault::matches_connection_by_prefix))
        return !value.empty() && std::string_view{"upgrade"}.starts_with(lower_case(value).substr(
                                     0, std::min<std::size_t>(7, value.size())));
    if (fields.lacks(Fault::compares_connection_case_sensitively))
        return contains(value, "Upgrade");
    if (fields.lacks(Fault::compares_connection_as_a_whole))
        return wire::equals_ignoring_case(value, "Upgrade");
    return fields.has_token("Connection", "Upgrade") && are_tokens(fields.elements("Connection"));
}

/// 11.3.1
bool comes_with_one_key(Facts const& f) {
    return f.fields.values("Sec-WebSocket-Key").size() < 2 ||
           f.fields.lacks(Fault::accepts_two_keys);
}

/// 4.2.1-5: base64 of 16 bytes. Pad bits other than zero stand in the RFC's own example (erratum
/// 3150).
bool has_valid_key(Facts const& f) {
    auto const decoded = wire::base64_decode(key_of(f.fields));
    return decoded && decoded->bytes.size() == 16;
}

/// Reads digits as C's atoi does, and forgets what goes over a byte where the fault says so.
bool is_13_as_a_number(std::string value, unsigned modulus) {
    std::erase_if(value, [](char c) { return c == '"' || c == '+' || c == ' '; });
    unsigned number = 0;
    for (char const c : value) {
        if (c < '0' || c > '9') break;
        number = number * 10 + static_cast<unsigned>(c - '0');
    }
    return number % modulus == 13;
}

/// 4.2.1-6: 13, as a number without leading zeros is written (4.3).
bool is_version_13(Facts const& f) {
    auto const& fields = f.fields;
    auto const value = fields.first("Sec-WebSocket-Version");
    if (fields.lacks(Fault::reads_version_as_a_number)) return is_13_as_a_number(value, 1U << 30U);
    if (fields.lacks(Fault::reads_version_into_a_byte)) return is_13_as_a_number(value, 256);
    if (fields.lacks(Fault::matches_version_by_substring)) return contains(value, "13");
    if (fields.lacks(Fault::accepts_lists_of_versions) ||
        fields.lacks(Fault::accepts_repeated_versions))
        return fields.has_token("Sec-WebSocket-Version", "13");
    return value == "13";
}

bool has_valid_subprotocols(Facts const& f) {
    auto const offered = subprotocols_in(f.fields);
    return !f.fields.has("Sec-WebSocket-Protocol") || (!offered.empty() && are_tokens(offered));
}

bool has_valid_extensions(Facts const& f) {
    return !f.fields.has("Sec-WebSocket-Extensions") || extensions_in(f.fields).has_value();
}

bool resource_exists(Facts const& f) {
    auto const& resources = f.options.resources;
    if (resources.empty()) return true;
    auto const target = parse_target(f.request.target);
    if (!target) return true;  // another rule's business
    return std::find(resources.begin(), resources.end(), target->path) != resources.end();
}

bool is_for_this_scheme(Facts const& f) {
    auto const target = parse_target(f.request.target);
    return !target || target->scheme != "https" || f.options.secure;
}

constexpr std::array table_of_requests{
    // RFC 6455 4.2.1-1: GET, HTTP/1.1 or higher; RFC 9112 2.3, RFC 9110 9.1.
    RequestRule{Fault::accepts_http_2_0,
                {505, "the HTTP version is not 1.x"},
                [](Facts const& f) { return f.request.version / 10 == 1; }},
    RequestRule{Fault::accepts_any_method, {501, "the method is unknown"}, is_known_method},
    RequestRule{Fault::accepts_any_method, {405, "the method is not GET (4.2.1)"}, is_get},
    RequestRule{Fault::accepts_http_1_0,
                {426, "HTTP/1.0 has no Upgrade (4.2.1, RFC 9110 7.8)"},
                [](Facts const& f) { return f.request.version >= 11; }},
    RequestRule{Fault::accepts_bad_targets,
                {400, "the request target is malformed (RFC 9112 3.2)"},
                [](Facts const& f) {
                    // The authority-form is CONNECT's (RFC 9112 3.2.3), and the method's row
                    // refuses that.
                    return f.request.method == "CONNECT" ||
                           parse_target(f.request.target).has_value();
                }},
    // 4.2.1-2, RFC 9112 3.2: one Host, and a valid one, even if the target says it already.
    RequestRule{Fault::accepts_missing_host,
                {400, "Host is missing (4.2.1)"},
                [](Facts const& f) { return f.fields.has("Host"); }},
    RequestRule{Fault::accepts_two_hosts,
                {400, "Host comes more than once (RFC 9112 3.2)"},
                [](Facts const& f) { return f.fields.values("Host").size() < 2; }},
    RequestRule{Fault::accepts_invalid_host,
                {400, "Host is malformed (RFC 9112 3.2)"},
                [](Facts const& f) {
                    return !f.fields.has("Host") || is_valid_host(f.fields.first("Host"));
                }},
    RequestRule{std::nullopt, {421, "https asks for TLS (RFC 9110 7.4)"}, is_for_this_scheme},
    // RFC 9112 6.3: content would be taken for frames.
    RequestRule{
        Fault::takes_content_for_frames, {400, "Content-Length is malformed"}, has_valid_length},
    RequestRule{Fault::takes_content_for_frames,
                {400, "the request has two lengths"},
                [](Facts const& f) {
                    return !f.fields.has("Content-Length") || !f.fields.has("Transfer-Encoding");
                }},
    RequestRule{Fault::takes_content_for_frames,
                {501, "Transfer-Encoding is not read here"},
                [](Facts const& f) { return !f.fields.has("Transfer-Encoding"); }},
    RequestRule{Fault::takes_content_for_frames, {400, "the request has content"}, has_no_content},
    // 4.2.1-3 and -4.
    RequestRule{Fault::ignores_upgrade_field,
                {426, "Upgrade does not name websocket (4.2.1)"},
                names_websocket},
    RequestRule{Fault::ignores_connection_field,
                {426, "Connection lacks Upgrade (4.2.1)"},
                asks_for_upgrade},
    // 4.2.1-5, 11.3.1.
    RequestRule{Fault::accepts_missing_key,
                {400, "Sec-WebSocket-Key is missing (4.2.1)"},
                [](Facts const& f) { return !f.fields.first("Sec-WebSocket-Key").empty(); }},
    RequestRule{Fault::joins_repeated_keys,
                {400, "Sec-WebSocket-Key comes twice (11.3.1)"},
                comes_with_one_key},
    RequestRule{Fault::accepts_bad_key,
                {400, "Sec-WebSocket-Key is not 16 bytes in base64 (4.2.1)"},
                [](Facts const& f) {
                    return f.fields.first("Sec-WebSocket-Key").empty() || has_valid_key(f);
                }},
    // 4.2.1-6, 4.4, 11.3.5.
    RequestRule{Fault::accepts_missing_version,
                {426, "Sec-WebSocket-Version is missing (4.2.1)"},
                [](Facts const& f) { return !f.fields.first("Sec-WebSocket-Version").empty(); }},
    RequestRule{Fault::accepts_repeated_versions,
                {400, "Sec-WebSocket-Version comes twice (11.3.5)"},
                [](Facts const& f) { return f.fields.values("Sec-WebSocket-Version").size() < 2; }},
    RequestRule{Fault::accepts_any_version,
                {426, "Sec-WebSocket-Version is not 13 (4.2.1)"},
                [](Facts const& f) {
                    return f.fields.first("Sec-WebSocket-Version").empty() || is_version_13(f);
                }},
    // 4.2.1-8, -9: the grammar of what is optional (4.3, 9.1).
    RequestRule{Fault::accepts_malformed_subprotocols,
                {400, "Sec-WebSocket-Protocol is malformed (4.3)"},
                has_valid_subprotocols},
    RequestRule{Fault::accepts_malformed_extensions,
                {400, "Sec-WebSocket-Extensions is malformed (9.1)"},
                has_valid_extensions},
    // 10.2, RFC 6454 7.3.
    RequestRule{Fault::ignores_origin,
                {400, "Origin comes twice (RFC 6454 7.3)"},
                [](Facts const& f) {
                    return f.fields.values("Origin").size() < 2 ||
                           f.fields.lacks(Fault::takes_first_origin) ||
                           f.fields.lacks(Fault::takes_last_origin);
                }},
    RequestRule{Fault::ignores_origin,
                {403, "the origin is not let in (10.2)"},
                [](Facts const& f) { return is_let_in(f.fields, f.options.origin_policy); }},
    // 10.5, RFC 9110 11.6.2, 15.5.2.
    RequestRule{Fault::opens_without_token,
                {401, "there are no credentials"},
                [](Facts const& f) { return !asks_for_header(f) || presents_a_token(f); }},
    RequestRule{Fault::takes_any_token,
                {401, "the credentials are not valid"},
                [](Facts const& f) { return !asks_for_header(f) || presents_the_token(f); }},
    RequestRule{Fault::opens_without_token, {403, "there is no token"}, presents_a_token},
    RequestRule{Fault::takes_any_token,
                {403, "the token is not valid"},
                [](Facts const& f) { return asks_for_header(f) || presents_the_token(f); }},
    // 4.2.2-4.
    RequestRule{std::nullopt, {404, "there is no such resource (4.2.2)"}, resource_exists},
};

template <typename Rules, typename Facts>
auto const* first_broken(Rules const& rules, Facts const& facts) {
    auto const broken = std::find_if(rules.begin(), rules.end(), [&](auto const& rule) {
        bool const lacked = rule.unless && facts.fields.lacks(*rule.unless);
        return !lacked && !rule.holds(facts);
    });
    return broken == rules.end() ? nullptr : &*broken;
}

}  // namespace

std::span<RequestRule const> request_rules() noexcept {
    return table_of_requests;
}

std::optional<Refusal> broken_rule(RequestFacts const& facts) {
    for (auto const& odd : odd_request_rules())
        if (facts.fields.lacks(odd.fault) && !odd.holds(facts)) return odd.refusal;
    if (auto const* rule = first_broken(table_of_requests, facts)) return rule->refusal;
    return std::nullopt;
}

std::optional<Refusal> broken_rule(ResponseFacts const& facts) {
    if (auto const* rule = first_broken(response_rules(), facts))
        return Refusal{.status = facts.response.status, .says = rule->says};
    return std::nullopt;
}

std::string key_of(Fields const& fields) {
    auto const key = fields.first("Sec-WebSocket-Key");
    if (fields.lacks(Fault::takes_first_of_key_list)) return key.substr(0, key.find(','));
    return key;
}

std::vector<std::string> subprotocols_in(Fields const& fields) {
    return fields.elements("Sec-WebSocket-Protocol");
}

std::optional<std::vector<wire::Extension>> extensions_in(Fields const& fields) {
    auto const text = fields.joined("Sec-WebSocket-Extensions");
    if (!fields.lacks(Fault::splits_extensions_at_quoted_comma) &&
        !fields.lacks(Fault::accepts_malformed_extensions))
        return wire::parse_extensions(text);
    // Takes what it can read between commas, wherever these stand.
    std::vector<wire::Extension> all;
    for (std::size_t at = 0; at <= text.size();) {
        auto const end = std::min(text.find(',', at), text.size());
        auto const name_end = std::min(text.find(';', at), end);
        auto const part = std::string_view{text}.substr(at, end - at);
        auto const name = std::string_view{text}.substr(at, name_end - at);
        auto const read = wire::parse_extensions(part);
        if (read) all.insert(all.end(), read->begin(), read->end());
        if (!read && fields.lacks(Fault::accepts_malformed_extensions))
            all.push_back({.name = std::string{wire::trim(name)}});
        at = end + 1;
    }
    return all;
}

}  // namespace wsproof::reference
