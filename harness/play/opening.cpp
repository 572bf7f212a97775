#include "harness/play/opening.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "harness/play/words.hpp"
#include "reference_impl/wire/extensions.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::play {
namespace {

using Fields = std::vector<wire::HeaderField>;

bool has_name(wire::HeaderField const& field, std::string_view name) {
    return wire::equals_ignoring_case(field.name, name);
}

/// Puts the lines where the field stood, or at the end.
void replace(Fields& fields, std::string const& name, std::vector<std::string> const& values) {
    auto const first =
        std::ranges::find_if(fields, [&](auto const& f) { return has_name(f, name); });
    auto const position = first - fields.begin();
    std::erase_if(fields, [&](auto const& field) { return has_name(field, name); });
    Fields lines;
    for (auto const& value : values) lines.push_back({name, value});
    fields.insert(fields.begin() + std::min<std::ptrdiff_t>(position, std::ssize(fields)),
                  lines.begin(), lines.end());
}

/// An origin made to be foreign may be the target's own after all ("http://localhost:3000"): that
/// it is let in says nothing against the target.
void check_that_it_is_foreign(std::string_view spelled, std::string_view origin,
                              Filler const& fill) {
    constexpr std::array meant{"${target.origin}", "${target.other_origin}"};
    if (std::ranges::find(meant, spelled) == meant.end() && fill.is_allowed_origin(origin))
        throw UnknownWord{"the target accepts the origin that would be sent: " +
                          std::string{origin}};
}

void apply(std::vector<script::FieldDelta> const& deltas, Filler const& fill, Fields& fields) {
    for (auto const& delta : deltas) {
        std::vector<std::string> values;
        for (auto const& value : delta.values) {
            values.push_back(fill(value));
            if (wire::equals_ignoring_case(delta.name, "Origin"))
                check_that_it_is_foreign(value, values.back(), fill);
        }
        replace(fields, delta.name, values);
    }
}

Fields request_fields(Wishes const& wishes, Encoding const& encoding) {
    auto const& setting = encoding.setting;
    Fields fields{{"Host", setting.host},
                  {"Upgrade", "websocket"},
                  {"Connection", "Upgrade"},
                  {"Sec-WebSocket-Key", encoding.key},
                  {"Sec-WebSocket-Version", "13"}};
    auto protocols = wishes.subprotocol.empty()
                         ? fmt::format("{}", fmt::join(setting.subprotocols, ", "))
                         : wishes.subprotocol;
    if (!setting.offered_token.empty())
        protocols += (protocols.empty() ? "" : ", ") + setting.offered_token;
    if (!setting.origin.empty()) fields.push_back({"Origin", setting.origin});
    if (!protocols.empty()) fields.push_back({"Sec-WebSocket-Protocol", protocols});
    if (!wishes.extension.empty()) fields.push_back({"Sec-WebSocket-Extensions", wishes.extension});
    for (auto const& added : setting.headers) {
        auto const ours =
            std::ranges::any_of(fields, [&](auto const& f) { return has_name(f, added.name); });
        if (ours) {
            replace(fields, added.name, {added.value});
        } else {
            fields.push_back(added);
        }
    }
    return fields;
}

std::string_view phrase_of(unsigned status) {
    switch (status) {
        case 101:
            return "Switching Protocols";
        case 200:
            return "OK";
        case 302:
            return "Found";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 426:
            return "Upgrade Required";
        case 503:
            return "Service Unavailable";
        default:
            return "Status";
    }
}

/// The first subprotocol that the client offers and the setting knows.
std::string agreed_subprotocol(wire::HttpHead const& request, Setting const& setting) {
    for (auto const& offered : request.elements_of("Sec-WebSocket-Protocol")) {
        if (std::ranges::count(setting.subprotocols, offered) != 0) return offered;
    }
    return {};
}

bool has_element(wire::HttpHead const& head, std::string_view name, std::string_view element) {
    return std::ranges::any_of(head.elements_of(name), [&](auto const& candidate) {
        return wire::equals_ignoring_case(candidate, element);
    });
}

}  // namespace

wire::Bytes encode(script::RequestOutput const& output, Wishes const& wishes,
                   Encoding const& encoding) {
    auto const fill = encoding.fill();
    auto fields = request_fields(wishes, encoding);
    apply(output.headers, fill, fields);
    auto const line =
        fmt::format("{} {} {}", output.method.value_or("GET"),
                    output.target ? fill(*output.target) : encoding.setting.resource_name,
                    output.version.value_or("HTTP/1.1"));
    return wire::to_bytes(wire::write_head(line, fields));
}

wire::Bytes encode(script::ResponseOutput const& output, Wishes const& wishes,
                   wire::HttpHead const& request, Encoding const& encoding) {
    auto const key = request.value_of("Sec-WebSocket-Key").value_or("");
    Fields fields{{"Upgrade", "websocket"},
                  {"Connection", "Upgrade"},
                  {"Sec-WebSocket-Accept", wire::accept_value(key)}};
    auto const protocol = wishes.subprotocol.empty() ? agreed_subprotocol(request, encoding.setting)
                                                     : wishes.subprotocol;
    if (!protocol.empty()) fields.push_back({"Sec-WebSocket-Protocol", protocol});
    if (!wishes.extension.empty()) fields.push_back({"Sec-WebSocket-Extensions", wishes.extension});
    apply(output.headers, encoding.fill(), fields);
    auto const status = output.status.value_or(101);
    auto const phrase = output.phrase.value_or(std::string{phrase_of(status)});
    return wire::to_bytes(wire::write_head(fmt::format("HTTP/1.1 {} {}", status, phrase), fields));
}

Request check_request(wire::HttpHead head) {
    Request request{std::move(head)};
    auto const demand = [&request](bool holds, std::string_view words) {
        if (!holds) request.defects.emplace_back(words);
    };
    auto const& line = request.head.start_line;
    demand(line.starts_with("GET "), "the method is not GET");
    demand(line.ends_with(" HTTP/1.1"), "the version is not HTTP/1.1");
    demand(request.head.values_of("Host").size() == 1, "there is not exactly one Host field");
    demand(has_element(request.head, "Upgrade", "websocket"), "Upgrade does not name websocket");
    demand(has_element(request.head, "Connection", "upgrade"), "Connection does not name Upgrade");
    auto const keys = request.head.values_of("Sec-WebSocket-Key");
    auto const nonce = keys.size() == 1 ? wire::base64_decode(keys.front()) : std::nullopt;
    demand(nonce && nonce->bytes.size() == 16, "Sec-WebSocket-Key is not one value of 16 bytes");
    demand(request.head.values_of("Sec-WebSocket-Version") == std::vector<std::string>{"13"},
           "Sec-WebSocket-Version is not 13");
    for (auto const& anomaly : request.head.anomalies) demand(false, "the head has " + anomaly);
    return request;
}

bool offers(wire::HttpHead const& request, std::string_view name) {
    auto const offered = wire::parse_extensions(
        fmt::format("{}", fmt::join(request.values_of("Sec-WebSocket-Extensions"), ", ")));
    return offered && std::ranges::count(*offered, name, &wire::Extension::name) != 0;
}

std::string extension_name(std::string_view element) {
    return std::string{wire::trim(element.substr(0, element.find_first_of(";,")))};
}

}  // namespace wsproof::play
