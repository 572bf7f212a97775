// `wsproof replay`: judges recorded bytes again, or plays one case.
#include <fmt/format.h>

#include <algorithm>

#include "cli/config.hpp"
#include "cli/exit_code.hpp"
#include "cli/outputs.hpp"
#include "cli/selection.hpp"
#include "cli/session.hpp"
#include "cli/target.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "harness/play/recorded_peer.hpp"
#include "harness/script/load.hpp"
#include "reports/journal.hpp"
#include "reports/redact.hpp"

namespace wsproof::cli {
namespace {

struct Tally {
    std::size_t same = 0;
    std::size_t changed = 0;
    std::size_t without_bytes = 0;
    std::size_t unknown = 0;
};

report::Report read(std::string const& path, std::string const& text) {
    try {
        return report::is_journal(text) ? report::read_journal(text, path)
                                        : report::read_json(text, path);
    } catch (report::ReportError const& error) {
        throw UsageError(error.what());
    }
}

/// Whether the recording is enough to judge by: nothing was cut out of it.
bool can_be_judged(play::Result const& result) {
    return result.transcript.complete && !result.transcript.arrivals.empty();
}

/// A reason in which a secret was hidden cannot be found again word for word.
bool is_same_reason(std::string const& old, std::string const& now) {
    return old == now || old.find(report::redacted_mark) != std::string::npos;
}

std::string judge_again(play::Result const& old, report::Report const& report,
                        script::Catalogue const& catalogue, Tally& tally) {
    if (!can_be_judged(old)) {
        ++tally.without_bytes;
        return {};
    }
    auto const* const variant = catalogue.find(old.variant);
    if (variant == nullptr) {
        ++tally.unknown;
        return fmt::format("{}: this wsproof has no such case\n", report::printable(old.variant));
    }
    auto const now = play::play(*variant, report.setting, play::replaying(old.transcript));
    if (now.verdict == old.verdict && is_same_reason(old.reason, now.reason)) {
        ++tally.same;
        return {};
    }
    ++tally.changed;
    return fmt::format("{}: was {} ({}), is now {} ({})\n", old.variant, play::name_of(old.verdict),
                       report::printable(old.reason), play::name_of(now.verdict),
                       report::printable(now.reason));
}

int judge_report(std::string const& path, std::string const& text, Values const& values,
                 Terminal& terminal) {
    auto const report = read(path, text);
    if (report.fuzzing)
        throw UsageError(
            fmt::format("{} is the report of a campaign: its findings are played again from their "
                        "files, wsproof replay FILE URL",
                        report::printable(path)));
    auto const catalogue = load_cases(values);
    if (report.suite_digest != catalogue.digest)
        terminal.remark("wsproof: the report was made with other cases than this wsproof has\n");
    Tally tally;
    for (auto const& result : report.results) {
        auto const words = judge_again(result, report, catalogue, tally);
        if (!words.empty() && !values.flag("quiet")) terminal.result(words);
    }
    auto const code = tally.changed != 0                      ? exit_code::failed
                      : tally.same == 0 || tally.unknown != 0 ? exit_code::incomplete
                                                              : exit_code::ok;
    terminal.result(fmt::format(
        "{} judged again: {} the same, {} changed; {} without a whole recording "
        "(--keep-transcripts all keeps every one)   exit {}\n",
        tally.same + tally.changed, tally.same, tally.changed, tally.without_bytes, code));
    return code;
}

/// Variants of a case file, or of an id among the built-in cases.
std::vector<script::Variant> cases_meant(std::string const& word,
                                         script::Catalogue const& catalogue) {
    if (auto const text = read_file(word)) {
        try {
            // A user's own, as one that --cases finds: it need not name faults.
            return script::load_case({.path = word, .text = *text, .id = script::case_id_of(word)},
                                     catalogue);
        } catch (script::CaseError const& error) {
            throw UsageError(error.what());
        }
    }
    if (word.ends_with(".jsonc") || word.ends_with(".json"))
        throw UsageError(fmt::format("{}: the file cannot be read", word));
    std::vector<script::Variant> variants;
    for (auto const* const variant : selected(catalogue, {word}, wire::Role::server))
        variants.push_back(*variant);
    return variants;
}

Session session_for(script::Catalogue const& catalogue, Target const& target) {
    Session session{.catalogue = catalogue};
    session.setting = target.setting();
    session.target = target.info();
    session.jobs = 1;
    return session;
}

int play_live(std::string const& word, Invocation& invocation, Environment const& environment,
              Terminal& terminal) {
    auto const& values = invocation.values;
    auto const config = load_config(invocation, environment);
    auto const catalogue = load_cases(values);
    auto const variants = cases_meant(word, catalogue);
    // Without a URL of its own the file is not taken for one.
    auto target_words = invocation;
    target_words.values.positionals.erase(target_words.values.positionals.begin());
    Target target(target_words, config);
    auto session = session_for(catalogue, target);
    for (auto const& variant : variants) session.variants.push_back(&variant);
    session.argv = invocation.argv;
    session.selection = {word};
    session.echo = values.text("echo");
    auto const not_there = [&](char const* why) {
        auto const words = report::Redactor(target.setting()).text(why);
        terminal.remark(fmt::format("wsproof: {}\n", report::printable(words)));
        return exit_code::unreachable;
    };
    try {
        target.start();
        if (target.options().url.tls) session.tls_version = net::negotiated_tls(target.options());
    } catch (NotReady const& error) {
        return not_there(error.what());
    } catch (play::Unreachable const& error) {
        return not_there(error.what());
    }
    auto report = perform(session, target.connect(), {}, {});
    if (report.run.state == run::State::unreachable) {
        report::Redactor const redactor(target.setting());
        terminal.remark(fmt::format("wsproof: {}: {}\n",
                                    report::printable(redactor.text(target.url())),
                                    report::printable(redactor.text(report.run.state_words))));
        return exit_code::unreachable;
    }
    report::Redactor const redactor(report);
    for (auto const& result : report.results)
        if (!values.flag("quiet"))
            terminal.result(fmt::format("{:<12} {}: {}\n", play::name_of(result.verdict),
                                        result.variant,
                                        report::printable(redactor.text(result.reason))));
    terminal.result(report::text(report, terminal.text_options()));
    return report.exit_code;
}

}  // namespace

int replay(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    auto const word = values.positionals.front();
    auto const text = read_file(word);
    bool const is_report =
        text && values.positionals.size() == 1 &&
        (report::is_journal(*text) || text->find("wsproof-report") != std::string::npos);
    if (is_report) return judge_report(word, *text, values, terminal);
    return play_live(word, invocation, environment, terminal);
}

}  // namespace wsproof::cli
