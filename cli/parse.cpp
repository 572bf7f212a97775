#include "cli/parse.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "harness/run/nearest.hpp"

namespace wsproof::cli {
namespace {

std::string upper(std::string_view name) {
    std::string all = "WSPROOF_";
    for (char const c : name) {
        bool const lower = c >= 'a' && c <= 'z';
        all += c == '-' ? '_' : lower ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return all;
}

/// "-x,--fail-fast", and for flags the opposite: "!--no-x" undoes "--x", "!--x" undoes "--no-x".
std::string names_for_cli11(Option const& option) {
    std::string names = option.letter != 0 ? fmt::format("-{},", option.letter) : std::string();
    names += fmt::format("--{}", option.name);
    if (!is_flag(option)) return names;
    auto const opposite = option.name.starts_with("no-") ? std::string(option.name.substr(3))
                                                         : fmt::format("no-{}", option.name);
    return option_named(opposite) == nullptr ? fmt::format("{},!--{}", names, opposite) : names;
}

bool has_optional_value(Option const& option) {
    return option.argument.starts_with("[");
}

CLI::Option* add(CLI::App& app, Option const& option, std::vector<std::string>& words) {
    if (is_flag(option) || has_optional_value(option))
        return app.add_flag(has_optional_value(option)
                                ? fmt::format("-{},--{}", option.letter, option.name)
                                : names_for_cli11(option));
    auto* const added = app.add_option(names_for_cli11(option), words);
    added->allow_extra_args(false);
    return added;
}

std::vector<std::string> long_names(Verb verb) {
    std::vector<std::string> names{"--help"};
    for (auto const& option : options())
        if (takes(verb, option)) names.push_back(fmt::format("--{}", option.name));
    return names;
}

[[noreturn]] void unknown_flag(Verb verb, std::string const& typed) {
    auto const flag = typed.substr(0, typed.find('='));
    auto const verb_name = info_of(verb).name;
    if (auto const* const known = flag.starts_with("--") ? option_named(flag.substr(2)) : nullptr;
        known != nullptr)
        throw UsageError(fmt::format("{} is no option of `wsproof {}`", flag, verb_name));
    auto const near = run::nearest(flag, long_names(verb));
    throw UsageError(fmt::format("unknown option {}{}; see `wsproof {} --help`", flag,
                                 near.empty() ? "" : fmt::format(": did you mean {}?", near),
                                 verb_name));
}

void check_positionals(VerbInfo const& verb, std::vector<std::string> const& words) {
    if (words.size() < verb.least)
        throw UsageError(fmt::format("`wsproof {}` needs {}; see `wsproof {} --help`", verb.name,
                                     verb.positionals, verb.name));
    if (words.size() > verb.most)
        throw UsageError(
            fmt::format("`wsproof {}` does not know what to do with '{}'; see "
                        "`wsproof {} --help`",
                        verb.name, words[verb.most], verb.name));
}

Value from_results(Option const& option, CLI::Option const& parsed) {
    Value value{.words = parsed.results(),
                .source = Source::flag,
                .place = fmt::format("--{}", option.name)};
    if (is_flag(option) && option.repeats) value.words = {fmt::format("{}", value.words.size())};
    if (has_optional_value(option) && value.words.back() == "true") value.words = {"1"};
    return value;
}

void parse_flags(Invocation& invocation, std::vector<std::string> words) {
    auto const verb = invocation.verb;
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    bool help = false;
    app.add_flag("-h,--help", help);
    std::vector<std::string> positionals;
    app.add_option("words", positionals);
    std::vector<std::pair<Option const*, CLI::Option*>> known;
    std::vector<std::vector<std::string>> bound(options().size());
    for (std::size_t index = 0; index < options().size(); ++index)
        if (auto const& option = options()[index]; takes(verb, option))
            known.emplace_back(&option, add(app, option, bound[index]));
    try {
        std::ranges::reverse(words);
        app.parse(std::move(words));
    } catch (CLI::ParseError const& error) {
        throw UsageError(
            fmt::format("{}; see `wsproof {} --help`", error.what(), info_of(verb).name));
    }
    if (auto const extras = app.remaining(); !extras.empty()) unknown_flag(verb, extras.front());
    invocation.help = help;
    invocation.values.positionals = positionals;
    for (auto const& [option, parsed] : known)
        if (parsed->count() > 0)
            invocation.values.set(option->name, from_results(*option, *parsed));
    if (!help) check_positionals(info_of(verb), positionals);
}

std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        auto const end = std::min(text.find('\n', begin), text.size());
        if (end > begin) lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

void read_environment(Invocation& invocation, Environment const& environment) {
    for (auto const& option : options()) {
        if (!takes(invocation.verb, option)) continue;
        auto const name = upper(option.name);
        auto const found = environment(name);
        if (!found || found->empty()) continue;
        auto words = option.repeats && !is_flag(option) ? lines_of(*found)
                                                        : std::vector<std::string>{*found};
        invocation.values.set(
            option.name, {.words = std::move(words), .source = Source::environment, .place = name});
    }
}

std::vector<std::string> verb_names() {
    std::vector<std::string> names;
    for (auto const& verb : verbs()) names.emplace_back(verb.name);
    return names;
}

bool looks_like_url(std::string const& word) {
    return word.find("://") != std::string::npos || word.find(':') != std::string::npos ||
           word.find('.') != std::string::npos || word.find('/') != std::string::npos ||
           word == "localhost";
}

/// Takes the verb off the words; a URL or a flag in its place means `test`.
void take_verb(Invocation& invocation, std::vector<std::string>& words) {
    if (words.empty()) return;
    auto const first = words.front();
    if (first == "--version" || first == "-V") {
        invocation.verb = Verb::version;
        words.erase(words.begin());
        return;
    }
    if (first == "help" || first == "--help" || first == "-h") {
        invocation.help = true;
        words.erase(words.begin());
        invocation.markdown_help = !words.empty() && words.front() == "--markdown";
        invocation.whole_help = words.empty();
        invocation.man_help = !words.empty() && words.front() == "--man";
        invocation.exit_codes_help = !words.empty() && words.front() == "exit-codes";
        if (words.empty() || invocation.markdown_help || invocation.man_help ||
            invocation.exit_codes_help)
            return;
    }
    if (auto const* const verb = verb_named(words.front())) {
        invocation.verb = verb->verb;
        words.erase(words.begin());
        return;
    }
    if (words.front().starts_with('-') || looks_like_url(words.front())) return;
    auto const near = run::nearest(words.front(), verb_names());
    throw UsageError(fmt::format(
        "'{}' is neither a verb nor a URL{}", words.front(),
        near.empty() ? "; see `wsproof --help`" : fmt::format(": did you mean '{}'?", near)));
}

}  // namespace

void check_choice(Option const& option, Value const& value) {
    if (!is_choice(option)) return;
    std::vector<std::string> choices;
    for (std::size_t begin = 0; begin <= option.argument.size();) {
        auto const end = std::min(option.argument.find('|', begin), option.argument.size());
        choices.emplace_back(option.argument.substr(begin, end - begin));
        begin = end + 1;
    }
    for (auto const& word : value.words)
        if (std::ranges::find(choices, word) == choices.end())
            throw UsageError(fmt::format("{}: '{}' is not one of {}", value.place, word,
                                         fmt::join(choices, ", ")));
}

Invocation parse(std::span<std::string const> argv, Environment const& environment) {
    Invocation invocation;
    invocation.argv.assign(argv.begin(), argv.end());
    std::vector<std::string> words(argv.begin() + (argv.empty() ? 0 : 1), argv.end());
    if (words.empty()) {
        invocation.help = invocation.whole_help = true;
        return invocation;
    }
    take_verb(invocation, words);
    if (invocation.help) return invocation;
    parse_flags(invocation, std::move(words));
    read_environment(invocation, environment);
    for (auto const& option : options())
        if (auto const* const value = invocation.values.find(option.name))
            check_choice(option, *value);
    return invocation;
}

}  // namespace wsproof::cli
