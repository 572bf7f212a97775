#include "cli/print_config.hpp"

#include <fmt/format.h>

#include "cli/authentication.hpp"
#include "reports/model.hpp"

namespace wsproof::cli {
namespace {

constexpr std::string_view hidden = "•••";

bool is_secret(Option const& option, std::string const& word) {
    for (auto const* const name : {"user", "cookie", "auth-token", "auth-expired-token"})
        if (option.name == name) return true;
    return option.name == "header" &&
           (word.starts_with("Authorization") || word.starts_with("authorization") ||
            word.starts_with("Cookie") || word.starts_with("cookie"));
}

std::string value_words(Option const& option, Value const& value, Secrets const& secrets) {
    std::string words;
    for (auto const& word : value.words)
        words += (words.empty() ? "" : ", ") + (is_secret(option, word)
                                                    ? std::string(hidden)
                                                    : report::printable(secrets.hidden_in(word)));
    return words;
}

}  // namespace

std::string print_config(Invocation const& invocation, Config const& config) {
    Secrets const secrets(invocation.values, config.url);
    std::string text =
        fmt::format("# config file: {}\n", config.path.empty() ? "none" : config.path);
    if (!config.target_name.empty())
        text += fmt::format("# section: [target.{}]\n", config.target_name);
    auto const& positionals = invocation.values.positionals;
    if (!positionals.empty())
        text += fmt::format("{:<18} = {:<28} # argument\n", "url",
                            report::printable(secrets.hidden_in(positionals.back())));
    else if (!config.url.empty())
        text += fmt::format("{:<18} = {:<28} # {}\n", "url",
                            report::printable(secrets.hidden_in(config.url)), config.url_place);
    for (auto const& option : options()) {
        if (!takes(invocation.verb, option) || option.name == "print-config") continue;
        auto const* const value = invocation.values.find(option.name);
        if (value != nullptr)
            text += fmt::format("{:<18} = {:<28} # {}\n", option.name,
                                value_words(option, *value, secrets), value->place);
        else if (!option.otherwise.empty())
            text += fmt::format("{:<18} = {:<28} # default\n", option.name, option.otherwise);
    }
    return text;
}

}  // namespace wsproof::cli
