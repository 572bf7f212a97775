#include "harness/play/origin_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "reference_impl/wire/origin.hpp"

namespace wsproof::play {
namespace {

using P = wire::Origin const&;

std::string other_port(P origin) {
    unsigned port = origin.scheme == "https" ? 443 : 80;
    std::from_chars(origin.port.data(), origin.port.data() + origin.port.size(), port);
    return std::to_string(port == 443 || port == 80 ? port + 8000 : port ^ 1U);
}

std::string with_dots(P origin, char replacement, bool all) {
    auto const dots = std::ranges::count(origin.name, '.');
    if (origin.is_address || dots == 0) return {};
    std::string name{origin.name};
    auto const at = std::ranges::find(name, '.');
    *at = replacement;
    if (all) std::ranges::replace(name, '.', replacement);
    return name;
}

std::string other_top_level(P origin) {
    auto const dot = origin.name.rfind('.');
    if (origin.is_address || dot == std::string_view::npos) return {};
    auto const top = origin.name.substr(dot + 1);
    return std::string{origin.name.substr(0, dot)} + (top == "test" ? ".example" : ".test");
}

std::string first_label(P origin) {
    auto const dot = origin.name.find('.');
    if (origin.is_address || dot == std::string_view::npos) return {};
    return std::string{origin.name.substr(0, dot)};
}

std::string shortened(P origin, bool in_front) {
    if (origin.is_address || origin.name.size() < 2) return {};
    return std::string{origin.name.substr(in_front ? 1 : 0, origin.name.size() - 1)};
}

struct OriginWord {
    std::string_view name;
    std::string (*value)(P origin);
};

constexpr std::array origin_words{
    OriginWord{"origin_host", [](P o) { return std::string{o.host}; }},
    OriginWord{"origin_name", [](P o) { return std::string{o.name}; }},
    OriginWord{"origin_scheme", [](P o) { return std::string{o.scheme}; }},
    OriginWord{"origin_other_scheme",
               [](P o) { return std::string{o.scheme == "https" ? "http" : "https"}; }},
    OriginWord{"origin_other_port", other_port},
    OriginWord{"origin_parent", [](P o) { return std::string{o.parent}; }},
    OriginWord{"origin_label", first_label},
    OriginWord{"origin_other_top_level", other_top_level},
    OriginWord{"origin_with_a_wild_dot", [](P o) { return with_dots(o, 'x', false); }},
    OriginWord{"origin_with_wild_dots", [](P o) { return with_dots(o, 'x', true); }},
    OriginWord{"origin_with_hyphens", [](P o) { return with_dots(o, '-', true); }},
    OriginWord{"origin_without_first", [](P o) { return shortened(o, true); }},
    OriginWord{"origin_without_last", [](P o) { return shortened(o, false); }},
};

}  // namespace

std::string origin_word(std::string_view name, std::string_view origin) {
    auto const word = std::ranges::find(origin_words, name, &OriginWord::name);
    return word == origin_words.end() || origin.empty() ? std::string{}
                                                        : word->value(wire::Origin(origin));
}

}  // namespace wsproof::play
