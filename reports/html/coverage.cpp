// The rules of the catalogue as a tree of the RFCs' sections, each with what came of it here.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/html/chart.hpp"
#include "reports/html/parts.hpp"
#include "reports/html/section_names.hpp"
#include "reports/names.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

struct Judged {
    std::string rule = {};
    RuleInfo const* info = nullptr;
    Tally tally = {};
    bool broken_in_passing = false;  ///< as a standing rule
    std::vector<play::Result const*> departures = {};
};

struct Section {
    std::string number = {};
    std::vector<Judged> rules = {};
};
struct Document {
    std::string name = {};
    std::vector<Section> sections = {};
};

bool learned(Tally const& tally) {
    return std::ranges::any_of(tally, [](auto const& entry) {
        return entry.first != Verdict::skipped && entry.first != Verdict::inconclusive &&
               entry.first != Verdict::broken;
    });
}

/// What came of the cases of each rule.
std::map<std::string, Judged> judged_rules(Report const& report) {
    std::map<std::string, Judged> rules;
    for (auto const& [id, info] : report.rules) rules[id] = {.rule = id, .info = &info};
    for (auto const& result : report.results) {
        auto const* const info = report.case_of(result);
        auto const found = info ? rules.find(info->rule) : rules.end();
        if (found == rules.end()) continue;
        ++found->second.tally[result.verdict];
        if (result.verdict == Verdict::fail || result.verdict == Verdict::lenient)
            found->second.departures.push_back(&result);
    }
    for (auto const& breach : breaches_of(report))
        if (auto const found = rules.find(breach.rule); found != rules.end())
            found->second.broken_in_passing = true;
    return rules;
}

/// "5.5.1" as numbers, so that 10.2 comes behind 5.5. A user's own document may number as it likes.
std::vector<unsigned> as_numbers(std::string_view section) {
    std::vector<unsigned> numbers(1, 0);
    for (char const c : section) {
        if (c == '.')
            numbers.push_back(0);
        else if (c >= '0' && c <= '9')
            numbers.back() = numbers.back() * 10 + static_cast<unsigned>(c - '0');
    }
    return numbers;
}

std::vector<Document> tree_of(Report const& report) {
    std::map<std::string, std::map<std::vector<unsigned>, Section>> documents;
    for (auto& [id, rule] : judged_rules(report)) {
        auto& section = documents[rule.info->document][as_numbers(rule.info->section)];
        section.number = rule.info->section;
        section.rules.push_back(std::move(rule));
    }
    std::vector<Document> tree;
    for (auto& [name, sections] : documents) {
        tree.push_back({.name = name});
        for (auto& [numbers, section] : sections)
            tree.back().sections.push_back(std::move(section));
    }
    return tree;
}

/// The gravest of what its cases came to.
Verdict summary_of(Judged const& rule) {
    if (rule.broken_in_passing) return Verdict::fail;
    for (auto const verdict : {Verdict::fail, Verdict::lenient, Verdict::pass, Verdict::note})
        if (rule.tally.contains(verdict)) return verdict;
    return rule.tally.contains(Verdict::inconclusive) ? Verdict::inconclusive : Verdict::skipped;
}

std::string came_of(Judged const& rule) {
    auto words = tally_words(rule.tally);
    if (rule.broken_in_passing)
        words += (words.empty() ? "" : "; ") + std::string("broken in passing");
    return words.empty() ? "no case of it was played here" : words;
}

void put_rule(Html& html, Judged const& rule) {
    constexpr std::size_t most = 3;
    auto const item = html.in("li");
    put_mark(html, summary_of(rule));
    auto const words = html.in("div");
    html.put("p", rule.info->text);
    auto const meta = html.in("p", {{"class", "meta"}});
    html.put("code", rule.rule);
    html.put("span", names::level.of(rule.info->level));
    html.put("span", came_of(rule));
    for (std::size_t i = 0; i < std::min(most, rule.departures.size()); ++i)
        put_case_link(html, rule.departures[i]->variant);
}

Tally tally_of_rules(Section const& section) {
    Tally tally;
    for (auto const& rule : section.rules) ++tally[summary_of(rule)];
    return tally;
}

void put_section(Html& html, std::string_view document, Section const& section) {
    auto const tally = tally_of_rules(section);
    auto const details =
        html.in("details", {{"class", "clause"}, {"open", "", tally.contains(Verdict::fail)}});
    {
        auto const summary = html.in("summary");
        html.put("b", section.number);
        html.put("span", section_name(document, section.number));
        auto const known = std::ranges::count_if(section.rules, [](Judged const& rule) {
            return learned(rule.tally) || rule.broken_in_passing;
        });
        html.put("small",
                 fmt::format("{} of {} judged", known, plural(section.rules.size(), "rule")));
        put_verdict_bar(html, tally);
    }
    auto const list = html.in("ul");
    for (auto const& rule : section.rules) put_rule(html, rule);
}

}  // namespace

void put_coverage(Page const& page) {
    auto& html = page.html;
    html.put(
        "p",
        "Every rule of the catalogue under the section that states it. What no case of this run "
        "came to a verdict about is grey: skipped, not selected, or for the other role. "
        "\"wsproof list --rules\" tells sentence by sentence what is covered, and what cannot be "
        "tested from outside.");
    for (auto const& document : tree_of(page.report)) {
        html.put("h3", document.name);
        for (auto const& section : document.sections) put_section(html, document.name, section);
    }
}

}  // namespace wsproof::report
