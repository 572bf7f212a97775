// The grammar of extensions and their negotiation: what is read is written and read back the same;
// an answer grants nothing that was not offered (RFC 6455 9.1, RFC 7692 7.1).
#include <algorithm>

#include "fuzz/target.hpp"
#include "fuzz/targets/endpoint_properties.hpp"
#include "fuzz/targets/input.hpp"
#include "reference_impl/protocol/permessage_deflate.hpp"

namespace wsproof::fuzz {
namespace {

using wire::Extension;

std::optional<std::string> value_in(Extension const& element, std::string_view name) {
    auto const at = std::ranges::find(element.parameters, name, &wire::ExtensionParameter::name);
    if (at == element.parameters.end()) return std::nullopt;
    return at->value.value_or("");
}

/// Bits in a parameter, 8 to 15 without leading zeros; 0: it is something else.
int bits_in(std::string const& digits) {
    for (int bits = 8; bits <= 15; ++bits)
        if (digits == std::to_string(bits)) return bits;
    return 0;
}

/// 7.1.2: a window is granted as it was asked for or smaller; the client's only to a client that
/// says it can.
bool grants_only_what(Extension const& offer, Extension const& answer) {
    if (offer.name != answer.name) return false;
    auto const server_asked = value_in(offer, "server_max_window_bits");
    auto const server_told = value_in(answer, "server_max_window_bits");
    auto const client_asked = value_in(offer, "client_max_window_bits");
    auto const client_told = value_in(answer, "client_max_window_bits");
    if (server_asked && (!server_told || bits_in(*server_told) > bits_in(*server_asked)))
        return false;
    if (client_told && !client_asked) return false;
    if (client_told && !client_asked->empty() && bits_in(*client_told) > bits_in(*client_asked))
        return false;
    return !value_in(offer, "server_no_context_takeover") ||
           value_in(answer, "server_no_context_takeover");
}

void require_proper(Extension const& answer) {
    for (auto const& parameter : answer.parameters) {
        auto const& name = parameter.name;
        bool const window = name == "server_max_window_bits" || name == "client_max_window_bits";
        bool const flag =
            name == "server_no_context_takeover" || name == "client_no_context_takeover";
        require(window || flag, "a parameter of RFC 7692", [&] { return name; });
        require(!window || bits_in(parameter.value.value_or("")) != 0, "window bits of 8 to 15",
                [&] { return parameter.value.value_or("no value"); });
        require(!flag || !parameter.value, "no_context_takeover without a value");
        require(std::ranges::count(answer.parameters, name, &wire::ExtensionParameter::name) == 1,
                "each parameter once (7.1)", [&] { return name; });
    }
}

reference::DeflateOptions deflate_of(unsigned choices) {
    return {.server_no_context_takeover = has_bit(choices, 0),
            .client_no_context_takeover = has_bit(choices, 1),
            .server_max_window_bits = 8 + static_cast<int>(choices >> 2U & 7U),
            .client_max_window_bits = 8 + static_cast<int>(choices >> 5U & 7U)};
}

}  // namespace

/// A byte of choices, then the value of Sec-WebSocket-Extensions.
void check_extensions(wire::ByteView data, reference::Faults const& faults) {
    Input input(data);
    auto const options = deflate_of(input.byte());
    auto const read = wire::parse_extensions(input.text());
    if (!read) return;
    auto const written = wire::write_extensions(*read);
    require(wire::parse_extensions(written) == read, "extensions that read back the same",
            [&] { return written; });
    if (auto const answer = reference::accept_offer(*read, options, faults)) {
        require_proper(answer->element);
        require(
            std::ranges::any_of(
                *read, [&](auto const& offer) { return grants_only_what(offer, answer->element); }),
            "an answer to one of the offers",
            [&] { return wire::write_extensions({answer->element}) + " to " + written; });
    }
    for (auto const& element : *read) {
        auto const agreed = reference::read_answer(element, options, faults);
        require(
            !agreed || (agreed->server_max_window_bits <= options.server_max_window_bits &&
                        agreed->client_max_window_bits <= options.client_max_window_bits &&
                        agreed->server_max_window_bits >= 8 && agreed->client_max_window_bits >= 8),
            "windows no larger than offered", [&] { return wire::write_extensions({element}); });
    }
}

WSPROOF_FUZZ_TARGET(extensions) {
    check_extensions(data, {});
}

}  // namespace wsproof::fuzz
