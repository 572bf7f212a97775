#include "harness/play/origin_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace wsproof::play {
namespace {

/// An origin in pieces (RFC 6454 4).
struct Pieces {
    explicit Pieces(std::string_view origin) {
        auto const end = origin.find("://");
        scheme = origin.substr(0, end);
        host = end == std::string_view::npos ? origin : origin.substr(end + 3);
        auto const from = host.starts_with('[') ? host.find(']') : 0;
        name = host.substr(0, host.find(':', from));
        port = host.substr(std::min(host.size(), name.size() + 1));
        bool const is_number = !name.empty() && name.find_last_not_of("0123456789.") == name.npos;
        is_domain = !name.starts_with('[') && !is_number;
    }

    std::string_view scheme;
    std::string_view host;  ///< with the port, if there is one
    std::string_view name;
    std::string_view port;
    bool is_domain = false;  ///< no IP address
};

using P = Pieces const&;

std::string other_port(P origin) {
    unsigned port = origin.scheme == "https" ? 443 : 80;
    std::from_chars(origin.port.data(), origin.port.data() + origin.port.size(), port);
    return std::to_string(port == 443 || port == 80 ? port + 8000 : port ^ 1U);
}

/// "good.example" for "app.good.example"; empty for names of two labels, whose parent is a
/// registry's.
std::string parent(P origin) {
    auto const dot = origin.name.find('.');
    bool const has_parent = origin.is_domain && dot != std::string_view::npos &&
                            origin.name.find('.', dot + 1) != std::string_view::npos;
    return has_parent ? std::string{origin.name.substr(dot + 1)} : std::string{};
}

std::string with_dots(P origin, char replacement, bool all) {
    auto const dots = std::ranges::count(origin.name, '.');
    if (!origin.is_domain || dots == 0) return {};
    std::string name{origin.name};
    auto const at = std::ranges::find(name, '.');
    *at = replacement;
    if (all) std::ranges::replace(name, '.', replacement);
    return name;
}

std::string other_top_level(P origin) {
    auto const dot = origin.name.rfind('.');
    if (!origin.is_domain || dot == std::string_view::npos) return {};
    auto const top = origin.name.substr(dot + 1);
    return std::string{origin.name.substr(0, dot)} + (top == "test" ? ".example" : ".test");
}

std::string first_label(P origin) {
    auto const dot = origin.name.find('.');
    if (!origin.is_domain || dot == std::string_view::npos) return {};
    return std::string{origin.name.substr(0, dot)};
}

std::string shortened(P origin, bool in_front) {
    if (!origin.is_domain || origin.name.size() < 2) return {};
    return std::string{origin.name.substr(in_front ? 1 : 0, origin.name.size() - 1)};
}

struct Word {
    std::string_view name;
    std::string (*value)(P origin);
};

constexpr std::array words{
    Word{"origin_host", [](P o) { return std::string{o.host}; }},
    Word{"origin_name", [](P o) { return std::string{o.name}; }},
    Word{"origin_scheme", [](P o) { return std::string{o.scheme}; }},
    Word{"origin_other_scheme",
         [](P o) { return std::string{o.scheme == "https" ? "http" : "https"}; }},
    Word{"origin_other_port", other_port},
    Word{"origin_parent", parent},
    Word{"origin_label", first_label},
    Word{"origin_other_top_level", other_top_level},
    Word{"origin_with_a_wild_dot", [](P o) { return with_dots(o, 'x', false); }},
    Word{"origin_with_wild_dots", [](P o) { return with_dots(o, 'x', true); }},
    Word{"origin_with_hyphens", [](P o) { return with_dots(o, '-', true); }},
    Word{"origin_without_first", [](P o) { return shortened(o, true); }},
    Word{"origin_without_last", [](P o) { return shortened(o, false); }},
};

}  // namespace

std::string origin_word(std::string_view name, std::string_view origin) {
    auto const word = std::ranges::find(words, name, &Word::name);
    return word == words.end() || origin.empty() ? std::string{} : word->value(Pieces(origin));
}

}  // namespace wsproof::play
