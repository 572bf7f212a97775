#include <fmt/ranges.h>

#include "cli/completion_words.hpp"
#include "cli/completions.hpp"

namespace wsproof::cli {
namespace {

constexpr std::string_view fish_head =
    R"fish(# Completions of fish for wsproof, printed by `wsproof completions fish`.

# The verb of the command line: a URL or an option in its place means test.
function __wsproof_verb
    set -l words (commandline -opc)
    if set -q words[2]; and contains -- $words[2] $__wsproof_verbs
        echo $words[2]
    else
        echo test
    end
end

function __wsproof_takes
    contains -- (__wsproof_verb) $argv
end

function __wsproof_needs_verb
    test (count (commandline -opc)) -eq 1
end

complete -c wsproof -f
complete -c wsproof -s h -l help -d 'Show help'
complete -c wsproof -n '__wsproof_takes help' -a '$__wsproof_verbs'
)fish";

std::string fish_quoted(std::string_view text) {
    std::string safe = "'";
    for (char const c : text) {
        if (c == '\'' || c == '\\') safe += '\\';
        safe += c;
    }
    return safe + "'";
}

/// -F brings files, -a words; what runs a command is in single quotes, to run when it is asked.
std::string fish_offered(Completable const& argument) {
    std::vector<std::string> words = argument.words;
    if (argument.folders && !argument.files) words.emplace_back("(__fish_complete_directories)");
    if (argument.expressions) words.emplace_back("(wsproof list --expressions 2>/dev/null)");
    if (argument.faults)
        words.emplace_back("(wsproof echo --list-faults 2>/dev/null | string split -f1 ' ')");
    std::string text;
    if (argument.files) text += " -F";
    if (!words.empty())
        text += fmt::format(" -a {}", fish_quoted(fmt::format("{}", fmt::join(words, " "))));
    return text;
}

std::string verbs_that_take(Option const& option) {
    std::string names;
    for (auto const& verb : verbs())
        if (takes(verb.verb, option)) names += fmt::format(" {}", verb.name);
    return names;
}

std::string fish_line(Option const& option) {
    auto text = fmt::format("complete -c wsproof -n '__wsproof_takes{}' -l {}",
                            verbs_that_take(option), option.name);
    if (option.letter != 0) text += fmt::format(" -s {}", option.letter);
    if (!is_flag(option) && !option.argument.starts_with('['))
        text += fmt::format(" -r{}", fish_offered(completable(option)));
    return text + fmt::format(" -d {}\n", fish_quoted(option.help));
}

std::string fish_lines(VerbInfo const& verb) {
    auto text = fmt::format("complete -c wsproof -n __wsproof_needs_verb -a {} -d {}\n", verb.name,
                            fish_quoted(verb.says));
    if (auto const words = fish_offered(completable(verb)); !words.empty())
        text += fmt::format(
            "complete -c wsproof -n '__wsproof_takes {}; and not __wsproof_needs_verb'{}\n",
            verb.name, words);
    return text;
}

}  // namespace

std::string fish_completions() {
    auto text = fmt::format(
        "{}complete -c wsproof -n __wsproof_needs_verb -a help -d 'show help'\n", fish_head);
    text.insert(text.find("# The verb"),
                fmt::format("set -g __wsproof_verbs {}\n\n", fmt::join(verb_words(), " ")));
    for (auto const& verb : verbs()) text += fish_lines(verb);
    for (auto const& option : options()) text += fish_line(option);
    return text;
}

}  // namespace wsproof::cli
