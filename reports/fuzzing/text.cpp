// The section of the terminal report about a campaign: what was found, and how it is seen again.
#include <fmt/format.h>

#include "reports/fuzzing/words.hpp"
#include "reports/text_writer.hpp"

namespace wsproof::report {

std::string TextWriter::fuzz_finding(FuzzFinding const& finding) const {
    auto const verdict = finding.confirmed ? play::Verdict::fail : play::Verdict::inconclusive;
    auto lines = fmt::format("{} {}  {}\n", paint_.mark(verdict), upper(paint_.words(finding.harm)),
                             paint_.in(Colour::bold, paint_.words(finding.id)));
    auto const line = [&](std::string_view label, std::string const& words, bool wrap = true) {
        if (!words.empty()) lines += labelled(label, paint_.words(redactor_.text(words)), wrap);
    };
    line("found", finding.signature);
    line("known", finding.known);
    if (finding.signature.find(finding.words) == std::string::npos) line("saw", finding.words);
    line("seen", seen_words(finding));
    line("like", faults_words(finding));
    line("file", finding.file, false);
    line("rerun", repro(report_, finding), false);
    return lines + "\n";
}

/// What counts stands last, where a terminal shows it.
std::string TextWriter::fuzzing() const {
    if (!report_.fuzzing) return {};
    std::string counted;
    std::string known;
    std::string others;
    for (auto const& finding : report_.fuzzing->findings)
        (finding.counts()        ? counted
         : finding.known.empty() ? others
                                 : known) += fuzz_finding(finding);
    auto const titled = [&](std::string_view title, std::string const& findings) {
        return findings.empty() ? "" : paint_.in(Colour::bold, title) + "\n\n" + findings;
    };
    return titled("not seen again: not counted", others) +
           titled("known by the baseline: not counted", known) + titled("findings", counted);
}

}  // namespace wsproof::report
