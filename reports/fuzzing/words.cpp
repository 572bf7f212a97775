#include "reports/fuzzing/words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/play/words.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

std::string count_words(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", play::grouped(count), noun, count == 1 ? "" : "s");
}

}  // namespace

std::string figures_words(Fuzzing const& fuzzing) {
    return fmt::format("{}, {} in {}; {}; {}", count_words(fuzzing.sessions, "session"),
                       count_words(fuzzing.exchanges, "exchange"), duration_words(fuzzing.time),
                       count_words(fuzzing.coverage, "state"), findings_words(fuzzing));
}

std::string findings_words(Fuzzing const& fuzzing) {
    auto const counted = std::ranges::count_if(fuzzing.findings, &FuzzFinding::counts);
    auto const known = std::ranges::count_if(
        fuzzing.findings, [](FuzzFinding const& finding) { return !finding.known.empty(); });
    auto const words = count_words(static_cast<std::uint64_t>(counted), "finding");
    return known == 0 ? words : fmt::format("{}, {} known", words, known);
}

std::string seen_words(FuzzFinding const& finding) {
    auto const first = finding.session == 0
                           ? std::string{"a regression that is still there"}
                           : fmt::format("first in session {}", play::grouped(finding.session));
    auto const all = count_words(finding.times, finding.session == 0 ? "play" : "session");
    return fmt::format("{}, {} came to it; {}", first, all, count_words(finding.frames, "frame"));
}

std::string faults_words(FuzzFinding const& finding) {
    return fmt::format("{}", fmt::join(finding.faults, ", "));
}

std::string variant_of(FuzzFinding const& finding) {
    return "found/" + finding.id;
}

FuzzFinding const* finding_of(Report const& report, std::string const& variant) {
    if (!report.fuzzing) return nullptr;
    auto const& findings = report.fuzzing->findings;
    auto const found = std::ranges::find(findings, variant, variant_of);
    return found == findings.end() ? nullptr : &*found;
}

}  // namespace wsproof::report
