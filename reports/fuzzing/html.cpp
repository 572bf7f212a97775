// The section of the page about a campaign: its figures, and what was found with links to the
// bytes.
#include <fmt/format.h>

#include <algorithm>

#include "harness/play/words.hpp"
#include "reports/fuzzing/words.hpp"
#include "reports/html/parts.hpp"

namespace wsproof::report {
namespace {

/// Only what came again is a case with bytes.
void put_name(Page const& page, FuzzFinding const& finding) {
    auto& html = page.html;
    auto const cell = html.in("th", {{"scope", "row"}});
    if (finding.confirmed) {
        auto const link = html.in("a", {{"href", "#" + anchor_of(variant_of(finding))}});
        html.put("code", finding.id);
    } else {
        html.put("code", finding.id);
    }
    auto const harm = html.in("span", {{"class", "harm"}});
    html.text(finding.harm);
}

void put_story(Page const& page, FuzzFinding const& finding) {
    auto& html = page.html;
    auto const cell = html.in("td");
    html.put("p", page.redactor.text(finding.signature));
    if (!finding.known.empty())
        html.put("p", {{"class", "meta"}}, "Known: " + page.redactor.text(finding.known));
    if (finding.signature.find(finding.words) == std::string::npos)
        html.put("p", page.redactor.text(finding.words));
    html.put("p", {{"class", "meta"}}, "Seen: " + seen_words(finding));
    if (!finding.faults.empty())
        html.put("p", {{"class", "meta"}},
                 "The reference does the same with: " + faults_words(finding));
    if (!finding.file.empty())
        html.put("p", {{"class", "meta"}}, "File: " + page.redactor.text(finding.file));
    html.put("pre", {{"class", "command"}}, repro(page.report, finding));
}

enum class Standing : std::uint8_t { counted, known, not_again };

Standing standing_of(FuzzFinding const& finding) {
    if (finding.counts()) return Standing::counted;
    return finding.known.empty() ? Standing::not_again : Standing::known;
}

void put_findings(Page const& page, Standing standing, std::string_view caption) {
    auto const& findings = page.report.fuzzing->findings;
    if (std::ranges::count(findings, standing, standing_of) == 0) return;
    auto& html = page.html;
    auto const table = html.in("table", {{"class", "plain campaign"}});
    html.put("caption", caption);
    put_columns(html, {"Finding", "What the server did"});
    auto const body = html.in("tbody");
    for (auto const& finding : findings) {
        if (standing_of(finding) != standing) continue;
        auto const row = html.in("tr");
        put_name(page, finding);
        put_story(page, finding);
    }
}

}  // namespace

void put_fuzzing(Page const& page) {
    auto& html = page.html;
    auto const& fuzzing = *page.report.fuzzing;
    html.put("p", figures_words(fuzzing) + ".");
    put_findings(page, Standing::counted, "Findings");
    put_findings(page, Standing::known, "Known by the baseline: not counted");
    put_findings(page, Standing::not_again, "Not seen again: not counted");
}

void put_campaign_cards(Page const& page) {
    auto& html = page.html;
    auto const& fuzzing = *page.report.fuzzing;
    put_card(html, play::grouped(fuzzing.sessions), "", "sessions");
    put_card(html, play::grouped(fuzzing.exchanges), "", "exchanges that were judged");
    put_card(html, play::grouped(fuzzing.inconclusive), "", "sessions without a judgement");
    put_card(html, play::grouped(fuzzing.coverage), "", "states of the reference gone through");
    put_card(html, play::grouped(fuzzing.restarts), "", "restarts of the target");
}

}  // namespace wsproof::report
