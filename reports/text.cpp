#include "reports/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/names.hpp"
#include "reports/paint.hpp"
#include "reports/redact.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

constexpr std::size_t label_indent = 4;
constexpr std::size_t label_width = 10;
constexpr std::size_t value_indent = label_indent + label_width;

/// Writes the parts of the report with the options and the redaction they have in common.
class Writer {
public:
    Writer(Report const& report, TextOptions const& options)
        : report_(report),
          options_(options),
          paint_(options.colour, options.ascii),
          redactor_(report) {}

    std::string head() const;
    std::string sections() const;
    std::string result(play::Result const& given) const;
    std::string results() const;
    std::string breaches() const;
    std::string tail() const;

private:
    std::string target_line() const;
    std::string skipped_line() const;
    std::string title_line(play::Result const& result) const;
    std::string brief(play::Result const& result) const;
    std::string in_full(play::Result const& result) const;
    std::string exchange(play::Result const& result) const;
    std::string entry_line(std::string_view label, play::Entry const& entry,
                           std::string const& after) const;
    std::string frames(play::Result const& result) const;
    std::string labelled(std::string_view label, std::string_view value, bool wrap = true) const;
    std::string outcome_words() const;
    std::string level_counts() const;
    CaseInfo info_of(play::Result const& result) const;

    Report const& report_;
    TextOptions options_;
    Paint paint_;
    Redactor redactor_;
};

std::string yes_no(bool value) {
    return value ? "yes" : "no";
}

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return result;
}

CaseInfo Writer::info_of(play::Result const& result) const {
    auto const* const info = report_.case_of(result);
    return info ? *info : CaseInfo{.id = result.variant};
}

std::string Writer::head() const {
    auto const first =
        fmt::format("wsproof {}  suite {} ({} cases)  seed {:016x}\n", report_.tool_version,
                    report_.suite_version, report_.suite_cases, report_.run.seed);
    return paint_.in(Colour::bold, first.substr(0, first.size() - 1)) + "\n" + target_line() +
           skipped_line() + "\n";
}

std::string Writer::target_line() const {
    auto const& target = report_.target;
    auto const& profile = target.profile;
    auto const url = target.url.empty() ? target.spawn : target.url;
    auto line = "target  " + paint_.words(redactor_.text(url));
    if (!profile.reachable)
        return line + "\n        " + paint_.words(profile.unreachable_reason) + "\n";
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

std::string Writer::skipped_line() const {
    std::map<std::string, std::size_t> reasons;
    std::size_t total = 0;
    for (auto const& result : report_.results) {
        if (result.verdict != Verdict::skipped) continue;
        ++reasons[skip_words(result)];
        ++total;
    }
    if (total == 0) return {};
    std::string list;
    for (auto const& [reason, count] : reasons)
        list += fmt::format("{}{}{}", list.empty() ? "" : ", ",
                            reasons.size() == 1 ? "" : std::to_string(count) + " ",
                            paint_.words(reason));
    auto const line = fmt::format("skipped {}: {}", total, list);
    return wrapped(line, 8, options_.width) + "\n";
}

std::string Writer::sections() const {
    std::map<std::string, Tally> by_section;
    std::size_t widest = 12;
    for (auto const& result : report_.results) {
        auto const section = section_of(result.variant);
        ++by_section[section][result.verdict];
        widest = std::max(widest, section.size());
    }
    std::string lines;
    for (auto const& [section, tally] : by_section) {
        lines += "  " + padded(paint_.words(section), widest + 2);
        for (auto const& [verdict, count] : tally)
            lines += fmt::format(" {} {} ", paint_.mark(verdict), count);
        while (lines.ends_with(' ')) lines.pop_back();
        lines += "\n";
    }
    return lines + "\n";
}

std::string Writer::title_line(play::Result const& result) const {
    auto const info = info_of(result);
    auto const level = upper(names::level.of(info.level));
    auto const id = paint_.words(result.variant);
    auto const place = fmt::format("{} {}", info.document, info.section);
    auto const mark = paint_.mark(result.verdict);
    auto const plain = Paint(false, options_.ascii).mark(result.verdict);
    auto const used = width_of(plain) + level.size() + width_of(id) + 3;
    auto const gap =
        used + place.size() + 2 > options_.width ? 2 : options_.width - used - place.size();
    return fmt::format("{} {}  {}{}{}\n", mark, level, paint_.in(Colour::bold, id),
                       std::string(gap, ' '), place);
}

std::string Writer::labelled(std::string_view label, std::string_view value, bool wrap) const {
    auto const shown = wrap ? wrapped(value, value_indent, options_.width) : std::string(value);
    return std::string(label_indent, ' ') +
           paint_.in(Colour::grey, padded(std::string(label), label_width)) + shown + "\n";
}

std::string Writer::entry_line(std::string_view label, play::Entry const& entry,
                               std::string const& after) const {
    constexpr std::size_t hex_width = 25;
    constexpr std::size_t longest = 6;
    std::string hex;
    for (auto const& field : byte_fields(entry, longest))
        hex += (hex.empty() ? "" : "  ") + field.hex;
    if (entry.kind == play::EntryKind::http) hex.clear();  // a head reads better than its bytes
    auto const words = paint_.words(entry.words) + (after.empty() ? "" : "   " + after);
    if (hex.empty()) return labelled(label, words);
    return labelled(label, padded(paint_.words(hex), hex_width) + "  " + words, false);
}

std::string Writer::exchange(play::Result const& result) const {
    auto const [sent, got] = exchange_of(result);
    std::string lines;
    if (sent) lines += entry_line("sent", *sent, "");
    if (got && sent && got->time >= sent->time)
        lines += entry_line("got", *got, "+" + duration_words(got->time - sent->time));
    else if (got)
        lines += entry_line("got", *got, "");
    return lines;
}

/// Both directions, one entry a line, with the bytes when more is asked for.
std::string Writer::frames(play::Result const& result) const {
    std::string lines;
    for (auto const& entry : result.transcript.entries) {
        auto const direction = names::direction.of(entry.direction);
        lines += fmt::format("    {:>9}  {:<5}  {}", entry.time.count(), direction,
                             paint_.words(entry.words));
        if (entry.flag != play::Flag::none)
            lines += fmt::format("  <- {}", names::flag.of(entry.flag));
        lines += "\n";
        if (options_.verbosity < 2 || entry.bytes.empty()) continue;
        for (auto const& field : byte_fields(entry, 64))
            lines += std::string(22, ' ') + wrapped(paint_.words(field.hex), 22, options_.width) +
                     "  " + paint_.words(field.means) + "\n";
    }
    return lines;
}

std::string Writer::brief(play::Result const& result) const {
    return title_line(result) + labelled("says", paint_.words(info_of(result).title)) +
           labelled("because", paint_.words(result.reason));
}

std::string Writer::in_full(play::Result const& result) const {
    auto const info = info_of(result);
    std::string accepted;
    for (auto const& words : result.expected)
        accepted += (accepted.empty() ? "" : paint_.separator()) + paint_.words(words);
    auto lines = title_line(result) + labelled("says", paint_.words(info.title)) +
                 labelled("because", paint_.words(result.reason)) + exchange(result);
    if (!accepted.empty()) lines += labelled("accepted", accepted);
    if (!info.why.empty()) lines += labelled("why", paint_.words(info.why));
    if (!info.fix.empty()) lines += labelled("fix", paint_.words(info.fix));
    for (auto const& note : result.notes)
        if (result.reason.find(note) == std::string::npos)
            lines += labelled("note", paint_.words(note));
    lines += labelled("rerun", paint_.words(repro(report_, result.variant)), false);
    if (options_.verbosity > 0) lines += frames(result);
    return lines;
}

std::string Writer::result(play::Result const& given) const {
    if (options_.verbosity < 0) return {};
    bool const loud = options_.verbosity > 0;
    switch (given.verdict) {
        case Verdict::fail:
        case Verdict::broken:
            return in_full(redactor_.result(given)) + "\n";
        case Verdict::inconclusive:
        case Verdict::lenient:
            return (loud ? in_full(redactor_.result(given)) : brief(redactor_.result(given))) +
                   "\n";
        case Verdict::note:
            return loud ? brief(redactor_.result(given)) + "\n" : "";
        case Verdict::pass:
        case Verdict::skipped:
            return {};
    }
    return {};
}

std::string Writer::results() const {
    constexpr std::array order{Verdict::note, Verdict::lenient, Verdict::inconclusive,
                               Verdict::broken, Verdict::fail};
    std::string all;  // the worst last, where a terminal shows it
    for (auto const verdict : order)
        for (auto const& one : report_.results)
            if (one.verdict == verdict) all += result(one);
    return all;
}

std::string Writer::breaches() const {
    constexpr std::size_t most_witnesses = 3;
    std::string lines;
    for (auto const& breach : breaches_of(report_)) {
        lines += fmt::format("{} {}  {}  standing rule\n", paint_.mark(Verdict::fail),
                             upper(names::level.of(breach.level)),
                             paint_.in(Colour::bold, paint_.words(breach.rule)));
        auto const rule = report_.rules.find(breach.rule);
        if (rule != report_.rules.end()) lines += labelled("says", paint_.words(rule->second.text));
        lines += labelled("because", paint_.words(redactor_.text(breach.reason)));
        std::string seen;
        for (std::size_t i = 0; i < std::min(most_witnesses, breach.witnesses.size()); ++i)
            seen += (i == 0 ? "" : ", ") + paint_.words(breach.witnesses[i]);
        if (breach.witnesses.size() > most_witnesses)
            seen += fmt::format(" and {} more", breach.witnesses.size() - most_witnesses);
        lines += labelled("seen in", seen);
        lines += labelled("rerun", paint_.words(repro(report_, breach.witnesses.front())), false);
        lines += "\n";
    }
    return lines;
}

std::string Writer::level_counts() const {
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
    if (noted != 0) line += fmt::format("noted {}   ", noted);
    return line + fmt::format("skipped {}   inconclusive {}   ", skipped, inconclusive);
}

std::string Writer::outcome_words() const {
    auto const broke = broke_words(report_);
    bool const says_more = (report_.exit_code == 1 || report_.exit_code == 6) && !broke.empty();
    return says_more ? broke : exit_words(report_.exit_code);
}

std::string Writer::tail() const {
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
    return lines + fmt::format("{}{}   {}\n", level_counts(), duration_words(run.duration),
                               paint_.in(colour, paint_.words(outcome)));
}

}  // namespace

std::string text(Report const& report, TextOptions const& options) {
    Writer const writer(report, options);
    if (options.verbosity < 0) return writer.tail();
    return writer.head() + writer.sections() + writer.results() + writer.breaches() + writer.tail();
}

std::string text_head(Report const& report, TextOptions const& options) {
    return Writer(report, options).head();
}

std::string text_result(Report const& report, play::Result const& result,
                        TextOptions const& options) {
    return Writer(report, options).result(result);
}

std::string text_tail(Report const& report, TextOptions const& options) {
    return Writer(report, options).tail();
}

}  // namespace wsproof::report
