#include "reference_impl/protocol/permessage_deflate.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "reference_impl/wire/http_head.hpp"

namespace wsproof::reference {
namespace {

using wire::Extension;
using wire::ExtensionParameter;

constexpr std::string_view server_no_context_takeover = "server_no_context_takeover";
constexpr std::string_view client_no_context_takeover = "client_no_context_takeover";
constexpr std::string_view server_max_window_bits = "server_max_window_bits";
constexpr std::string_view client_max_window_bits = "client_max_window_bits";

/// The four parameters as an element spells them.
struct Parameters {
    bool server_no_context_takeover = false;
    bool client_no_context_takeover = false;
    std::optional<int> server_max_window_bits = std::nullopt;
    bool has_client_max_window_bits = false;
    std::optional<int> client_max_window_bits = std::nullopt;
};

/// 7.1.2.1, 7.1.2.2: a decimal integer from 8 to 15 without leading zeros.
std::optional<int> window_bits(std::string_view value, Faults const& faults) {
    if (value.size() == 1 && (value[0] == '8' || value[0] == '9')) return value[0] - '0';
    if (value.size() == 2 && value[0] == '1' && value[1] >= '0' && value[1] <= '5')
        return 10 + (value[1] - '0');
    if (faults.has(Fault::accepts_bad_window_bits)) return 15;
    return std::nullopt;
}

bool read_window_bits(ExtensionParameter const& parameter, bool value_required,
                      std::optional<int>& to, Faults const& faults) {
    if (!parameter.value) {
        if (faults.has(Fault::accepts_bad_window_bits) && value_required) to = 15;
        return !value_required || faults.has(Fault::accepts_bad_window_bits);
    }
    to = window_bits(*parameter.value, faults);
    return to.has_value();
}

bool read_flag(ExtensionParameter const& parameter, bool& to, Faults const& faults) {
    to = true;
    return !parameter.value || faults.has(Fault::accepts_values_of_no_context_takeover);
}

bool read_parameter(ExtensionParameter const& parameter, wire::Role sender, Parameters& to,
                    Faults const& faults) {
    auto const& name = parameter.name;
    bool const in_response = sender == wire::Role::server;
    if (name == server_no_context_takeover)
        return read_flag(parameter, to.server_no_context_takeover, faults);
    if (name == client_no_context_takeover)
        return read_flag(parameter, to.client_no_context_takeover, faults);
    if (name == server_max_window_bits)
        return read_window_bits(parameter, true, to.server_max_window_bits, faults);
    if (name == client_max_window_bits) {
        to.has_client_max_window_bits = true;
        return read_window_bits(parameter, in_response, to.client_max_window_bits, faults);
    }
    return faults.has(Fault::accepts_unknown_parameters);
}

bool has_duplicates(Extension const& element) {
    auto const& parameters = element.parameters;
    for (auto at = parameters.begin(); at != parameters.end(); ++at) {
        auto const same = [&](auto const& other) { return other.name == at->name; };
        if (std::any_of(std::next(at), parameters.end(), same)) return true;
    }
    return false;
}

/// 7: unknown names, names given twice and bad values spoil an element.
std::optional<Parameters> read_parameters(Extension const& element, wire::Role sender,
                                          Faults const& faults) {
    // No element that fits has more than four; looking for duplicates among thousands is the
    // peer's pastime.
    if (element.parameters.size() > 64) return std::nullopt;
    if (has_duplicates(element) && !faults.has(Fault::accepts_duplicate_parameters))
        return std::nullopt;
    Parameters parameters;
    for (auto const& parameter : element.parameters)
        if (!read_parameter(parameter, sender, parameters, faults)) return std::nullopt;
    return parameters;
}

void add(Extension& element, std::string_view name, std::optional<int> value = std::nullopt) {
    element.parameters.push_back(
        {.name = std::string{name},
         .value = value ? std::optional{std::to_string(*value)} : std::nullopt});
}

/// 7.1: what the server grants to an offer that it can keep.
DeflateAgreement agree(Parameters const& offered, DeflateOptions const& options) {
    DeflateAgreement agreed{
        .server_no_context_takeover =
            offered.server_no_context_takeover || options.server_no_context_takeover,
        .client_no_context_takeover = options.client_no_context_takeover,
        .server_max_window_bits =
            std::min(offered.server_max_window_bits.value_or(15), options.server_max_window_bits)};
    // 7.1.2.2: a client that has not named the parameter need not be able to limit itself.
    if (offered.has_client_max_window_bits)
        agreed.client_max_window_bits =
            std::min(offered.client_max_window_bits.value_or(15), options.client_max_window_bits);
    return agreed;
}

bool is_permessage_deflate(Extension const& offer, Faults const& faults) {
    if (faults.has(Fault::ignores_case_of_extension_names))
        return wire::equals_ignoring_case(offer.name, permessage_deflate_name);
    return offer.name == permessage_deflate_name;
}

/// What mutants decline though it is valid.
bool declines(Parameters const& offered, Faults const& faults) {
    if (faults.has(Fault::declines_server_no_context_takeover))
        return offered.server_no_context_takeover;
    if (faults.has(Fault::declines_client_no_context_takeover))
        return offered.client_no_context_takeover;
    return false;
}

/// A mutant that reads the parameters of all offers as if they were one.
void borrow(std::vector<Extension> const& offers, Parameters& to) {
    for (auto const& offer : offers)
        for (auto const& parameter : offer.parameters) {
            if (parameter.name != client_max_window_bits) continue;
            to.has_client_max_window_bits = true;
            to.client_max_window_bits = 10;
        }
}

Extension write_answer(Parameters const& offered, DeflateAgreement const& agreed,
                       Faults const& faults) {
    Extension element{.name = std::string{permessage_deflate_name}};
    if (agreed.server_no_context_takeover && !faults.has(Fault::omits_server_no_context_takeover))
        add(element, server_no_context_takeover);
    if (agreed.client_no_context_takeover) add(element, client_no_context_takeover);
    if (faults.has(Fault::chooses_a_tiny_window)) add(element, server_max_window_bits, 9);
    if (offered.server_max_window_bits || agreed.server_max_window_bits < 15) {
        auto bits = agreed.server_max_window_bits;
        if (faults.has(Fault::answers_larger_window_bits)) bits = std::min(bits + 1, 15);
        if (!faults.has(Fault::omits_server_window_bits))
            add(element, server_max_window_bits, bits);
    }
    if (faults.has(Fault::answers_valueless_window_bits))
        add(element, client_max_window_bits);
    else if (faults.has(Fault::answers_larger_client_window) && offered.client_max_window_bits)
        add(element, client_max_window_bits, 15);
    else if (agreed.client_max_window_bits < 15)
        add(element, client_max_window_bits, agreed.client_max_window_bits);
    if (faults.has(Fault::sends_client_window_bits_unasked) && !offered.has_client_max_window_bits)
        add(element, client_max_window_bits, 15);
    if (faults.has(Fault::answers_unknown_parameters)) add(element, "max_window_bits", 15);
    if (faults.has(Fault::answers_parameters_twice)) add(element, server_max_window_bits, 15);
    if (faults.has(Fault::answers_parameters_twice)) add(element, server_max_window_bits, 15);
    if (faults.has(Fault::answers_no_context_takeover_with_a_value))
        add(element, "client_no_context_takeover", 1);
    return element;
}

}  // namespace

std::optional<DeflateAnswer> accept_offer(std::vector<Extension> offers,
                                          DeflateOptions const& options, Faults const& faults) {
    if (faults.has(Fault::prefers_later_offers)) std::ranges::reverse(offers);
    for (auto const& offer : offers) {
        if (!is_permessage_deflate(offer, faults)) continue;
        auto offered = read_parameters(offer, wire::Role::client, faults);
        if (!offered && faults.has(Fault::gives_up_at_the_first_bad_offer)) return std::nullopt;
        if (!offered || declines(*offered, faults)) continue;
        if (faults.has(Fault::answers_from_declined_offers)) borrow(offers, *offered);
        auto agreed = agree(*offered, options);
        auto element = write_answer(*offered, agreed, faults);
        if (faults.has(Fault::takes_hints_for_agreements))
            agreed.client_no_context_takeover |= offered->client_no_context_takeover;
        return DeflateAnswer{.agreement = agreed, .element = std::move(element)};
    }
    return std::nullopt;
}

Extension make_offer(DeflateOptions const& options) {
    Extension element{.name = std::string{permessage_deflate_name}};
    if (options.server_no_context_takeover) add(element, server_no_context_takeover);
    if (options.client_no_context_takeover) add(element, client_no_context_takeover);
    if (options.server_max_window_bits < 15)
        add(element, server_max_window_bits, options.server_max_window_bits);
    // Without a value it says that the server may set a limit (7.1.2.2).
    add(element, client_max_window_bits,
        options.client_max_window_bits < 15 ? std::optional{options.client_max_window_bits}
                                            : std::nullopt);
    return element;
}

std::optional<DeflateAgreement> read_answer(Extension const& element, DeflateOptions const& options,
                                            Faults const& faults) {
    auto const answered = read_parameters(element, wire::Role::server, faults);
    if (!answered) return std::nullopt;
    DeflateAgreement const agreed{
        .server_no_context_takeover = answered->server_no_context_takeover,
        // A client may keep to its own hint whatever the server says (7.1.1.2).
        .client_no_context_takeover =
            answered->client_no_context_takeover || options.client_no_context_takeover,
        .server_max_window_bits = answered->server_max_window_bits.value_or(15),
        .client_max_window_bits = std::min(answered->client_max_window_bits.value_or(15),
                                           options.client_max_window_bits)};
    // 7.1.1.1, 7.1.2.1: whoever accepts these has to repeat them, and not with a larger window.
    if (options.server_no_context_takeover && !agreed.server_no_context_takeover)
        return std::nullopt;
    if (agreed.server_max_window_bits > options.server_max_window_bits) return std::nullopt;
    return agreed;
}

}  // namespace wsproof::reference
