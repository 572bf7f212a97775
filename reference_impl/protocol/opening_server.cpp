#include <algorithm>
#include <utility>

#include "reference_impl/protocol/authentication.hpp"
#include "reference_impl/protocol/opening.hpp"
#include "reference_impl/protocol/opening_fields.hpp"
#include "reference_impl/protocol/opening_rules.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::reference {
namespace {

using FieldList = std::vector<wire::HeaderField>;

/// The key as the accept value is computed from it: the spelling, without the blanks around it
/// (4.2.2-5.4).
std::string hashed_key(Fields const& fields) {
    auto const key = key_of(fields);
    if (fields.lacks(Fault::joins_repeated_keys)) return fields.joined("Sec-WebSocket-Key");
    auto const decoded = wire::base64_decode(key);
    if (fields.lacks(Fault::accept_of_decoded_key) && decoded) return wire::to_text(decoded->bytes);
    if (fields.lacks(Fault::accept_of_reencoded_key) && decoded)
        return wire::base64_encode(decoded->bytes);
    return key;
}

std::string accept_value(Fields const& fields) {
    auto const key = hashed_key(fields);
    if (fields.lacks(Fault::accept_with_wrong_guid))
        return wire::accept_value(key, wire::guid.substr(1));
    if (fields.lacks(Fault::accept_with_lower_case_guid))
        return wire::accept_value(key, lower_case(wire::guid));
    if (fields.lacks(Fault::accept_without_guid)) return wire::accept_value(key, "");
    if (fields.lacks(Fault::accept_fixed)) return "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    auto value = wire::accept_value(key);
    if (fields.lacks(Fault::accept_in_hex))
        return wire::to_hex(wire::sha1(wire::as_bytes(key + std::string{wire::guid})));
    if (fields.lacks(Fault::accept_in_lower_case)) return lower_case(value);
    if (fields.lacks(Fault::accept_in_base64url)) {
        std::replace(value.begin(), value.end(), '+', '-');
        std::replace(value.begin(), value.end(), '/', '_');
    }
    if (fields.lacks(Fault::accept_without_padding)) value.pop_back();
    if (fields.lacks(Fault::echoes_the_key_as_accept)) return key;
    return value;
}

/// 4.2.2-5.5: one of those the client lists and this server speaks, its own preference first, or
/// none. Letter case counts (RFC 7936 2).
std::optional<std::string> choose_subprotocol(Fields const& fields, Options const& options) {
    auto const offered = subprotocols_in(fields);
    if (fields.lacks(Fault::sends_subprotocol_unasked) && offered.empty()) return "chat";
    if (offered.empty()) return std::nullopt;
    if (fields.lacks(Fault::chooses_unoffered_subprotocol)) return "x-unoffered";
    if (fields.lacks(Fault::selects_the_token_as_subprotocol)) return offered.back();
    if (fields.lacks(Fault::echoes_all_subprotocols))
        return fields.joined("Sec-WebSocket-Protocol");
    if (fields.lacks(Fault::echoes_first_subprotocol)) return offered.front();
    if (fields.lacks(Fault::accepts_malformed_subprotocols)) return offered.back();
    if (fields.lacks(Fault::sends_empty_subprotocol)) return "";
    if (fields.lacks(Fault::cuts_long_subprotocols)) return offered.front().substr(0, 64);
    for (auto const& spoken : options.subprotocols)
        for (auto const& wanted : offered) {
            if (wanted == spoken) return spoken;
            if (fields.lacks(Fault::matches_subprotocols_ignoring_case) &&
                wire::equals_ignoring_case(wanted, spoken))
                return spoken;
        }
    return std::nullopt;
}

/// 4.2.2-5.6, 9.1: the extensions in use.
std::vector<wire::Extension> choose_extensions(Fields const& fields, Options const& options,
                                               std::optional<DeflateAgreement>& agreement,
                                               Faults const& faults) {
    auto const offers = extensions_in(fields).value_or(std::vector<wire::Extension>{});
    std::vector<wire::Extension> chosen;
    bool const is_quoted = fields.joined("Sec-WebSocket-Extensions").find('"') != std::string::npos;
    bool const declines = is_quoted && faults.has(Fault::declines_quoted_values);
    if (options.deflate.enabled && !declines)
        if (auto answer = accept_offer(offers, options.deflate, faults)) {
            agreement = answer->agreement;
            chosen.push_back(std::move(answer->element));
        }
    bool const asked = fields.has("Sec-WebSocket-Extensions");
    if (faults.has(Fault::sends_extension_unasked) && !asked)
        chosen.push_back({.name = "permessage-deflate"});
    if (faults.has(Fault::accepts_unknown_extension))
        for (auto const& offer : offers)
            if (offer.name != permessage_deflate_name) chosen.push_back(offer);
    if (faults.has(Fault::accepts_extension_twice) && !chosen.empty())
        chosen.push_back(chosen.front());
    return chosen;
}

std::string written(std::vector<wire::Extension> const& extensions, Fields const& asked) {
    auto const text = wire::write_extensions(extensions);
    bool const quoted = asked.joined("Sec-WebSocket-Extensions").find('"') != std::string::npos;
    if (!asked.lacks(Fault::keeps_quotes_of_parameters) || !quoted) return text;
    std::string with_quotes;
    for (char const c : text) with_quotes += c == '=' ? std::string{"=\"\""} : std::string{c};
    return with_quotes + "\"\"";
}

void remove(FieldList& fields, std::string_view name) {
    std::erase_if(fields, [&](auto const& field) { return field.name == name; });
}

void replace(FieldList& fields, std::string_view name, std::string value) {
    for (auto& field : fields)
        if (field.name == name) field.value = value;
}

/// What some servers put into their answers unseen: "%0d%0a" becomes a line end.
std::string percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const octet = text[at] == '%' ? wire::from_hex(text.substr(at + 1, 2)) : std::nullopt;
        decoded += octet && octet->size() == 1 ? wire::to_text(*octet) : std::string{text[at]};
        if (octet && octet->size() == 1) at += 2;
    }
    return decoded;
}

/// The mistakes that mutants make in a 101 beside wrong values.
void distort_response(FieldList& fields, Faults const& faults) {
    if (faults.has(Fault::sends_no_accept_value)) remove(fields, "Sec-WebSocket-Accept");
    if (faults.has(Fault::sends_two_accept_values))
        fields.push_back({"Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="});
    if (faults.has(Fault::answers_without_upgrade_field)) remove(fields, "Upgrade");
    if (faults.has(Fault::answers_without_connection_field)) remove(fields, "Connection");
    if (faults.has(Fault::answers_with_upgrade_list)) replace(fields, "Upgrade", "websocket, h2c");
    if (faults.has(Fault::answers_with_other_upgrade)) replace(fields, "Upgrade", "h2c");
    if (faults.has(Fault::answers_with_connection_close)) replace(fields, "Connection", "close");
    if (faults.has(Fault::sends_content_length_with_101)) fields.push_back({"Content-Length", "0"});
    if (faults.has(Fault::sends_transfer_encoding_with_101))
        fields.push_back({"Transfer-Encoding", "chunked"});
    if (faults.has(Fault::sends_two_subprotocol_fields))
        for (auto const& field : FieldList{fields})
            if (field.name == "Sec-WebSocket-Protocol") fields.push_back(field);
    if (faults.has(Fault::sends_empty_extensions_field)) {
        remove(fields, "Sec-WebSocket-Extensions");
        fields.push_back({"Sec-WebSocket-Extensions", ""});
    }
    if (faults.has(Fault::folds_response_fields)) fields.push_back({"X-Folded", "a\r\n b"});
    if (faults.has(Fault::puts_space_before_colon)) fields.push_back({"X-Spaced ", "a"});
}

wire::Bytes write_accepted(FieldList const& fields, unsigned version, Faults const& faults) {
    std::string line = "HTTP/1.1 101 Switching Protocols";
    if (faults.has(Fault::echoes_http_version)) line[7] = static_cast<char>('0' + version % 10);
    if (faults.has(Fault::opens_with_status_200)) line = "HTTP/1.1 200 OK";
    auto text = wire::write_head(line, fields);
    if (faults.has(Fault::ends_lines_with_lf)) std::erase(text, '\r');
    if (faults.has(Fault::sends_content_with_101)) text += "welcome\r\n";
    if (faults.has(Fault::sends_bytes_before_101)) text.insert(0, "\r\n");
    return wire::to_bytes(text);
}

/// What the rule about Origin refuses with.
constexpr unsigned status_of_foreign_origins = 403;

std::string_view phrase_of(unsigned status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 414:
            return "URI Too Long";
        case 421:
            return "Misdirected Request";
        case 426:
            return "Upgrade Required";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Refused";
    }
}

}  // namespace

std::variant<Accepted, Refusal> answer_request(Request const& request, Options const& options,
                                               Faults const& faults) {
    Fields const asked{request.head, faults};
    auto const refusal = broken_rule(RequestFacts{request, asked, options});
    Accepted accepted;
    accepted.regretted = refusal && refusal->status == status_of_foreign_origins &&
                         faults.has(Fault::refuses_origins_after_opening);
    bool const opens = accepted.regretted || faults.has(Fault::opens_for_any_request);
    if (refusal && !opens) return *refusal;
    accepted.opening.subprotocol = choose_subprotocol(asked, options);
    auto const extensions = choose_extensions(asked, options, accepted.opening.deflate, faults);
    FieldList fields{{"Upgrade", "websocket"},
                     {"Connection", "Upgrade"},
                     {"Sec-WebSocket-Accept", accept_value(asked)}};
    if (accepted.opening.subprotocol)
        fields.push_back({"Sec-WebSocket-Protocol", *accepted.opening.subprotocol});
    if (!extensions.empty())
        fields.push_back({"Sec-WebSocket-Extensions", written(extensions, asked)});
    if (options.authentication.scheme == Authentication::Scheme::cookie)
        fields.push_back({"Set-Cookie", set_cookie(options.authentication, faults)});
    fields.insert(fields.end(), options.extra_fields.begin(), options.extra_fields.end());
    if (faults.has(Fault::echoes_upgrade_value))
        replace(fields, "Upgrade", asked.joined("Upgrade"));
    if (faults.has(Fault::reflects_decoded_targets))
        fields.push_back({"X-Resource", percent_decoded(request.target)});
    distort_response(fields, faults);
    accepted.response = write_accepted(fields, request.version, faults);
    return accepted;
}

wire::Bytes write_refusal(Refusal const& refusal, std::string_view method, Faults const& faults,
                          std::string_view detail) {
    FieldList fields;
    bool const is_426 = refusal.status == 426;
    // 4.2.2, 4.4: which version would do; it helps whatever else was wrong.
    std::string versions = "13";
    if (faults.has(Fault::names_another_version)) versions = "8";
    if (faults.has(Fault::lists_versions_badly)) versions = "13; 8";
    if (!faults.has(Fault::refuses_without_version))
        fields.push_back({"Sec-WebSocket-Version", versions});
    // RFC 9110 15.5.22, 7.8.
    if (is_426 && !faults.has(Fault::refuses_with_426_without_upgrade))
        fields.push_back({"Upgrade", "websocket"});
    bool const framed = !faults.has(Fault::refuses_without_framing);
    if (framed) fields.push_back({"Connection", is_426 ? "Upgrade, close" : "close"});
    if (refusal.status == 405 && !faults.has(Fault::refuses_method_without_allow))
        fields.push_back({"Allow", "GET"});
    // RFC 9110 15.5.2, 11.6.1.
    if (refusal.status == 401 && !faults.has(Fault::asks_for_credentials_without_challenge))
        fields.push_back({"WWW-Authenticate", "Bearer"});
    auto const content = std::string{refusal.says} + std::string{detail} + "\n";
    fields.push_back({"Content-Type", "text/plain"});
    if (framed) fields.push_back({"Content-Length", std::to_string(content.size())});
    auto const line =
        "HTTP/1.1 " + std::to_string(refusal.status) + " " + std::string{phrase_of(refusal.status)};
    auto text = wire::write_head(line, fields);
    if (method != "HEAD" || faults.has(Fault::sends_content_to_head)) text += content;
    return wire::to_bytes(text);
}

}  // namespace wsproof::reference
