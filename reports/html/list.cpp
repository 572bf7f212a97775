// The list of cases: a row each, which leads to its article.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/html/chart.hpp"
#include "reports/html/parts.hpp"
#include "reports/names.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

/// What has to be looked at comes first.
std::size_t urgency(play::Result const& result) {
    constexpr std::array order{Verdict::broken,  Verdict::fail, Verdict::inconclusive,
                               Verdict::lenient, Verdict::note, Verdict::pass,
                               Verdict::skipped};
    return static_cast<std::size_t>(std::ranges::find(order, result.verdict) - order.begin());
}

Tally tally_of(std::vector<play::Result const*> const& results) {
    Tally tally;
    for (auto const* const result : results) ++tally[result->verdict];
    return tally;
}

/// What the filter looks for besides the words of the row and of its article.
std::string tag_words(CaseInfo const& info) {
    std::string words;
    for (auto const& tag : info.tags) words += "@" + tag + " ";
    for (auto const& alias : info.aliases) words += alias + " ";
    return words;
}

void put_list_row(Page const& page, play::Result const& result) {
    auto& html = page.html;
    auto const* const info = page.report.case_of(result);
    auto const level = names::level.of(info ? info->level : script::Level::must);
    auto const known = is_excused(page.report, result);
    auto const item = html.in("li");
    auto const link = html.in("a", {{"class", "row"},
                                    {"href", "#" + anchor_of(result.variant)},
                                    {"data-verdict", play::name_of(result.verdict)},
                                    {"data-us", std::to_string(result.duration.count())},
                                    {"data-known", "", known},
                                    {"data-rule", info ? info->rule : "", info != nullptr},
                                    {"data-tags", info ? tag_words(*info) : "", info != nullptr},
                                    {"data-cause", page.redactor.text(result.signature),
                                     departs(result) && !result.signature.empty()}});
    put_mark(html, result.verdict);
    html.put("code", result.variant);
    html.put("small", level);
    if (known) html.put("small", "known");
    if (result.flaky) html.put("small", "flaky");
}

void put_group(Page const& page, Group const& group) {
    auto& html = page.html;
    auto const tally = tally_of(group.results);
    auto const details = html.in(
        "details",
        {{"class", "group"},
         {"open", "", std::ranges::any_of(group.results, [](auto* r) { return departs(*r); })}});
    {
        auto const summary = html.in("summary");
        html.put("b", group.name);
        html.put("span", tally_words(tally));
        put_verdict_bar(html, tally);
    }
    auto const list = html.in("ol");
    for (auto const* const result : group.results) put_list_row(page, *result);
}

/// Shown by the script, since it does nothing without it.
void put_tools(Page const& page) {
    auto& html = page.html;
    Tally all;
    for (auto const& result : page.report.results) ++all[result.verdict];
    auto const tools = html.in("div", {{"class", "tools"}, {"id", "tools"}, {"hidden", ""}});
    html.lone("input",
              {{"id", "filter"},
               {"type", "search"},
               {"autocomplete", "off"},
               {"spellcheck", "false"},
               {"aria-label", "Filter the cases"},
               {"placeholder", "filter: closing/* s:fail level:must rfc:7.4.1 -@slow >100ms"}});
    {
        auto const chips =
            html.in("div", {{"class", "chips"}, {"role", "group"}, {"aria-label", "Verdicts"}});
        for (auto const verdict : play::verdicts)
            if (all[verdict] != 0) {
                auto const chip = html.in("button", {{"type", "button"},
                                                     {"data-chip", play::name_of(verdict)},
                                                     {"aria-pressed", "false"}});
                html.text(fmt::format("{} {}", play::name_of(verdict), all[verdict]));
            }
    }
    {
        auto const label = html.in("label");
        html.text("group by ");
        auto const choice = html.in("select", {{"id", "grouping"}});
        for (auto const* const name : {"section", "cause", "level", "rule", "verdict"})
            html.put("option", {{"value", name}}, name);
    }
    html.put("span", {{"id", "shown"}, {"role", "status"}}, "");
}

}  // namespace

std::string tally_words(Tally const& tally) {
    std::string words;
    for (auto const& [verdict, count] : tally)
        words += fmt::format("{}{} {}", words.empty() ? "" : ", ", count, play::name_of(verdict));
    return words;
}

std::vector<Group> groups_of(Report const& report) {
    std::map<std::string, Group> folders;
    Group limits{.name = "limits"};
    for (auto const& result : report.results) {
        auto const name = section_of(result.variant);
        auto& group = report.is_limit(result) ? limits : folders[name];
        if (group.name.empty()) group.name = name;
        group.results.push_back(&result);
    }
    std::vector<Group> groups;
    for (auto& [name, group] : folders) groups.push_back(std::move(group));
    if (!limits.results.empty()) groups.push_back(std::move(limits));
    for (auto& group : groups)
        std::ranges::stable_sort(group.results, {},
                                 [](auto const* result) { return urgency(*result); });
    return groups;
}

void put_results(Page const& page) {
    auto& html = page.html;
    if (page.report.results.empty())
        return html.put("p",
                        page.report.fuzzing ? "No finding came again." : "No case was played.");
    put_causes(page);
    put_tools(page);
    auto const both = html.in("div", {{"class", "results"}});
    auto const groups = groups_of(page.report);
    {
        auto const list =
            html.in("nav", {{"class", "list"}, {"id", "list"}, {"aria-label", "Cases"}});
        for (auto const& group : groups) put_group(page, group);
    }
    {
        auto const detail = html.in("div", {{"class", "detail"}, {"id", "detail"}});
        for (auto const& group : groups)
            for (auto const* const result : group.results) put_article(page, *result);
    }
    if (page.assets == Assets::inlined) put_packs(page);
}

}  // namespace wsproof::report
