#include "cli/completion_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "cli/outputs.hpp"

namespace wsproof::cli {
namespace {

constexpr std::array<std::string_view, 6> of_files{"FILE", "PATH",    "REPORT",
                                                   "OLD",  "JOURNAL", "NEW"};
constexpr std::array<std::string_view, 3> of_expressions{"EXPR", "SELECT", "CASE"};

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/// "CASE|FINDING", "export DIR", "[=N]": the words and placeholders in it.
std::vector<std::string_view> tokens_of(std::string_view argument) {
    constexpr std::string_view between = "| []=";
    std::vector<std::string_view> tokens;
    for (std::size_t begin = 0; begin < argument.size();) {
        auto const end = std::min(argument.find_first_of(between, begin), argument.size());
        auto token = argument.substr(begin, end - begin);
        if (token.ends_with("...")) token.remove_suffix(3);
        if (!token.empty()) tokens.push_back(token);
        begin = end + 1;
    }
    return tokens;
}

void take(std::string_view token, Completable& into) {
    auto const is_in = [&](auto const& list) {
        return std::ranges::find(list, token) != list.end();
    };
    into.files = into.files || is_in(of_files);
    into.folders = into.folders || token == "DIR";
    into.expressions = into.expressions || is_in(of_expressions);
    if (token == "FMT") into.words = format_names();
    // Capitals stand for something else: of "http:PATH" only the beginning can be typed.
    auto const end = std::ranges::find_if(token, is_capital) - token.begin();
    if (end > 0) into.words.emplace_back(token.substr(0, static_cast<std::size_t>(end)));
}

Completable read_off(std::string_view argument) {
    Completable all;
    for (auto const token : tokens_of(argument)) take(token, all);
    return all;
}

}  // namespace

Completable completable(Option const& option) {
    auto all = read_off(option.argument);
    all.faults = option.name == "fault";
    return all;
}

Completable completable(VerbInfo const& verb) {
    return read_off(verb.positionals);
}

std::vector<std::string> verb_words() {
    std::vector<std::string> words{"help"};
    for (auto const& verb : verbs()) words.emplace_back(verb.name);
    return words;
}

std::vector<std::string> spellings(Option const& option) {
    std::vector<std::string> words;
    if (option.letter != 0) words.push_back(fmt::format("-{}", option.letter));
    words.push_back(fmt::format("--{}", option.name));
    return words;
}

}  // namespace wsproof::cli
