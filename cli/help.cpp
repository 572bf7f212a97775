#include "cli/help.hpp"

#include <fmt/format.h>

#include <vector>

#include "reports/model.hpp"

namespace wsproof::cli {
namespace {

std::string usage_of(VerbInfo const& verb) {
    auto const positionals =
        verb.positionals.empty() ? std::string() : fmt::format(" {}", verb.positionals);
    return fmt::format("wsproof {} [OPTION...]{}", verb.name, positionals);
}

/// "-j, --jobs N|auto"
std::string spelled(Option const& option) {
    auto const letter = option.letter == 0 ? std::string() : fmt::format("-{}, ", option.letter);
    auto const blank = is_flag(option) || option.argument.starts_with('[') ? "" : " ";
    return fmt::format("{}--{}{}{}", letter, option.name, blank, option.argument);
}

/// The words of a help text, so that no line is longer than a terminal of 80 columns.
std::string wrapped(std::string_view text, std::size_t indent) {
    constexpr std::size_t width = 80;
    std::string out;
    std::size_t column = indent;
    std::size_t begin = 0;
    while (begin < text.size()) {
        auto const end = std::min(text.find(' ', begin), text.size());
        auto const word = text.substr(begin, end - begin);
        if (column > indent && column + 1 + word.size() > width) {
            out += "\n" + std::string(indent, ' ');
            column = indent;
        }
        if (column > indent) {
            out += ' ';
            ++column;
        }
        out += word;
        column += word.size();
        begin = end + 1;
    }
    return out;
}

std::string line_of(Option const& option) {
    constexpr std::size_t indent = 26;
    auto const left = fmt::format("  {}", spelled(option));
    auto text = std::string(option.help);
    if (!option.otherwise.empty() && option.otherwise != "no")
        text += fmt::format(" (default: {})", option.otherwise);
    if (option.repeats && !is_flag(option)) text += "; may repeat";
    auto const gap = left.size() + 2 <= indent ? std::string(indent - left.size(), ' ')
                                               : "\n" + std::string(indent, ' ');
    return left + gap + wrapped(text, indent) + "\n";
}

/// The groups of the table in the order in which they first occur among the verb's options.
std::vector<std::string_view> groups_of(Verb verb) {
    std::vector<std::string_view> groups;
    for (auto const& option : options()) {
        if (!takes(verb, option)) continue;
        bool known = false;
        for (auto const group : groups) known = known || group == option.group;
        if (!known) groups.push_back(option.group);
    }
    return groups;
}

constexpr std::string_view around = R"(
Every option is also read from the environment (WSPROOF_JOBS for --jobs; lists
one a line) and, for `test`, from wsproof.toml. Priority: flag, environment,
target section, run section, default.
)";

std::string cell(std::string_view text) {
    std::string safe;
    for (char const c : text) safe += c == '|' ? std::string("\\|") : std::string(1, c);
    return safe;
}

std::string markdown_row(Option const& option) {
    auto const config =
        option.config.empty() ? std::string("-") : fmt::format("`{}`", option.config);
    auto const otherwise = option.otherwise.empty() ? std::string_view("-") : option.otherwise;
    return fmt::format("| `{}`{} | {} | {} | {} |\n", cell(spelled(option)),
                       option.repeats && !is_flag(option) ? " ..." : "", cell(option.help),
                       cell(otherwise), config);
}

}  // namespace

std::string whole_help() {
    std::string text =
        "wsproof - judges how far a WebSocket server keeps RFC 6455 and RFC 7692\n\n"
        "  wsproof ws://localhost:9001           test a server, write wsproof-report/\n"
        "  wsproof --spawn './server {port}'     start a server and test it\n\n"
        "Verbs:\n";
    for (auto const& verb : verbs())
        text += fmt::format("  {:<11} {}\n", verb.name, wrapped(verb.says, 14));
    return text +
           "\n`wsproof VERB --help` tells the options of a verb, `wsproof help exit-codes` "
           "what they mean.\n";
}

std::string help_of(Verb verb) {
    auto const& info = info_of(verb);
    auto text = fmt::format("{} - {}\n\nusage: {}\n", info.name, info.says, usage_of(info));
    if (!info.about.empty()) text += fmt::format("\n{}\n", info.about);
    for (auto const group : groups_of(verb)) {
        text += fmt::format("\n{}\n", group);
        for (auto const& option : options())
            if (takes(verb, option) && option.group == group) text += line_of(option);
    }
    return text + std::string(around);
}

std::string exit_codes_help() {
    std::string text = "Exit codes; the first of 6, 2, 3, 4, 5, 1, 7 wins:\n";
    for (int const code : {0, 1, 2, 3, 4, 5, 6, 7, 130, 143})
        text += fmt::format("  {:>3}  {}\n", code, report::exit_words(code));
    return text + "--exit-zero turns 1, 5 and 7 into 0. docs/gate.md tells more.\n";
}

std::string options_as_markdown() {
    std::string text;
    for (auto const& info : verbs()) {
        text += fmt::format("\n## wsproof {}\n\n`{}`: {}.\n", info.name, usage_of(info), info.says);
        if (!info.about.empty()) text += fmt::format("\n{}\n", info.about);
        for (auto const group : groups_of(info.verb)) {
            text += fmt::format(
                "\n### {} ({})\n\n| option | meaning | default | in wsproof.toml "
                "|\n|---|---|---|---|\n",
                group, info.name);
            for (auto const& option : options())
                if (takes(info.verb, option) && option.group == group) text += markdown_row(option);
        }
    }
    return text;
}

}  // namespace wsproof::cli
