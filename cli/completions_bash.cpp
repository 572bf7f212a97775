#include <fmt/ranges.h>

#include "cli/completion_words.hpp"
#include "cli/completions.hpp"

namespace wsproof::cli {
namespace {

constexpr std::string_view bash_head =
    R"bash(# Completions of bash for wsproof, printed by `wsproof completions bash`.

# How compgen is to complete what stands behind $1, an option or a verb: into `how`.
# Fails for an option that takes no argument.
_wsproof_how() {
    case $1 in
)bash";

// Bash cuts words at : and = too, and replaces the last part alone; so the line is cut anew, and
// what is in front of the last part is taken off the answers.
constexpr std::string_view bash_tail = R"bash(        *) return 1 ;;
    esac
}

_wsproof() {
    local line=${COMP_LINE:0:COMP_POINT} typed='' verb=test before option reply
    local -a words how
    read -ra words <<<"$line"
    if [[ $line != *[[:space:]] ]]; then
        typed=${words[-1]}
        unset 'words[-1]'
    fi
    before=${words[-1]}
    if _wsproof_is_verb "${words[1]-}"; then verb=${words[1]}; fi
    typed=${typed#[\"\']}

    if [[ $typed == --*=* ]] && _wsproof_how "${typed%%=*}"; then
        typed=${typed#*=}
    elif [[ $before == -* ]] && _wsproof_how "$before"; then
        :
    elif [[ $typed == -* ]]; then
        how=(-W "$(_wsproof_options "$verb")")
    elif [[ $verb == help || ${#words[@]} -eq 1 ]]; then
        how=(-W "$(_wsproof_verbs)")
    else
        _wsproof_how "$verb" || return 0
    fi

    [[ ${#how[@]} -eq 0 ]] && return 0
    mapfile -t COMPREPLY < <(compgen "${how[@]}" -- "$typed")
    case ${how[0]} in -f | -d) compopt -o filenames ;; esac
    case ${COMPREPLY[0]-} in *[:=]) compopt -o nospace ;; esac
    if [[ $typed == *:* && $COMP_WORDBREAKS == *:* ]]; then
        COMPREPLY=("${COMPREPLY[@]#"${typed%:*}:"}")
    fi
}

complete -F _wsproof wsproof
)bash";

std::string bash_how(Completable const& argument) {
    std::string text;
    if (argument.files) text += " -f";
    if (argument.folders && !argument.files) text += " -d";
    auto words = fmt::format("{}", fmt::join(argument.words, " "));
    if (argument.expressions) words += "$(wsproof list --expressions 2>/dev/null)";
    if (argument.faults)
        words +=
            "$(wsproof echo --list-faults 2>/dev/null | while read -r name _; do "
            "echo \"$name\"; done)";
    if (!words.empty()) text += fmt::format(" -W \"{}\"", words);
    return text.empty() ? "()" : fmt::format("({})", text.substr(1));
}

std::string bash_arm(std::string const& pattern, Completable const& argument) {
    return fmt::format("        {}) how={} ;;\n", pattern, bash_how(argument));
}

std::string bash_options() {
    std::string text = "_wsproof_options() {\n    case $1 in\n";
    for (auto const& verb : verbs()) {
        std::string words = "--help";
        for (auto const& option : options())
            if (takes(verb.verb, option))
                words += fmt::format(" {}", fmt::join(spellings(option), " "));
        text += fmt::format("        {}) echo \"{}\" ;;\n", verb.name, words);
    }
    return text + "    esac\n}\n\n";
}

std::string bash_verbs() {
    auto const words = verb_words();
    return fmt::format(
        "_wsproof_verbs() {{\n    echo \"{}\"\n}}\n\n_wsproof_is_verb() {{\n    case $1 in {}) "
        "return 0 ;; esac\n    return 1\n}}\n\n",
        fmt::join(words, " "), fmt::join(words, " | "));
}

}  // namespace

std::string bash_completions() {
    std::string text(bash_head);
    for (auto const& option : options())
        if (!is_flag(option) && !option.argument.starts_with('['))
            text += bash_arm(fmt::format("{}", fmt::join(spellings(option), " | ")),
                             completable(option));
    for (auto const& verb : verbs()) text += bash_arm(std::string(verb.name), completable(verb));
    text += bash_tail;
    auto const complete = text.find("_wsproof() {\n");
    return text.insert(complete, bash_verbs() + bash_options());
}

}  // namespace wsproof::cli
