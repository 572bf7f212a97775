#include <algorithm>
#include <array>

#include "reference_impl/protocol/authentication.hpp"
#include "reference_impl/protocol/opening_rules.hpp"

namespace wsproof::reference {
namespace {

using Facts = RequestFacts;

bool comes_in_order(Facts const& f) {
    constexpr std::array order{"Host", "Upgrade", "Connection", "Sec-WebSocket-Key"};
    auto const& fields = f.fields.head().fields;
    auto const position = [&](std::string_view name) {
        return std::find_if(fields.begin(), fields.end(), [&](auto const& field) {
            return wire::equals_ignoring_case(field.name, name);
        });
    };
    return std::is_sorted(order.begin(), order.end(),
                          [&](auto const* a, auto const* b) { return position(a) < position(b); });
}

bool has_known_fields_only(Facts const& f) {
    constexpr std::array known{"Host",
                               "Upgrade",
                               "Connection",
                               "Origin",
                               "Cookie",
                               "User-Agent",
                               "Sec-WebSocket-Key",
                               "Sec-WebSocket-Version",
                               "Sec-WebSocket-Protocol",
                               "Sec-WebSocket-Extensions"};
    auto const& fields = f.fields.head().fields;
    return std::all_of(fields.begin(), fields.end(), [&](auto const& field) {
        return std::any_of(known.begin(), known.end(), [&](auto const* name) {
            return wire::equals_ignoring_case(field.name, name);
        });
    });
}

bool has_values_only(Facts const& f) {
    auto const& fields = f.fields.head().fields;
    return std::none_of(fields.begin(), fields.end(),
                        [](auto const& field) { return field.value.empty(); });
}

/// One SP between colon and value, nothing after it.
bool has_usual_blanks(Facts const& f) {
    auto const& raw = f.fields.head().raw;
    auto const has = [&](std::string_view text) { return raw.find(text) != std::string::npos; };
    if (has(" \r\n") || has("\t\r\n") || has(":  ") || has(":\t")) return false;
    for (auto at = raw.find("\r\n"); at != std::string::npos; at = raw.find("\r\n", at + 2)) {
        auto const colon = raw.find(':', at);
        if (colon != std::string::npos && raw[colon + 1] != ' ') return false;
    }
    return true;
}

bool repeats_no_field(Facts const& f) {
    auto const& fields = f.fields.head().fields;
    return std::all_of(fields.begin(), fields.end(),
                       [&](auto const& field) { return f.fields.values(field.name).size() == 1; });
}

constexpr std::array table{
    OddRequestRule{
        Fault::requires_field_order, {400, "fields come in another order"}, comes_in_order},
    OddRequestRule{
        Fault::refuses_unknown_fields, {400, "a field is unknown"}, has_known_fields_only},
    OddRequestRule{Fault::refuses_empty_values, {400, "a field has no value"}, has_values_only},
    OddRequestRule{Fault::refuses_unusual_blanks, {400, "blanks around a value"}, has_usual_blanks},
    OddRequestRule{Fault::refuses_repeated_fields, {400, "a field is repeated"}, repeats_no_field},
    OddRequestRule{Fault::refuses_absolute_form,
                   {400, "the target is not a path"},
                   [](Facts const& f) { return f.request.target.starts_with('/'); }},
    OddRequestRule{Fault::refuses_queries,
                   {400, "the target has a query"},
                   [](Facts const& f) { return f.request.target.find('?') == std::string::npos; }},
    OddRequestRule{Fault::refuses_cookies,
                   {400, "there are cookies"},
                   [](Facts const& f) { return !f.fields.has("Cookie"); }},
    OddRequestRule{Fault::refuses_requests_without_origin,
                   {403, "there is no Origin"},
                   [](Facts const& f) { return f.fields.has("Origin"); }},
    OddRequestRule{Fault::calls_a_missing_origin_malformed,
                   {400, "Origin is missing"},
                   [](Facts const& f) { return f.fields.has("Origin"); }},
    OddRequestRule{Fault::chokes_on_origins,
                   {500, "the origin cannot be read"},
                   [](Facts const& f) { return !f.fields.has("Origin"); }},
    OddRequestRule{Fault::asks_for_credentials_without_challenge,
                   {401, "who are you?"},
                   [](Facts const&) { return false; }},
    OddRequestRule{Fault::refuses_good_tokens,
                   {403, "the token is not valid"},
                   [](Facts const& f) { return tokens_of(f).empty(); }},
    OddRequestRule{Fault::chokes_on_odd_tokens,
                   {500, "the token cannot be read"},
                   [](Facts const& f) { return std::ranges::none_of(tokens_of(f), is_odd_token); }},
    OddRequestRule{Fault::refuses_every_origin,
                   {403, "there is an Origin"},
                   [](Facts const& f) { return !f.fields.has("Origin"); }},
    OddRequestRule{Fault::refuses_extension_offers,
                   {400, "there are extensions"},
                   [](Facts const& f) { return !f.fields.has("Sec-WebSocket-Extensions"); }},
    OddRequestRule{Fault::refuses_without_subprotocol,
                   {400, "there is no subprotocol"},
                   [](Facts const& f) { return f.fields.has("Sec-WebSocket-Protocol"); }},
};

bool has_octet_above_7f(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) > 0x7F; });
}

}  // namespace

bool goes_silent(Request const& request, Faults const& faults) {
    auto const& head = request.head;
    auto const length = head.value_of("Content-Length");
    bool const announces = head.value_of("Transfer-Encoding") || (length && *length != "0");
    return (faults.has(Fault::waits_for_announced_content) && announces) ||
           (faults.has(Fault::waits_for_content) &&
            (head.value_of("Content-Length") || head.value_of("Transfer-Encoding"))) ||
           (faults.has(Fault::stalls_at_obs_text) && has_octet_above_7f(head.raw)) ||
           (faults.has(Fault::waits_behind_expectations) && head.value_of("Expect"));
}

std::span<OddRequestRule const> odd_request_rules() noexcept {
    return table;
}

}  // namespace wsproof::reference
