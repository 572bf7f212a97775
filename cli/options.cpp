#include "cli/options.hpp"

#include <algorithm>
#include <vector>

#include "cli/option_words.hpp"

namespace wsproof::cli {

std::span<Option const> options() {
    static std::vector<Option> const all = [] {
        std::vector<Option> joined;
        for (auto const part :
             {options_of_the_target(), options_of_the_run(), options_of_the_output()})
            joined.insert(joined.end(), part.begin(), part.end());
        return joined;
    }();
    return all;
}

Option const* option_named(std::string_view name) {
    auto const all = options();
    auto const at = std::ranges::find(all, name, &Option::name);
    return at == all.end() ? nullptr : &*at;
}

bool takes(Verb verb, Option const& option) {
    return (option.verbs & static_cast<Verbs>(verb)) != 0;
}

bool is_choice(Option const& option) {
    auto const& argument = option.argument;
    // Words that stand for something else ("http:PATH", "N|auto") are in capitals.
    return argument.find('|') != std::string_view::npos &&
           std::ranges::none_of(argument, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace wsproof::cli
