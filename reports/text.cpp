#include "reports/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/fuzzing/words.hpp"
#include "reports/names.hpp"
#include "reports/story.hpp"
#include "reports/text_writer.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

/// What an owner has not told of authentication is one thing, whichever scheme it is about.
std::string in_brief(std::string reason) {
    constexpr std::string_view untold = "needs-capability:auth-";
    return reason.starts_with(untold) ? std::string{untold} + "*" : reason;
}

std::string yes_no(bool value) {
    return value ? "yes" : "no";
}

}  // namespace

std::string TextWriter::head() const {
    auto const first =
        fmt::format("wsproof {}  suite {} ({} cases)  seed {:016x}{}\n", report_.tool_version,
                    report_.suite_version, report_.suite_cases, report_.run.seed, part_words());
    return paint_.in(Colour::bold, first.substr(0, first.size() - 1)) + "\n" + target_line() +
           skipped_line() + "\n";
}

/// "  shard 2/4"; nothing for a whole run.
std::string TextWriter::part_words() const {
    auto const& shards = report_.run.shards;
    if (shards.empty()) return {};
    if (shards.size() == shards.front().of) return fmt::format("  of {} shards", shards.size());
    std::string list;
    for (auto const shard : shards) list += (list.empty() ? "" : ", ") + run::in_words(shard);
    return fmt::format("  shard{} {}", shards.size() == 1 ? "" : "s", list);
}

std::string TextWriter::target_line() const {
    auto const& target = report_.target;
    auto const profile = redactor_.profile(target.profile);
    auto const url = target.url.empty() ? target.spawn : target.url;
    auto line = "target  " + paint_.words(redactor_.text(url));
    auto const indent = "\n" + std::string(8, ' ');
    auto const& why_not = profile.unreachable_reason;
    if (!profile.reachable)
        return line + (why_not.empty() ? "" : indent + paint_.words(why_not)) + "\n";
    line += fmt::format("   {} in {}", profile.status, duration_words(profile.opening_time));
    bool const echo = profile.echoes_text && profile.echoes_binary;
    bool const half = profile.echoes_text != profile.echoes_binary;
    auto const* const only = profile.echoes_text ? "text only" : "binary only";
    line += "   echo " + (half ? std::string(only) : yes_no(echo));
    line += "   permessage-deflate " + yes_no(!profile.accepted_extension.empty());
    if (profile.tls_version) line += "   " + paint_.words(*profile.tls_version);
    line += "\n";
    if (!profile.server_software.empty())
        line += "        " + paint_.words(profile.server_software) + "\n";
    return line;
}

std::string TextWriter::skipped_line() const {
    std::map<std::string, std::size_t> reasons;
    std::size_t total = 0;
    for (auto const& result : report_.results) {
        if (result.verdict != Verdict::skipped) continue;
        ++reasons[in_brief(skip_words(result))];
        ++total;
    }
    if (total == 0) return {};
    std::string list;
    for (auto const& [reason, count] : reasons)
        list += fmt::format("{}{}{}", list.empty() ? "" : ", ", paint_.words(reason),
                            reasons.size() == 1 ? "" : fmt::format(" ({})", count));
    auto const line = fmt::format("skipped {}: {}", total, list);
    return wrapped(line, 8, options_.width) + "\n";
}

std::string TextWriter::sections() const {
    std::map<std::string, Tally> by_section;
    std::size_t widest = 12;
    for (auto const& result : report_.results) {
        if (report_.is_limit(result)) continue;
        auto const section = section_of(result.variant);
        ++by_section[section][result.verdict];
        widest = std::max(widest, section.size());
    }
    std::string lines;
    auto const line = [&](std::string const& name, Tally const& tally) {
        lines += "  " + padded(paint_.words(name), widest + 2);
        for (auto const& [verdict, count] : tally)
            if (count != 0) lines += fmt::format(" {} {} ", paint_.mark(verdict), count);
        while (lines.ends_with(' ')) lines.pop_back();
        lines += "\n";
    };
    for (auto const& [section, tally] : by_section) line(section, tally);
    // What a peer can take stands apart: it is no matter of the protocol.
    auto const limits = report_.limits();
    if (total(limits) != 0) {
        if (!by_section.empty()) lines += "\n";
        line("limits", limits);
    }
    return lines + "\n";
}

std::string TextWriter::level_counts() const {
    std::string line;
    std::size_t skipped = 0;
    std::size_t inconclusive = 0;
    std::size_t noted = 0;
    for (auto const& [level, tally] : report_.tally()) {
        auto const total = judged(tally);
        if (total != 0)
            line += fmt::format("{} {}/{}   ", upper(names::level.of(level)),
                                tally.at(Verdict::pass), total);
        skipped += tally.at(Verdict::skipped);
        inconclusive += tally.at(Verdict::inconclusive);
        noted += tally.at(Verdict::note);
    }
    if (auto const flaky = flaky_results(report_); flaky != 0)
        line += fmt::format("flaky {}   ", flaky);
    if (noted != 0) line += fmt::format("noted {}   ", noted);
    if (auto const limits = total(report_.limits()); limits != 0)
        line += fmt::format("limits {}   ", limits);
    return line + fmt::format("skipped {}   inconclusive {}   ", skipped, inconclusive);
}

std::string TextWriter::outcome_words() const {
    auto const broke = broke_words(report_);
    bool const says_more = (report_.exit_code == 1 || report_.exit_code == 6) && !broke.empty();
    return says_more ? broke : exit_words(report_);
}

std::string TextWriter::tail() const {
    std::string lines;
    auto const& run = report_.run;
    if (run.state != run::State::complete) {
        auto const words = run.state_words.empty() ? "" : ": " + redactor_.text(run.state_words);
        lines += wrapped(fmt::format("{}{}", names::state.of(run.state), paint_.words(words)), 4,
                         options_.width) +
                 "\n";
    }
    if (!report_.target.exit_words.empty() && run.state == run::State::target_lost)
        lines += "    " + paint_.words(redactor_.text(report_.target.exit_words)) + "\n";
    auto const colour = report_.exit_code == 0 ? Colour::green : Colour::red;
    auto const outcome = fmt::format("exit {} ({})", report_.exit_code, outcome_words());
    auto const figures = report_.fuzzing
                             ? figures_words(*report_.fuzzing)
                             : level_counts() + baseline_counts() + duration_words(run.duration);
    if (auto const words = shortfall_words(report_); !words.empty())
        lines += wrapped("incomplete: " + words, 4, options_.width) + "\n";
    return lines + fmt::format("{}   {}\n", figures, paint_.in(colour, paint_.words(outcome)));
}

std::string text(Report const& report, TextOptions const& options) {
    TextWriter const writer(report, options);
    if (options.verbosity < 0) return writer.tail();
    // Counts of cases say nothing of a campaign, whose results are its findings.
    auto const sections = report.fuzzing ? std::string{} : writer.sections();
    return writer.head() + sections + writer.results() + writer.flaky() + writer.breaches() +
           writer.limits() + writer.process() + writer.security() + writer.fuzzing() +
           writer.baseline() + writer.tail();
}

std::string text_security(Report const& report, TextOptions const& options) {
    TextWriter const writer(report, options);
    if (options.verbosity < 0) return writer.tail();
    auto const results = options.verbosity > 1 ? writer.results() : std::string{};
    return writer.head() + results + writer.security() + writer.baseline() + writer.tail();
}

std::string text_head(Report const& report, TextOptions const& options) {
    return TextWriter(report, options).head();
}

std::string text_result(Report const& report, play::Result const& result,
                        TextOptions const& options) {
    return TextWriter(report, options).result(result);
}

std::string text_baseline(Report const& report, TextOptions const& options) {
    TextWriter const writer(report, options);
    return (options.verbosity < 0 ? std::string{} : writer.baseline()) + writer.tail();
}

std::string text_tail(Report const& report, TextOptions const& options) {
    return TextWriter(report, options).tail();
}

}  // namespace wsproof::report
