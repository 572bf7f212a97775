#include <fmt/format.h>

#include "reports/html/parts.hpp"
#include "reports/names.hpp"
#include "reports/paint.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

bool is_excused(Report const& report, play::Result const& result) {
    return result.verdict == Verdict::fail && excuse_for(report, result.variant) != nullptr;
}

/// "known: tracked in #214"; nothing for a failure that counts.
void put_excuse(Page const& page, std::string const& name) {
    if (auto const* const entry = excuse_for(page.report, name))
        page.html.put("p", {{"class", "rule"}}, page.redactor.text(excuse_words(*entry)));
}

void put_summary(Page const& page, play::Result const& result, CaseInfo const& info) {
    auto& html = page.html;
    auto const summary = html.in("summary");
    put_mark(html, result.verdict);
    {
        auto const words = html.in("span");
        html.put("code", result.variant);
        html.put("span", {{"class", "says"}}, info.title);
    }
    html.put("small", fmt::format("{}{} · {}", is_excused(page.report, result) ? "known " : "",
                                  play::name_of(result.verdict), names::level.of(info.level)));
}

void put_rfc_link(Html& html, std::string_view document, std::string_view section) {
    // A rule that a user has made stands in no document that we could link to.
    if (!document.starts_with("RFC "))
        return html.put("span", fmt::format("{} {}", document, section));
    std::string number;
    for (char const c : document)
        if (c >= '0' && c <= '9') number += c;
    html.put(
        "a",
        {{"href", fmt::format("https://www.rfc-editor.org/rfc/rfc{}#section-{}", number, section)},
         {"rel", "noreferrer"}},
        fmt::format("{} {}", document, section));
}

void put_meta(Html& html, play::Result const& result, CaseInfo const& info) {
    auto const meta = html.in("p", {{"class", "meta"}});
    if (!info.document.empty()) put_rfc_link(html, info.document, info.section);
    html.put("span", info.rule);
    for (auto const& alias : info.aliases) html.put("span", alias);
    html.put("span", duration_words(result.duration));
    if (result.ending != play::Ending::none)
        html.put("span", fmt::format("ending: {}", play::name_of(result.ending)));
}

void put_happened(Html& html, play::Result const& result) {
    bool const bad = result.verdict == Verdict::fail || result.verdict == Verdict::broken;
    auto const box = html.in("div", {{"class", bad ? "box bad" : "box"}});
    html.put("h4", result.verdict == Verdict::skipped ? "Why it was skipped" : "What happened");
    html.put("p", result.verdict == Verdict::skipped ? skip_words(result) : happened_words(result));
    if (result.reason.find(result.actual) == std::string::npos) html.put("p", result.actual);
    for (auto const& note : result.notes)
        if (result.reason.find(note) == std::string::npos) html.put("p", "Note: " + note);
}

void put_accepted(Html& html, play::Result const& result) {
    if (result.expected.empty()) return;
    auto const box = html.in("div", {{"class", "box good"}});
    html.put("h4", "What was expected");
    auto const list = html.in("ul");
    for (auto const& words : result.expected) html.put("li", words);
}

void put_advice(Html& html, CaseInfo const& info) {
    if (info.why.empty() && info.fix.empty()) return;
    auto const pair = html.in("div", {{"class", "pair"}});
    if (!info.why.empty()) {
        auto const box = html.in("div", {{"class", "box"}});
        html.put("h4", "Why it matters");
        html.put("p", info.why);
    }
    if (!info.fix.empty()) {
        auto const box = html.in("div", {{"class", "box"}});
        html.put("h4", "How it is mended");
        html.put("p", info.fix);
    }
}

void put_witnessed(Html& html, play::Result const& result) {
    for (auto const& breach : result.breaches)
        html.put(
            "p", {{"class", "rule"}},
            fmt::format("Standing rule broken on the way: {}: {}", breach.rule, breach.reason));
}

bool departs(Verdict verdict) {
    return verdict != Verdict::pass && verdict != Verdict::skipped && verdict != Verdict::note;
}

void put_body(Page const& page, play::Result const& result, CaseInfo const& info) {
    auto& html = page.html;
    auto const body = html.in("div", {{"class", "body"}});
    put_meta(html, result, info);
    if (is_excused(page.report, result)) put_excuse(page, result.variant);
    if (!info.rule_text.empty()) html.put("p", {{"class", "rule"}}, info.rule_text);
    {
        auto const pair = html.in("div", {{"class", "pair"}});
        put_happened(html, result);
        put_accepted(html, result);
    }
    put_witnessed(html, result);
    put_transcript(page, result);
    if (departs(result.verdict)) put_advice(html, info);
    html.put("pre", repro(page.report, result.variant));
}

std::string section_counts(std::vector<play::Result const*> const& results) {
    Tally tally;
    for (auto const* const result : results) ++tally[result->verdict];
    std::string words;
    for (auto const& [verdict, count] : tally)
        words += fmt::format("{}{} {}", words.empty() ? "" : ", ", count, play::name_of(verdict));
    return words;
}

using Groups = std::map<std::string, std::vector<play::Result const*>>;

void put_group(Page const& page, std::string_view name,
               std::vector<play::Result const*> const& results) {
    auto& html = page.html;
    auto const section = html.in("section", {{"class", "group"}});
    {
        auto const heading = html.in("h3");
        html.put("span", name);
        html.put("span", section_counts(results));
    }
    for (auto const* const result : results) put_case(page, *result);
}

}  // namespace

void put_failures(Page const& page) {
    auto& html = page.html;
    std::vector<play::Result const*> failures;
    for (auto const& result : page.report.results)
        if (result.verdict == Verdict::fail || result.verdict == Verdict::broken)
            failures.push_back(&result);
    // Those of a campaign are its findings, which are told already.
    if (failures.empty() || page.report.fuzzing) return;
    html.put("h2", "Failures");
    auto const list = html.in("ul", {{"class", "failures"}});
    for (auto const* const result : failures) {
        auto const item = html.in("li");
        put_mark(html, result->verdict);
        {
            auto const link = html.in("a", {{"href", "#" + anchor_of(result->variant)}});
            html.put("code", result->variant);
        }
        auto const* const known = is_excused(page.report, *result) ? "known; " : "";
        html.put("span", {{"class", "says"}}, known + page.redactor.text(happened_words(*result)));
    }
}

void put_cases(Page const& page) {
    auto& html = page.html;
    Groups groups;
    std::vector<play::Result const*> limits;
    for (auto const& result : page.report.results) {
        if (page.report.is_limit(result))
            limits.push_back(&result);
        else
            groups[section_of(result.variant)].push_back(&result);
    }
    html.put("h2", {{"id", "results"}}, "Results");
    if (page.report.results.empty())
        html.put("p", page.report.fuzzing ? "No finding came again." : "No case was played.");
    for (auto const& [name, results] : groups) put_group(page, name, results);
    if (limits.empty()) return;
    html.put("h2", {{"id", "how-much"}}, "Limits");
    html.put("p",
             "How much the target takes. The RFCs leave that to it, so these results are not "
             "counted with the others.");
    put_group(page, "limits", limits);
}

void put_case(Page const& page, play::Result const& given) {
    auto& html = page.html;
    auto const result = page.redactor.result(given);
    auto const* const known = page.report.case_of(result);
    auto const info = known ? *known : CaseInfo{.id = result.variant};
    auto const anchor = anchor_of(result.variant);
    auto const verdict = play::name_of(result.verdict);
    auto const classes = fmt::format("case {}", verdict);
    bool const wrong = result.verdict == Verdict::fail || result.verdict == Verdict::broken;
    bool const open = wrong && !is_excused(page.report, result);
    auto const write = [&](Html::Attributes attributes) {
        auto const details = html.in("details", attributes);
        put_summary(page, result, info);
        put_body(page, result, info);
    };
    if (open)
        write({{"class", classes}, {"id", anchor}, {"data-verdict", verdict}, {"open", ""}});
    else
        write({{"class", classes}, {"id", anchor}, {"data-verdict", verdict}});
}

void put_mark(Html& html, Verdict verdict) {
    html.put("span",
             {{"class", fmt::format("mark {}", play::name_of(verdict))}, {"aria-hidden", "true"}},
             Paint(false, false).mark(verdict));
}

std::string anchor_of(std::string_view case_id) {
    std::string anchor = "case-";
    for (char const c : case_id) {
        bool const kept =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        anchor += kept ? std::string(1, c) : fmt::format("_{:02x}", static_cast<unsigned char>(c));
    }
    return anchor;
}

}  // namespace wsproof::report
