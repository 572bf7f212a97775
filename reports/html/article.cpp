#include <fmt/format.h>

#include <algorithm>

#include "reports/baseline/baseline.hpp"
#include "reports/html/parts.hpp"
#include "reports/names.hpp"
#include "reports/paint.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

/// "known: tracked in #214"; nothing for a failure that counts.
void put_excuse(Page const& page, play::Result const& result) {
    if (!is_excused(page.report, result)) return;
    auto const* const entry = excuse_for(page.report, result.variant);
    page.html.put("p", {{"class", "rule"}}, page.redactor.text(excuse_words(*entry)));
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
    auto const verdict = play::name_of(result.verdict);
    auto const meta = html.in("p", {{"class", "meta"}});
    {
        auto const judged = html.in("span");
        html.put("b", {{"class", fmt::format("word {}", verdict)}}, verdict);
        html.text(fmt::format(" at level {}", names::level.of(info.level)));
    }
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

/// What went over the wire; of what did not depart a place where the script puts it.
void put_wire(Page const& page, play::Result const& result) {
    auto& html = page.html;
    auto const& entries = result.transcript.entries;
    if (entries.empty()) {
        if (result.verdict != Verdict::skipped)
            html.put("p", {{"class", "meta"}}, "The transcript was not kept.");
        return;
    }
    html.put("h4", "On the wire");
    if (stands_open(page, result)) return put_transcript(page, result);
    html.put("p", {{"class", "meta packed"}},
             fmt::format("{}, packed: a script has to show them.", plural(entries.size(), "line")));
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void put_source(Page const& page, CaseInfo const& info) {
    auto const text = page.sources.of(info);
    if (text.empty()) return;
    auto& html = page.html;
    auto const details = html.in("details", {{"class", "source"}});
    html.put("summary", "The case as a file");
    auto const block = html.in("pre");
    for (auto const line : lines_of(text)) {
        html.text(line);
        html.line_end();
    }
}

void put_body(Page const& page, play::Result const& result, CaseInfo const& info) {
    auto& html = page.html;
    put_meta(html, result, info);
    put_excuse(page, result);
    if (!info.rule_text.empty()) html.put("p", {{"class", "rule"}}, info.rule_text);
    {
        auto const pair = html.in("div", {{"class", "pair"}});
        put_happened(html, result);
        put_accepted(html, result);
    }
    put_witnessed(html, result);
    put_wire(page, result);
    if (departs(result)) put_advice(html, info);
    html.put("h4", "Play it again");
    html.put("pre", {{"class", "command"}}, repro(page.report, result.variant));
    if (departs(result)) put_source(page, info);
}

}  // namespace

bool departs(play::Result const& result) {
    return (result.verdict != Verdict::pass && result.verdict != Verdict::skipped &&
            result.verdict != Verdict::note) ||
           !result.breaches.empty();
}

bool is_excused(Report const& report, play::Result const& result) {
    return result.verdict == Verdict::fail && excuse_for(report, result.variant) != nullptr;
}

bool stands_open(Page const& page, play::Result const& result) {
    return page.assets != Assets::inlined || departs(result);
}

void put_article(Page const& page, play::Result const& given) {
    auto& html = page.html;
    auto const result = page.redactor.result(given);
    auto const* const known = page.report.case_of(result);
    auto const info = known ? *known : CaseInfo{.id = result.variant};
    auto const verdict = play::name_of(result.verdict);
    auto const article = html.in(
        "article", {{"class", fmt::format("case {}{}", verdict, departs(result) ? "" : " quiet")},
                    {"id", anchor_of(result.variant)},
                    {"tabindex", "-1"}});
    {
        auto const heading = html.in("h3");
        put_mark(html, result.verdict);
        html.put("code", result.variant);
    }
    if (!info.title.empty()) html.put("p", {{"class", "says"}}, info.title);
    put_body(page, result, info);
}

void put_mark(Html& html, Verdict verdict) {
    html.put("span",
             {{"class", fmt::format("mark {}", play::name_of(verdict))},
              {"role", "img"},
              {"aria-label", play::name_of(verdict)}},
             Paint(false, false).mark(verdict));
}

void put_case_link(Html& html, std::string const& variant) {
    auto const link = html.in("a", {{"href", "#" + anchor_of(variant)}});
    html.put("code", variant);
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
