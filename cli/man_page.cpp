#include "cli/man_page.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "build_info.hpp"
#include "cli/completion_words.hpp"
#include "cli/options.hpp"
#include "reports/model.hpp"

namespace wsproof::cli {
namespace {

/// Text that roff takes for nothing else: no line of it is a request, no dash becomes a hyphen.
std::string roff(std::string_view text) {
    std::string safe;
    bool begins_line = true;
    for (char const c : text) {
        if (begins_line && (c == '.' || c == '\'')) safe += "\\&";
        if (c == '\\')
            safe += "\\e";
        else if (c == '-')
            safe += "\\-";
        else if (c == '^' || c == '~' || c == '`')
            safe += fmt::format("\\({}", c == '^' ? "ha" : c == '~' ? "ti" : "ga");
        else
            safe += c;
        begins_line = c == '\n';
    }
    return safe;
}

/// Paragraphs apart by an empty line.
std::string man_paragraphs(std::string_view text) {
    std::string out = ".PP\n";
    for (std::size_t begin = 0; begin < text.size();) {
        auto const end = std::min(text.find('\n', begin), text.size());
        auto const line = text.substr(begin, end - begin);
        out += line.empty() ? ".PP\n" : roff(line) + "\n";
        begin = end + 1;
    }
    return out;
}

std::string man_verb(VerbInfo const& verb) {
    auto text =
        fmt::format(".SS wsproof {} [OPTION...]{}{}\n{}.\n", roff(verb.name),
                    verb.positionals.empty() ? "" : " ", roff(verb.positionals), roff(verb.says));
    return verb.about.empty() ? text : text + man_paragraphs(verb.about);
}

std::vector<std::string_view> verbs_with(Option const& option) {
    std::vector<std::string_view> names;
    for (auto const& verb : verbs())
        if (takes(verb.verb, option)) names.push_back(verb.name);
    return names;
}

std::string man_option(Option const& option) {
    std::vector<std::string> names;
    for (auto const& name : spellings(option))
        names.push_back(fmt::format("\\fB{}\\fR", roff(name)));
    auto const blank = is_flag(option) || option.argument.starts_with('[') ? "" : " ";
    auto text = fmt::format(".TP\n{}{}\\fI{}\\fR\n{}.\n", fmt::join(names, ", "), blank,
                            roff(option.argument), roff(option.help));
    if (!option.otherwise.empty() && option.otherwise != "no")
        text += fmt::format("Default: {}.\n", roff(option.otherwise));
    if (option.repeats && !is_flag(option)) text += "May be given again and again.\n";
    if (!option.config.empty()) text += fmt::format("In wsproof.toml: {}.\n", roff(option.config));
    return text +
           fmt::format("For {}.\n", roff(fmt::format("{}", fmt::join(verbs_with(option), ", "))));
}

std::string man_options() {
    std::vector<std::string_view> groups;
    for (auto const& option : options())
        if (std::ranges::find(groups, option.group) == groups.end()) groups.push_back(option.group);
    std::string text = ".SH OPTIONS\n";
    for (auto const group : groups) {
        text += fmt::format(".SS {}\n", roff(group));
        for (auto const& option : options())
            if (option.group == group) text += man_option(option);
    }
    return text;
}

std::string man_exit_status() {
    std::string text = ".SH EXIT STATUS\n";
    for (int const code : {0, 1, 2, 3, 4, 5, 6, 7, 130, 143})
        text += fmt::format(".TP\n\\fB{}\\fR\n{}.\n", code, roff(report::exit_words(code)));
    return text + ".PP\nThe first of 6, 2, 3, 4, 5, 1, 7 wins.\n";
}

constexpr std::string_view man_head = R"(.SH NAME
wsproof \- judges how far a WebSocket server keeps RFC 6455 and RFC 7692
.SH SYNOPSIS
.B wsproof
.RI [ VERB "] [" OPTION "...] [" URL ]
.br
.B wsproof help
.RI [ VERB "]"
.SH DESCRIPTION
.B wsproof
plays cases against a server, and tells for every rule of the RFCs whether it was kept, with the
bytes that prove it.
A URL in place of a verb means
.BR test .
Reports go to the folder
.IR wsproof\-report .
)";

constexpr std::string_view man_tail = R"(.SH ENVIRONMENT
Every option is also read from a variable: WSPROOF_JOBS for \-\-jobs; lists have one word a line.
A flag goes before the environment, and that before
.IR wsproof.toml .
NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR, TERM and CI have their usual meaning; GITHUB_ACTIONS and
GITHUB_STEP_SUMMARY bring annotations and a summary of the step.
.SH FILES
.TP
.I wsproof.toml
Targets and options, looked for from the working directory up to the root of the repository.
.TP
.I wsproof\-report/
Reports and the journal of the run.
.SH EXAMPLES
.TP
Judge a server that is running:
.B wsproof ws://localhost:9001/chat
.TP
Start one on a free port, judge it, end it:
.B wsproof \-\-spawn \(aq./server \-\-port {port}\(aq \-r html \-r junit
.TP
Tell a case as prose:
.B wsproof explain closing/code\-echoed
)";

}  // namespace

std::string man_page() {
    std::string text = fmt::format(
        ".\\\" made by `wsproof help --man`\n.TH WSPROOF 1 \"\" \"wsproof {}\" \"User "
        "Commands\"\n{}.SH VERBS\n",
        tool_version, man_head);
    for (auto const& verb : verbs()) text += man_verb(verb);
    return text + man_options() + man_exit_status() + std::string(man_tail);
}

}  // namespace wsproof::cli
