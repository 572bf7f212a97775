#include "harness/play/deflate_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "harness/play/words.hpp"

namespace wsproof::play {
namespace {

using wire::Extension;
using wire::ExtensionParameter;

constexpr std::string_view permessage_deflate = "permessage-deflate";
constexpr std::array<std::string_view, 2> takeovers{"server_no_context_takeover",
                                                    "client_no_context_takeover"};
constexpr std::string_view server_window = "server_max_window_bits";
constexpr std::string_view client_window = "client_max_window_bits";

ExtensionParameter const* find(Extension const& extension, std::string_view name) {
    auto const found = std::ranges::find(extension.parameters, name, &ExtensionParameter::name);
    return found == extension.parameters.end() ? nullptr : &*found;
}

/// 7.1.2: a decimal number from 8 to 15 without leading zeros.
std::optional<int> window_bits(ExtensionParameter const& parameter) {
    auto const& value = parameter.value;
    if (!value || value->empty() || value->size() > 2) return std::nullopt;
    if (!std::ranges::all_of(*value, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    auto const bits = std::stoi(*value);
    auto const plain = std::to_string(bits) == *value;
    return plain && bits >= 8 && bits <= 15 ? std::optional{bits} : std::nullopt;
}

std::string as_written(ExtensionParameter const& parameter) {
    auto const text = parameter.value ? parameter.name + "=" + *parameter.value : parameter.name;
    return "'" + printable(text, 80) + "'";
}

/// What no offer could explain.
void check_form(Extension const& answer, std::vector<Defect>& to) {
    for (auto const& parameter : answer.parameters) {
        auto const& name = parameter.name;
        auto const is_takeover = std::ranges::count(takeovers, name) != 0;
        auto const is_window = name == server_window || name == client_window;
        if (!is_takeover && !is_window) {
            to.push_back(
                {"7692/5/offer-accepted",
                 "answered the parameter " + as_written(parameter) + ", which nobody defined"});
        } else if (std::ranges::count(answer.parameters, name, &ExtensionParameter::name) > 1) {
            to.push_back(
                {"7692/5/offer-accepted", "answered the parameter '" + name + "' more than once"});
        } else if (is_takeover && parameter.value) {
            to.push_back({"7692/7.1.1.2/no-value-in-response",
                          "answered " + as_written(parameter) + ": the parameter has no value"});
        } else if (is_window && !window_bits(parameter)) {
            auto const* rule = name == server_window ? "7692/7.1.2.1/answers-server-max-window-bits"
                                                     : "7692/7.1.2.2/client-max-window-bits-value";
            to.push_back(
                {rule, "answered " + as_written(parameter) + ": a window has 8 to 15 bits"});
        }
    }
}

bool is_valid(ExtensionParameter const& parameter) {
    if (std::ranges::count(takeovers, parameter.name) != 0) return !parameter.value;
    if (parameter.name == client_window) return !parameter.value || window_bits(parameter);
    return parameter.name == server_window && window_bits(parameter);
}

/// 7: an offer with other parameters, with bad values or with a parameter twice is declined, and
/// explains nothing.
bool is_valid(Extension const& offer) {
    // No valid offer has more than four.
    if (offer.parameters.size() > 4) return false;
    return std::ranges::all_of(offer.parameters, [&](ExtensionParameter const& parameter) {
        return is_valid(parameter) &&
               std::ranges::count(offer.parameters, parameter.name, &ExtensionParameter::name) == 1;
    });
}

/// What this offer does not explain.
std::vector<Defect> against(Extension const& offer, Extension const& answer) {
    std::vector<Defect> defects;
    if (find(offer, takeovers[0]) != nullptr && find(answer, takeovers[0]) == nullptr) {
        defects.push_back({"7692/7.1.1.1/answers-server-no-context-takeover",
                           "accepted server_no_context_takeover without repeating it"});
    }
    if (find(answer, client_window) != nullptr && find(offer, client_window) == nullptr) {
        defects.push_back({"7692/7.1.2.2/client-max-window-bits-only-if-offered",
                           "answered client_max_window_bits, which was not offered"});
    }
    auto const* wanted = find(offer, server_window);
    auto const offered = wanted != nullptr ? window_bits(*wanted) : std::nullopt;
    if (!offered || *offered == 15) return defects;  // 15 bits are what it is without the parameter
    auto const* given = find(answer, server_window);
    auto const answered = given != nullptr ? window_bits(*given) : std::nullopt;
    if (given == nullptr || (answered && *answered > *offered)) {
        defects.push_back(
            {"7692/7.1.2.1/answers-server-max-window-bits",
             fmt::format("accepted server_max_window_bits={} and answered {}", *offered,
                         given == nullptr ? "without it" : as_written(*given))});
    }
    return defects;
}

}  // namespace

std::vector<Defect> check_deflate_answer(std::vector<Extension> const& offers,
                                         Extension const& answer) {
    std::vector<Defect> defects;
    if (answer.name != permessage_deflate) return defects;
    check_form(answer, defects);
    std::optional<std::vector<Defect>> least;
    for (auto const& offer : offers) {
        if (offer.name != permessage_deflate || !is_valid(offer)) continue;
        auto of_offer = against(offer, answer);
        if (!least || of_offer.size() < least->size()) least = std::move(of_offer);
    }
    if (least) std::ranges::copy(*least, std::back_inserter(defects));
    return defects;
}

}  // namespace wsproof::play
