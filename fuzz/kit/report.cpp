#include "fuzz/kit/report.hpp"

#include <fmt/format.h>

#include "harness/script/write.hpp"

namespace wsproof::kit {
namespace {

std::string_view arrow(play::Direction direction) {
    switch (direction) {
        case play::Direction::send:
            return "->";
        case play::Direction::recv:
            return "<-";
        case play::Direction::local:
            break;
    }
    return "  ";
}

std::string story_of(play::Transcript const& transcript) {
    constexpr std::size_t most = 60;
    std::string story;
    std::size_t count = 0;
    for (auto const& entry : transcript.entries) {
        if (entry.direction == play::Direction::local || entry.words.empty()) continue;
        if (++count > most) return story + "    and more\n";
        story += fmt::format("    {} {}\n", arrow(entry.direction), entry.words);
    }
    return story;
}

}  // namespace

std::string finding_file(fuzz::Finding const& finding) {
    return "// Found by the kit of wsproof; play it again: wsproof replay FILE URL\n" +
           script::write(finding.variant);
}

std::string report_on(fuzz::Finding const& finding, std::string_view delivery) {
    auto const& result = finding.result;
    auto text = fmt::format("\n==== wsproof: {}\n", finding.signature);
    text += fmt::format("  rule      {}\n  delivery  {}\n", finding.variant.rule, delivery);
    for (auto const& expected : result.expected) text += fmt::format("  expected  {}\n", expected);
    if (!result.actual.empty()) text += fmt::format("  came      {}\n", result.actual);
    if (!result.reason.empty()) text += fmt::format("  because   {}\n", result.reason);
    for (auto const& breach : result.breaches)
        text += fmt::format("  broken    {}: {}\n", breach.rule, breach.reason);
    if (!finding.words.empty()) text += fmt::format("  besides   {}\n", finding.words);
    text += "  what went over the wire, -> to the server:\n" + story_of(result.transcript);
    return text + "\n" + finding_file(finding);
}

}  // namespace wsproof::kit
