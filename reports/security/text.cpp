// The section of the terminal report that owners read: findings, each with its cure and its proof.
#include <fmt/format.h>

#include <algorithm>

#include "reports/names.hpp"
#include "reports/story.hpp"
#include "reports/text_writer.hpp"

namespace wsproof::report {
namespace {

using script::Severity;

Colour colour_of(Severity severity) {
    if (severity >= Severity::high) return Colour::red;
    if (severity >= Severity::low) return Colour::yellow;
    return Colour::blue;
}

std::string joined(std::vector<std::string> const& words, std::string_view before) {
    std::string all;
    for (auto const& word : words)
        all += fmt::format("{}{}{}", all.empty() ? "" : ", ", before, word);
    return all;
}

std::string references(Finding const& finding) {
    auto words = joined(finding.cwe, "");
    auto const asvs = joined(finding.asvs, "ASVS 5.0 ");
    for (auto const& more : {asvs, finding.cvss})
        if (!more.empty()) words += (words.empty() ? "" : "  ") + more;
    return words;
}

/// What was sent, as proof: the first few, for the rest are more of the same.
std::string evidence_words(Finding const& finding) {
    constexpr std::size_t most = 3;
    std::vector<std::string> all;
    for (auto const& [variant, origin, status] : finding.evidence) {
        auto words = origin.empty() ? variant : origin;
        if (status) words += fmt::format(" ({})", *status);
        if (std::ranges::find(all, words) == all.end()) all.push_back(std::move(words));
    }
    std::string words;
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i)
        words += (i == 0 ? "" : ", ") + all[i];
    return all.size() > most ? fmt::format("{} and {} more", words, all.size() - most) : words;
}

}  // namespace

std::string TextWriter::finding(Finding const& finding) const {
    auto const severity = names::severity.of(finding.severity);
    auto lines =
        fmt::format("{}  {}\n", paint_.in(colour_of(finding.severity), padded(upper(severity), 8)),
                    paint_.in(Colour::bold, paint_.words(finding.title)));
    auto const confirmed = finding.confirmed ? "; seen again after the run" : "";
    lines += labelled("id", paint_.words(finding.id));
    if (!finding.weight.empty())
        lines += labelled("weight", paint_.words(redactor_.text(finding.weight)) + confirmed);
    lines += labelled("means", paint_.words(finding.means));
    lines += labelled("fix", paint_.words(finding.fix));
    if (auto const* const entry = excuse_for(report_, finding.id))
        lines += labelled("excuse", paint_.words(excuse_words(*entry)));
    if (!finding.evidence.empty())
        lines += labelled("proof", paint_.words(redactor_.text(evidence_words(finding))));
    if (auto const see = references(finding); !see.empty()) lines += labelled("see", see);
    if (!finding.evidence.empty())
        lines += labelled("rerun", paint_.words(repro(report_, finding.evidence.front().variant)),
                          false);
    return lines + "\n";
}

std::string TextWriter::cure(script::Area area, script::Hooks const& hooks) const {
    std::size_t widest = 0;
    for (auto const& [library, words] : hooks) widest = std::max(widest, width_of(library));
    auto lines = fmt::format("where the cure goes ({})\n", names::area.of(area));
    for (auto const& [library, words] : hooks)
        lines += "  " + padded(paint_.words(library), widest + 2) +
                 wrapped(paint_.words(words), widest + 4, options_.width) + "\n";
    return lines + "\n";
}

/// The worst last, where a terminal shows it; what is only worth a note in a line each.
std::string TextWriter::findings() const {
    std::string lines;
    std::string notes;
    auto const& all = report_.security.findings;
    for (auto at = all.rbegin(); at != all.rend(); ++at)
        if (at->severity > Severity::info || options_.verbosity > 0) lines += finding(*at);
    for (auto const& one : all)
        if (one.severity == Severity::info && options_.verbosity <= 0)
            notes += fmt::format(
                "{}  {}\n", paint_.in(Colour::blue, padded("INFO", 8)),
                wrapped(paint_.words(one.title + ": " + one.weight), 10, options_.width));
    return lines + notes + (notes.empty() ? "" : "\n");
}

std::string TextWriter::security() const {
    auto const& security = report_.security;
    if (!security.has_something()) return {};
    auto lines = paint_.in(Colour::bold, "security") + "\n";
    auto const line = [&](std::string_view label, std::string const& words) {
        if (!words.empty()) lines += labelled(label, paint_.words(redactor_.text(words)));
    };
    line("policy", security.origin_policy);
    if (!security.origin_policy.empty()) line("identity", security.exposure.words);
    for (auto const& remark : security.remarks) line("remark", remark);
    lines += "\n" + findings();
    if (options_.verbosity > 0)
        for (auto const& [area, hooks] : security.hooks) lines += cure(area, hooks);
    return lines;
}

}  // namespace wsproof::report
