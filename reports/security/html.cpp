// The section of the page that owners read: the policy that was found, and what is to be done.
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "reports/html/parts.hpp"
#include "reports/names.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

void put_policy(Page const& page) {
    auto& html = page.html;
    auto const& security = page.report.security;
    // Nobody has asked whom the server lets in.
    if (security.exposure.words.empty() && security.remarks.empty()) return;
    auto const box = html.in("div", {{"class", "policy"}});
    html.put("h3", "What the server does");
    if (!security.origin_policy.empty())
        html.put("p", {{"class", "sentence"}},
                 "It " + page.redactor.text(security.origin_policy) + ".");
    auto const& exposure = security.exposure;
    html.put("p",
             fmt::format("Proof of identity: {} ({}).", names::credentials.of(exposure.credentials),
                         page.redactor.text(exposure.words)));
    for (auto const& remark : security.remarks)
        html.put("p", "Note: " + page.redactor.text(remark) + ".");
}

using Proof = std::span<Evidence const>;

void put_proof(Page const& page, Proof proof) {
    auto& html = page.html;
    auto const table = html.in("table", {{"class", "plain proof"}});
    put_columns(html, {"Origin sent", "Status", "Case"});
    auto const body = html.in("tbody");
    for (auto const& [variant, origin, status] : proof) {
        auto const row = html.in("tr");
        {
            auto const cell = html.in("td");
            html.put("code", origin.empty() ? "–" : page.redactor.text(origin));
        }
        html.put("td", status ? fmt::format("{}", *status) : "–");
        auto const cell = html.in("td");
        put_case_link(html, variant);
    }
}

void put_evidence(Page const& page, Finding const& finding) {
    if (finding.evidence.empty()) return;
    constexpr std::size_t most = 6;
    auto& html = page.html;
    Proof const all(finding.evidence);
    auto const shown = std::min(most, all.size());
    html.put("h4", finding.confirmed ? "Proof, seen again after the run" : "Proof");
    put_proof(page, all.first(shown));
    if (shown == all.size()) return;
    auto const rest = html.in("details");
    html.put("summary", fmt::format("{} more", all.size() - shown));
    put_proof(page, all.subspan(shown));
}

void put_references(Html& html, Finding const& finding) {
    auto const meta = html.in("p", {{"class", "meta"}});
    html.put("span", finding.id);
    for (auto const& cwe : finding.cwe) html.put("span", cwe);
    for (auto const& item : finding.asvs) html.put("span", "ASVS 5.0 " + item);
    if (!finding.cvss.empty()) html.put("span", finding.cvss);
}

void put_meaning(Html& html, Finding const& finding) {
    auto const pair = html.in("div", {{"class", "pair"}});
    {
        auto const box = html.in("div", {{"class", "box bad"}});
        html.put("h4", "What it means");
        html.put("p", finding.means);
    }
    auto const box = html.in("div", {{"class", "box good"}});
    html.put("h4", "How it is mended");
    html.put("p", finding.fix);
}

void put_finding(Page const& page, Finding const& finding) {
    auto& html = page.html;
    auto const severity = std::string{names::severity.of(finding.severity)};
    bool const open = finding.severity >= script::Severity::medium;
    auto const details = html.in(
        "details", {{"class", "finding"}, {"id", "finding-" + finding.id}, {"open", "", open}});
    {
        auto const summary = html.in("summary");
        html.put("span", {{"class", "severity " + severity}}, severity);
        html.put("b", finding.title);
    }
    auto const body = html.in("div", {{"class", "body"}});
    put_references(html, finding);
    if (!finding.weight.empty())
        html.put("p", fmt::format("Why {}: {}.", severity, page.redactor.text(finding.weight)));
    put_meaning(html, finding);
    put_evidence(page, finding);
    if (!finding.evidence.empty())
        html.put("pre", {{"class", "command"}},
                 repro(page.report, finding.evidence.front().variant));
}

void put_hooks(Page const& page) {
    auto& html = page.html;
    for (auto const& [area, hooks] : page.report.security.hooks) {
        auto const details = html.in("details", {{"class", "finding"}});
        {
            auto const summary = html.in("summary");
            html.put("b", fmt::format("Where the cure goes, library by library ({})",
                                      names::area.of(area)));
        }
        auto const body = html.in("div", {{"class", "body"}});
        auto const table = html.in("table", {{"class", "plain"}});
        auto const rows = html.in("tbody");
        for (auto const& [library, words] : hooks) put_row(html, library, words);
    }
}

}  // namespace

void put_security(Page const& page) {
    auto const& security = page.report.security;
    auto& html = page.html;
    put_policy(page);
    for (auto const& finding : security.findings) put_finding(page, finding);
    if (security.findings.empty()) html.put("p", "Nothing to act on was found.");
    put_hooks(page);
}

}  // namespace wsproof::report
