#include <algorithm>
#include <array>

#include "reference_impl/protocol/opening.hpp"
#include "reference_impl/protocol/opening_rules.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::reference {
namespace {

bool upgrades_to_websocket(ResponseFacts const& f) {
    auto const values = f.fields.values("Upgrade");
    if (f.fields.lacks(Fault::compares_response_with_case))
        return !values.empty() && values.front() == "websocket";
    return values.size() == 1 && wire::equals_ignoring_case(values.front(), "websocket");
}

bool has_connection_upgrade(ResponseFacts const& f) {
    if (f.fields.lacks(Fault::compares_response_with_case))
        return f.fields.joined("Connection").find("Upgrade") != std::string::npos;
    if (f.fields.lacks(Fault::compares_connection_in_response_as_a_whole))
        return f.fields.first("Connection") == "Upgrade";
    return f.fields.has_token("Connection", "Upgrade");
}

bool has_right_accept_value(ResponseFacts const& f) {
    auto const values = f.fields.values("Sec-WebSocket-Accept");
    return values.size() == 1 && values.front() == wire::accept_value(f.key);
}

bool has_offered_subprotocol(ResponseFacts const& f) {
    auto const values = f.fields.values("Sec-WebSocket-Protocol");
    auto const& offered = f.options.subprotocols;
    return values.empty() ||
           std::find(offered.begin(), offered.end(), values.front()) != offered.end();
}

/// Permessage-deflate once, if it was offered, and nothing else (4.1, RFC 7692 5).
bool has_offered_extensions(ResponseFacts const& f) {
    auto const chosen = extensions_in(f.fields);
    if (!chosen) return true;  // another rule's business
    return chosen->size() == 1 && f.options.deflate.enabled &&
           chosen->front().name == permessage_deflate_name;
}

constexpr std::array table_of_responses{
    ResponseRule{Fault::accepts_other_status, "the status is not 101 (4.1)",
                 [](ResponseFacts const& f) { return f.response.status == 101; }},
    ResponseRule{
        std::nullopt, "HTTP/1.0 has no Upgrade (4.1)",
        [](ResponseFacts const& f) { return f.response.version >= 11 && f.response.version < 20; }},
    ResponseRule{Fault::ignores_response_upgrade, "Upgrade is not websocket (4.1)",
                 upgrades_to_websocket},
    ResponseRule{Fault::ignores_response_connection, "Connection lacks Upgrade (4.1)",
                 has_connection_upgrade},
    ResponseRule{Fault::ignores_accept_value, "Sec-WebSocket-Accept is wrong (4.1)",
                 has_right_accept_value},
    ResponseRule{
        Fault::accepts_malformed_extension_answers, "Sec-WebSocket-Extensions is malformed (9.1)",
        [](ResponseFacts const& f) {
            return !f.fields.has("Sec-WebSocket-Extensions") || extensions_in(f.fields).has_value();
        }},
    ResponseRule{Fault::accepts_unoffered_extension, "an extension was not offered (4.1)",
                 [](ResponseFacts const& f) {
                     return !f.fields.has("Sec-WebSocket-Extensions") || has_offered_extensions(f);
                 }},
    ResponseRule{Fault::accepts_two_subprotocols, "there are two subprotocols (11.3.4)",
                 [](ResponseFacts const& f) {
                     return f.fields.values("Sec-WebSocket-Protocol").size() < 2;
                 }},
    ResponseRule{Fault::accepts_unoffered_subprotocol, "the subprotocol was not offered (4.1)",
                 has_offered_subprotocol},
};

std::string joined(std::vector<std::string> const& list) {
    std::string text;
    for (auto const& element : list) text += (text.empty() ? "" : ", ") + element;
    return text;
}

void distort_request(std::vector<wire::HeaderField>& fields, Faults const& faults) {
    auto const remove = [&](std::string_view name) {
        std::erase_if(fields, [&](auto const& field) { return field.name == name; });
    };
    if (faults.has(Fault::omits_host)) remove("Host");
    if (faults.has(Fault::omits_upgrade)) remove("Upgrade");
    if (faults.has(Fault::omits_connection)) remove("Connection");
    if (faults.has(Fault::omits_key)) remove("Sec-WebSocket-Key");
    if (faults.has(Fault::omits_version)) remove("Sec-WebSocket-Version");
    for (auto& field : fields)
        if (faults.has(Fault::asks_for_version_8) && field.name == "Sec-WebSocket-Version")
            field.value = "8";
}

}  // namespace

std::span<ResponseRule const> response_rules() noexcept {
    return table_of_responses;
}

OpeningRequest make_request(Options const& options, std::array<std::byte, 16> const& nonce,
                            Faults const& faults) {
    OpeningRequest request{.key = wire::key_from(nonce)};
    if (faults.has(Fault::sends_short_key)) request.key = "dGhlIHNhbXBsZQ==";
    std::vector<wire::HeaderField> fields{{"Host", options.host},
                                          {"Upgrade", "websocket"},
                                          {"Connection", "Upgrade"},
                                          {"Sec-WebSocket-Key", request.key},
                                          {"Sec-WebSocket-Version", "13"}};
    if (!options.subprotocols.empty())
        fields.push_back({"Sec-WebSocket-Protocol", joined(options.subprotocols)});
    if (options.deflate.enabled)
        fields.push_back(
            {"Sec-WebSocket-Extensions", wire::write_extensions({make_offer(options.deflate)})});
    fields.insert(fields.end(), options.extra_fields.begin(), options.extra_fields.end());
    distort_request(fields, faults);
    auto const line = (faults.has(Fault::asks_with_post) ? "POST " : "GET ") +
                      options.resource_name +
                      (faults.has(Fault::asks_with_http_1_0) ? " HTTP/1.0" : " HTTP/1.1");
    request.bytes = wire::to_bytes(wire::write_head(line, fields));
    return request;
}

std::variant<Opening, Refusal> judge_response(Response const& response, std::string_view key,
                                              Options const& options, Faults const& faults) {
    Fields const fields{response.head, faults};
    if (auto const refusal = broken_rule(ResponseFacts{response, fields, options, key}))
        return *refusal;
    Opening opening;
    if (fields.has("Sec-WebSocket-Protocol"))
        opening.subprotocol = fields.first("Sec-WebSocket-Protocol");
    auto const chosen = extensions_in(fields);
    if (!chosen || chosen->empty() || chosen->front().name != permessage_deflate_name)
        return opening;
    opening.deflate = read_answer(chosen->front(), options.deflate, faults);
    if (!opening.deflate)
        return Refusal{.status = response.status,
                       .says = "permessage-deflate is answered with bad parameters (RFC 7692 7)"};
    return opening;
}

}  // namespace wsproof::reference
