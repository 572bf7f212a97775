#include <fmt/format.h>

#include "reports/brief/brief.hpp"
#include "reports/fuzzing/words.hpp"
#include "reports/json_result.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

constexpr double letter_width = 6.6;  // of Verdana at 11 px, about
constexpr int padding = 6;

/// Neither chosen from nor cut short: a badge must not look better than the whole.
bool is_whole(Report const& report) {
    auto const& run = report.run;
    return run.selection.empty() && run.shards.empty() && run.state == run::State::complete &&
           (run.profile.empty() || run.profile == "default" || run.profile == "full") &&
           gate_of(report) != GateVerdict::incomplete;
}

std::string_view hex_of(std::string_view colour) {
    if (colour == "brightgreen") return "#3c8504";
    return colour == "red" ? "#c0392b" : "#6b6b6b";
}

int width_of_words(std::string const& words) {
    return static_cast<int>(static_cast<double>(words.size()) * letter_width) + 2 * padding;
}

}  // namespace

Badge badge(Report const& report) {
    Badge badge;
    badge.label = report.fuzzing ? "wsproof fuzz" : "RFC 6455";
    badge.colour = gate_of(report) == GateVerdict::failed ? "red" : "brightgreen";
    if (report.fuzzing) {
        badge.message = findings_words(*report.fuzzing);
        return badge;
    }
    auto const must = report.tally().at(script::Level::must);
    badge.message = fmt::format("must {}/{}", must.at(play::Verdict::pass), judged(must));
    if (is_whole(report)) return badge;
    badge.message = "partial, " + badge.message;
    if (badge.colour != "red") badge.colour = "lightgrey";
    return badge;
}

std::string badge_svg(Report const& report) {
    auto const [label, message, colour] = badge(report);
    auto const left = width_of_words(label);
    auto const right = width_of_words(message);
    return fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="20" role="img" aria-label="{3}: {4}">
<title>{3}: {4}</title>
<rect rx="3" width="{0}" height="20" fill="#444"/>
<rect rx="3" x="{1}" width="{2}" height="20" fill="{5}"/>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="{6}" y="14">{3}</text>
<text x="{7}" y="14">{4}</text>
</g>
</svg>
)",
        left + right, left, right, label, message, hex_of(colour), left / 2, left + right / 2);
}

std::string badge_json(Report const& report) {
    auto const [label, message, colour] = badge(report);
    Json const json{
        {"schemaVersion", 1}, {"label", label}, {"message", message}, {"color", colour}};
    return json.dump() + "\n";
}

}  // namespace wsproof::report
