#include <fmt/ranges.h>

#include "cli/completion_words.hpp"
#include "cli/completions.hpp"

namespace wsproof::cli {
namespace {

constexpr std::string_view zsh_head = R"zsh(#compdef wsproof
# Completions of zsh for wsproof, printed by `wsproof completions zsh`.

_wsproof_expressions() {
    local -a names
    names=(${(f)"$(_call_program expressions wsproof list --expressions 2>/dev/null)"})
    compadd -a names
}

_wsproof_faults() {
    local -a names
    names=(${${(f)"$(_call_program faults wsproof echo --list-faults 2>/dev/null)"}%% *})
    compadd -a names
}

)zsh";

/// A word inside single quotes of an _arguments specification.
std::string zsh_quoted(std::string_view text, std::string_view special) {
    std::string safe;
    for (char const c : text) {
        if (c == '\'')
            safe += "'\\''";
        else if (special.find(c) != std::string_view::npos)
            safe += {'\\', c};
        else
            safe += c;
    }
    return safe;
}

std::string zsh_action(Completable const& argument) {
    std::vector<std::string> actions;
    if (argument.files) actions.emplace_back("_files");
    if (argument.folders && !argument.files) actions.emplace_back("_files -/");
    if (argument.expressions) actions.emplace_back("_wsproof_expressions");
    if (argument.faults) actions.emplace_back("_wsproof_faults");
    if (!argument.words.empty()) {
        auto const words = zsh_quoted(fmt::format("{}", fmt::join(argument.words, " ")), ":");
        if (actions.empty()) return fmt::format("({})", words);
        actions.push_back(fmt::format("compadd {}", words));
    }
    if (actions.empty()) return " ";
    if (actions.size() == 1) return actions.front();
    return fmt::format("{{{}}}", fmt::join(actions, "; "));
}

/// '(-j --jobs)'{-j,--jobs}'[cases at once]:N|auto:(auto)'
std::string zsh_specification(Option const& option) {
    auto const names = spellings(option);
    std::string text = "        ";
    if (option.repeats)
        text += "'*'";
    else
        text += fmt::format("'({})'", fmt::join(names, " "));
    bool const optional = option.argument.starts_with('[');
    std::string const equals = is_flag(option) || optional ? "" : "=";
    text += names.size() == 1 ? names.front() + equals
                              : fmt::format("{{{},{}{}}}", names[0], names[1], equals);
    text += fmt::format("'[{}]", zsh_quoted(option.help, "[]:\\"));
    if (!is_flag(option) && !optional)
        text += fmt::format(":{}:{}", zsh_quoted(option.argument, "[]:\\"),
                            zsh_action(completable(option)));
    return text + "'";
}

/// Where nothing can be offered the list has to be empty: with a message zsh would insert no
/// option.
std::string zsh_positionals(VerbInfo const& verb) {
    if (verb.most == 0) return {};
    auto const offered = zsh_action(completable(verb));
    return fmt::format("        '*:{}:{}' \\\n", zsh_quoted(verb.positionals, "[]:\\"),
                       offered == " " ? "()" : offered);
}

std::string zsh_arm(VerbInfo const& verb) {
    auto text = fmt::format("    {})\n        _arguments -s -S \\\n", verb.name);
    for (auto const& option : options())
        if (takes(verb.verb, option)) text += zsh_specification(option) + " \\\n";
    return text + zsh_positionals(verb) + "        '(- *)'{-h,--help}'[show its help]' ;;\n";
}

std::string zsh_verbs() {
    std::string text = "_wsproof_verbs() {\n    local -a names\n    names=(\n";
    for (auto const& verb : verbs())
        text += fmt::format("        '{}:{}'\n", verb.name, zsh_quoted(verb.says, ""));
    return text + "        'help:show help'\n    )\n    _describe verb names\n}\n\n";
}

}  // namespace

std::string zsh_completions() {
    auto text = std::string(zsh_head) + zsh_verbs() + "_wsproof_of() {\n    case $1 in\n";
    for (auto const& verb : verbs()) text += zsh_arm(verb);
    return text + fmt::format(R"zsh(    help) _wsproof_verbs ;;
    esac
}}

_wsproof() {{
    case ${{words[2]}} in
    {})
        if (( CURRENT > 2 )); then
            local verb=${{words[2]}}
            shift words
            (( CURRENT-- ))
            _wsproof_of $verb
            return
        fi ;;
    esac
    if (( CURRENT == 2 )) && [[ ${{words[2]}} != -* ]]; then
        _wsproof_verbs
    else
        _wsproof_of test   # a URL or an option in place of the verb
    fi
}}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _wsproof "$@"
else
    compdef _wsproof wsproof
fi
)zsh",
                              fmt::join(verb_words(), " | "));
}

}  // namespace wsproof::cli
