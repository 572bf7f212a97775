// The one table of options: the parser, `--help`, docs/cli.md, the environment and the config file
// are made from it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace wsproof::cli {

enum class Verb : std::uint32_t {
    test = 1U << 0U,
    echo = 1U << 1U,
    list = 1U << 2U,
    explain = 1U << 3U,
    replay = 1U << 4U,
    report = 1U << 5U,
    doctor = 1U << 6U,
    demo = 1U << 7U,
    self_test = 1U << 8U,
    version = 1U << 9U,
    merge = 1U << 10U,
    lint = 1U << 11U,
    init = 1U << 12U,
    origin = 1U << 13U,
    fuzz = 1U << 14U,
    shrink = 1U << 15U,
    corpus = 1U << 16U,
    diff = 1U << 17U,
    completions = 1U << 19U,
    compare = 1U << 18U,
    baseline = 1U << 20U,
    schema = 1U << 21U,
};

/// Verbs that take an option, ORed.
using Verbs = std::uint32_t;
constexpr Verbs operator|(Verb a, Verb b) {
    return static_cast<Verbs>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr Verbs operator|(Verbs a, Verb b) {
    return static_cast<Verbs>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr Verbs only(Verb verb) {
    return static_cast<Verbs>(verb);
}

struct VerbInfo {
    Verb verb = Verb::test;
    std::string_view name = {};
    std::string_view positionals = {};  ///< "[URL]"
    std::size_t least = 0;              ///< so many positionals at least
    std::size_t most = 0;
    std::string_view says = {};   ///< one line
    std::string_view about = {};  ///< further paragraphs of its help
};

struct Option {
    std::string_view name = {};      ///< without the dashes
    char letter = 0;                 ///< 0: none
    std::string_view argument = {};  ///< "FILE"; empty: a flag; "a|b|c": a choice
    std::string_view group = {};
    Verbs verbs = 0;
    bool repeats = false;
    std::string_view config = {};     ///< "run.jobs", "target.headers"; empty: not in the file
    std::string_view otherwise = {};  ///< the built-in default, in words
    std::string_view help = {};
};

std::span<VerbInfo const> verbs();
std::span<Option const> options();

VerbInfo const* verb_named(std::string_view name);
VerbInfo const& info_of(Verb verb);
Option const* option_named(std::string_view name);
bool takes(Verb verb, Option const& option);

constexpr bool is_flag(Option const& option) {
    return option.argument.empty();
}
/// True when the argument is one of a closed list of words, "a|b|c".
bool is_choice(Option const& option);

}  // namespace wsproof::cli
