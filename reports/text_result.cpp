#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "reports/byte_fields.hpp"
#include "reports/names.hpp"
#include "reports/story.hpp"
#include "reports/text_writer.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

constexpr std::size_t label_indent = 4;
constexpr std::size_t label_width = 10;
constexpr std::size_t value_indent = label_indent + label_width;

std::string meaning_of(ByteField const& field) {
    if (field.unmasked.empty()) return field.means;
    return fmt::format("unmasked {}{}{}", field.unmasked, field.means.empty() ? "" : ", ",
                       field.means);
}

}  // namespace

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return result;
}

CaseInfo TextWriter::info_of(play::Result const& result) const {
    auto const* const info = report_.case_of(result);
    return info ? *info : CaseInfo{.id = result.variant};
}

std::string TextWriter::title_line(play::Result const& result) const {
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

std::string TextWriter::labelled(std::string_view label, std::string_view value, bool wrap) const {
    auto const shown = wrap ? wrapped(value, value_indent, options_.width) : std::string(value);
    return std::string(label_indent, ' ') +
           paint_.in(Colour::grey, padded(std::string(label), label_width)) + shown + "\n";
}

std::string TextWriter::entry_line(std::string_view label, play::Entry const& entry,
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

std::string TextWriter::exchange(play::Result const& result) const {
    auto const [sent, got] = exchange_of(result);
    std::string lines;
    for (auto const* const entry : sent) lines += entry_line("sent", *entry, "");
    if (!got) return lines;
    bool const after = !sent.empty() && got->time >= sent.back()->time;
    lines +=
        entry_line("got", *got, after ? "+" + duration_words(got->time - sent.back()->time) : "");
    return lines;
}

/// Both directions, one entry a line, with the bytes when more is asked for.
std::string TextWriter::frames(play::Result const& result) const {
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
                     "  " + paint_.words(meaning_of(field)) + "\n";
    }
    return lines;
}

std::string TextWriter::brief(play::Result const& result) const {
    return title_line(result) + labelled("says", paint_.words(info_of(result).title)) +
           labelled("because", paint_.words(happened_words(result)));
}

std::string TextWriter::in_full(play::Result const& result) const {
    auto const info = info_of(result);
    std::string accepted;
    for (auto const& words : result.expected)
        accepted += (accepted.empty() ? "" : paint_.separator()) + paint_.words(words);
    auto lines = title_line(result) + labelled("says", paint_.words(info.title)) +
                 labelled("because", paint_.words(happened_words(result))) + exchange(result);
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

std::string TextWriter::result(play::Result const& given, std::string const& likewise) const {
    bool const loud = options_.verbosity > 0;
    auto const* const excuse =
        given.verdict == Verdict::fail ? excuse_for(report_, given.variant) : nullptr;
    bool const wrong = given.verdict == Verdict::fail || given.verdict == Verdict::broken;
    bool const full = wrong && (loud || excuse == nullptr);
    bool const shown = wrong || given.verdict == Verdict::inconclusive ||
                       given.verdict == Verdict::lenient ||
                       (loud && given.verdict == Verdict::note);
    if (!shown || options_.verbosity < 0) return {};
    auto const result = redactor_.result(given);
    auto lines = full || (loud && given.verdict != Verdict::note) ? in_full(result) : brief(result);
    if (excuse != nullptr) lines += labelled("excuse", paint_.words(excuse_words(*excuse)));
    if (!likewise.empty()) lines += labelled("likewise", likewise);
    return lines + "\n";
}

std::string TextWriter::results() const {
    constexpr std::array order{Verdict::note, Verdict::lenient, Verdict::inconclusive,
                               Verdict::broken, Verdict::fail};
    std::string all;  // the worst last, where a terminal shows it
    for (auto const verdict : order) all += of_verdict(verdict);
    return all;
}

/// One block a case: the first of its variants, and the labels of the others.
std::string TextWriter::of_verdict(Verdict verdict) const {
    std::vector<play::Result const*> first;
    std::map<std::string, std::string> likewise;
    for (auto const& one : report_.results) {
        if (one.verdict != verdict) continue;
        auto const case_id = options_.verbosity > 0 ? one.variant : case_id_of(one.variant);
        auto const [others, is_first] = likewise.try_emplace(case_id);
        auto const label = paint_.words(one.variant.substr(case_id.size()));
        if (is_first)
            first.push_back(&one);
        else
            others->second += (others->second.empty() ? "" : ", ") + label;
    }
    std::string all;
    for (auto const* const one : first) {
        auto const found = likewise.find(case_id_of(one->variant));
        all += result(*one, found == likewise.end() ? "" : found->second);
    }
    return all;
}

std::string TextWriter::breaches() const {
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
        if (auto const* const entry = excuse_for(report_, breach.rule))
            lines += labelled("excuse", paint_.words(excuse_words(*entry)));
        lines += labelled("rerun", paint_.words(repro(report_, breach.witnesses.front())), false);
        lines += "\n";
    }
    return lines;
}

}  // namespace wsproof::report
