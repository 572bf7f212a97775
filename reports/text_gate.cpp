// The lines of the terminal report that are about the gate: flaky results and the baseline.
#include <fmt/format.h>

#include "reports/names.hpp"
#include "reports/text_writer.hpp"

namespace wsproof::report {
namespace {

std::string to_do(KnownFailure const& entry, std::string const& path) {
    auto const place = fmt::format("line {} of {}", entry.line, path);
    switch (entry.fate) {
        case Fate::fixed:
            return fmt::format("delete {}, or run `wsproof baseline prune`", place);
        case Fate::expired:
            return fmt::format("counted until {}, says {}: {}", entry.until, place, entry.why);
        case Fate::changed:
            return fmt::format("fails otherwise than {} says: {}", place, entry.signature);
        case Fate::stale:
            return fmt::format("there is no such case: delete {}, or run `wsproof baseline prune`",
                               place);
        case Fate::known:
        case Fate::unjudged:
            break;
    }
    return {};
}

}  // namespace

std::string TextWriter::flaky() const {
    std::string lines;
    for (auto const& given : report_.results) {
        if (!given.flaky) continue;
        auto const result = redactor_.result(given);
        auto words = fmt::format("{}: {}", result.variant, play::name_of(result.verdict));
        for (auto const& note : result.notes)
            if (note.find(" plays: ") != std::string::npos) words += "; " + note;
        lines +=
            fmt::format("{:<8} {}\n", "flaky", wrapped(paint_.words(words), 9, options_.width));
    }
    return lines.empty() ? lines : lines + "\n";
}

std::string TextWriter::baseline() const {
    if (!report_.baseline) return {};
    std::string lines;
    for (auto const& entry : report_.baseline->entries) {
        auto const words = to_do(entry, report_.baseline->path);
        if (words.empty()) continue;
        lines +=
            fmt::format("{:<8} {}\n", names::fate.of(entry.fate),
                        wrapped(paint_.words(entry.subject + ": " + words), 9, options_.width));
    }
    return lines.empty() ? lines : lines + "\n";
}

std::string TextWriter::baseline_counts() const {
    if (!report_.baseline) return {};
    auto const& baseline = *report_.baseline;
    auto words = fmt::format("{} known, {} fixed, {} expired", baseline.count(Fate::known),
                             baseline.count(Fate::fixed), baseline.count(Fate::expired));
    for (auto const fate : {Fate::changed, Fate::stale})
        if (auto const count = baseline.count(fate); count != 0)
            words += fmt::format(", {} {}", count, names::fate.of(fate));
    return words + "   ";
}

}  // namespace wsproof::report
