#include <fmt/format.h>

#include <algorithm>

#include "reports/fuzzing/words.hpp"
#include "reports/html/chart.hpp"
#include "reports/html/parts.hpp"
#include "reports/names.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

std::string headline(Report const& report) {
    auto const& fuzzing = report.fuzzing;
    auto const broke = !fuzzing                 ? broke_words(report)
                       : has_findings(*fuzzing) ? findings_words(*fuzzing)
                                                : std::string{};
    if (!broke.empty()) return broke;
    switch (report.run.state) {
        case run::State::unreachable:
            return "The target could not be reached";
        case run::State::target_lost:
            return "The target was lost during the run";
        case run::State::interrupted:
        case run::State::budget_spent:
            return "The run is not complete";
        case run::State::complete:
            break;
    }
    if (fuzzing && fuzzing->sessions != 0) return "Nothing was found";
    return gate_of(report) == GateVerdict::ok ? "No rule was seen broken"
                                              : "Not every selected case was judged";
}

std::string_view gate_words(GateVerdict gate) {
    switch (gate) {
        case GateVerdict::ok:
            return "✓ Nothing breaks the gate";
        case GateVerdict::failed:
            return "✗ Breaks the gate";
        case GateVerdict::incomplete:
            return "? Incomplete";
    }
    return "? Incomplete";
}

void put_card_words(Html& html, std::string_view count, std::string_view of,
                    std::string_view words) {
    {
        auto const number = html.in("b");
        html.text(count);
        if (!of.empty()) html.put("span", of);
    }
    html.put("span", words);
}

void put_crumbs(Page const& page) {
    auto& html = page.html;
    auto const& report = page.report;
    auto const crumbs = html.in("div", {{"class", "crumbs"}});
    auto const& target = report.target;
    html.put("span", target.name.empty() ? target.id : target.name);
    html.put("span", page.redactor.text(target.url));
    html.put("span", report.run.started);
    html.put("span", "suite " + report.suite_version);
    html.put("span", fmt::format("seed {:016x}", report.run.seed));
    html.put("span", "delivery " + report.run.delivery);
    if (report.run.shards.size() == 1)
        html.put("span", "shard " + run::in_words(report.run.shards.front()));
}

void put_level_card(Html& html, script::Level level, Tally tally) {
    auto const total = judged(tally);
    if (total == 0) return;
    auto words = fmt::format("passed at level {}", names::level.of(level));
    auto const say = [&](play::Verdict verdict, std::string_view what) {
        if (auto const count = tally.at(verdict); count != 0)
            words += fmt::format(", {} {}", count, what);
    };
    say(play::Verdict::fail, "failed");
    say(play::Verdict::lenient, "lenient");
    auto const card = html.in("div", {{"class", "card"}});
    put_card_words(html, std::to_string(tally.at(play::Verdict::pass)),
                   fmt::format(" of {}", total), words);
    tally.erase(play::Verdict::skipped);
    tally.erase(play::Verdict::note);
    put_verdict_bar(html, tally);
}

void put_verdict_cards(Page const& page) {
    auto& html = page.html;
    Tally all;
    for (auto const& [level, tally] : page.report.tally()) {
        put_level_card(html, level, tally);
        for (auto const& [verdict, count] : tally) all[verdict] += count;
    }
    put_card(html, std::to_string(all[play::Verdict::note]), "", "noted, left open by the RFC");
    put_card(html, std::to_string(all[play::Verdict::skipped]), "", "skipped");
    put_card(html, std::to_string(all[play::Verdict::inconclusive]), "", "inconclusive");
    if (auto const limits = page.report.limits(); total(limits) != 0)
        put_card(html, std::to_string(total(limits)), "",
                 fmt::format("limits, counted apart: {} noted", limits.at(play::Verdict::note)));
    auto const standing = breaches_of(page.report).size();
    put_card(html, std::to_string(standing), "", "standing rules broken");
    if (auto const& baseline = page.report.baseline)
        put_card(html, std::to_string(baseline->count(Fate::known)), "",
                 fmt::format("known failures; {} fixed, {} expired", baseline->count(Fate::fixed),
                             baseline->count(Fate::expired)));
}

/// The longest of the cases of each part of the run, beside the longest of all.
std::vector<double> pace_of(Report const& report) {
    constexpr std::size_t most = 40;
    auto const& results = report.results;
    std::vector<double> longest(std::min(most, results.size()), 0);
    for (std::size_t i = 0; i < results.size(); ++i) {
        auto& part = longest[i * longest.size() / results.size()];
        part = std::max(part, static_cast<double>(results[i].duration.count()));
    }
    auto const highest = longest.empty() ? 0 : *std::ranges::max_element(longest);
    for (auto& part : longest) part = highest == 0 ? 0 : part / highest;
    return longest;
}

void put_time_card(Page const& page) {
    auto& html = page.html;
    auto const card = html.in("div", {{"class", "card"}});
    put_card_words(html, duration_words(page.report.run.duration), "",
                   fmt::format("{} at once", page.report.run.jobs));
    put_columns_chart(html, pace_of(page.report));
}

void put_cards(Page const& page) {
    auto& html = page.html;
    auto const cards = html.in("div", {{"class", "cards"}});
    if (page.report.fuzzing)
        put_campaign_cards(page);
    else
        put_verdict_cards(page);
    put_time_card(page);
}

/// From where on something breaks the gate; of a campaign everything does.
std::string bound_words(Report const& report) {
    if (report.fuzzing) return {};
    auto const level = fmt::format(" at level {}", names::fail_on.of(report.fail_on));
    if (!report.fail_on_severity) return level;
    auto const severity = fmt::format("severity {}", names::severity.of(*report.fail_on_severity));
    return report.fail_on == FailOn::never ? " at " + severity : level + ", " + severity;
}

}  // namespace

void put_card(Html& html, std::string_view count, std::string_view of, std::string_view words) {
    auto const card = html.in("div", {{"class", "card"}});
    put_card_words(html, count, of, words);
}

void put_banner(Page const& page) {
    auto& html = page.html;
    auto const& report = page.report;
    auto const header = html.in("header", {{"class", "masthead"}});
    {
        auto const line = html.in("div", {{"class", "topline"}});
        put_crumbs(page);
        // The script puts its buttons here.
        html.put("div", {{"class", "actions"}, {"id", "page-actions"}}, "");
    }
    html.put("h1", headline(report));
    auto const gate = gate_of(report);
    html.put("p", {{"class", fmt::format("gate {}", names::gate.of(gate))}},
             fmt::format("{}{}. Exit code {}: {}.", gate_words(gate), bound_words(report),
                         report.exit_code, exit_words(report)));
    if (report.run.state != run::State::complete && !report.run.state_words.empty())
        html.put("p", {{"class", "detail-words"}}, page.redactor.text(report.run.state_words));
    if (auto const words = shortfall_words(report); !words.empty())
        html.put("p", {{"class", "detail-words"}}, words);
    put_cards(page);
}

}  // namespace wsproof::report
