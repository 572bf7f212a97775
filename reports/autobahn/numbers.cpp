#include "reports/autobahn/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace wsproof::report::autobahn {
namespace {

/// How many cases stand in each group; they are counted from 1 without gaps.
constexpr std::array<std::pair<std::string_view, int>, 57> groups{
    {{"1.1", 8},   {"1.2", 8},   {"2", 11},    {"3", 7},     {"4.1", 5},   {"4.2", 5},
     {"5", 20},    {"6.1", 3},   {"6.2", 4},   {"6.3", 2},   {"6.4", 4},   {"6.5", 5},
     {"6.6", 11},  {"6.7", 4},   {"6.8", 2},   {"6.9", 4},   {"6.10", 3},  {"6.11", 5},
     {"6.12", 8},  {"6.13", 5},  {"6.14", 10}, {"6.15", 1},  {"6.16", 3},  {"6.17", 5},
     {"6.18", 5},  {"6.19", 5},  {"6.20", 7},  {"6.21", 8},  {"6.22", 34}, {"6.23", 7},
     {"7.1", 6},   {"7.3", 6},   {"7.5", 1},   {"7.7", 13},  {"7.9", 9},   {"7.13", 2},
     {"9.1", 6},   {"9.2", 6},   {"9.3", 9},   {"9.4", 9},   {"9.5", 6},   {"9.6", 6},
     {"9.7", 6},   {"9.8", 6},   {"10.1", 1},  {"12.1", 18}, {"12.2", 18}, {"12.3", 18},
     {"12.4", 18}, {"12.5", 18}, {"13.1", 18}, {"13.2", 18}, {"13.3", 18}, {"13.4", 18},
     {"13.5", 18}, {"13.6", 18}, {"13.7", 18}}};

std::vector<std::string> numbers_of_groups() {
    std::vector<std::string> numbers;
    for (auto const& [group, count] : groups)
        for (int i = 1; i <= count; ++i) numbers.push_back(fmt::format("{}.{}", group, i));
    return numbers;
}

constexpr std::string_view prefix = "autobahn:";

/// `*` any run of characters, `?` one. Numbers are short.
bool glob(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern[0] == '*')
        return glob(pattern.substr(1), text) || (!text.empty() && glob(pattern, text.substr(1)));
    return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
           glob(pattern.substr(1), text.substr(1));
}

std::map<std::string, std::size_t, std::less<>> places() {
    std::map<std::string, std::size_t, std::less<>> all;
    for (auto const& number : all_numbers()) all.emplace(number, all.size() + 1);
    return all;
}

}  // namespace

std::vector<std::string> const& all_numbers() {
    static auto const numbers = numbers_of_groups();
    return numbers;
}

std::size_t index_of(std::string_view number) {
    static auto const by_number = places();
    auto const found = by_number.find(number);
    return found == by_number.end() ? 0 : found->second;
}

std::optional<std::string> number_in(std::string_view alias) {
    if (!alias.starts_with(prefix)) return std::nullopt;
    return std::string(alias.substr(prefix.size()));
}

bool is_among(std::vector<std::string> const& selection, std::string_view number) {
    auto const removes = [](std::string_view expression) { return expression.starts_with('!'); };
    bool chosen = std::ranges::all_of(selection, removes);
    for (std::string_view expression : selection) {
        bool const removing = removes(expression);
        if (removing) expression.remove_prefix(1);
        if (!expression.starts_with(prefix)) {
            if (!removing) return true;
            continue;
        }
        auto const wanted = std::string(expression.substr(prefix.size()));
        // "autobahn:7.1" means all below it, too.
        if (glob(wanted, number) || glob(wanted + ".*", number)) chosen = !removing;
    }
    return chosen;
}

}  // namespace wsproof::report::autobahn
