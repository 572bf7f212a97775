#include "reports/html/page.hpp"

#include <fmt/format.h>

#include <array>

#include "reports/digest.hpp"
#include "reports/html/parts.hpp"
#include "reports/limits.hpp"
#include "reports/names.hpp"

namespace wsproof::report {
namespace {

/// Nothing is loaded from anywhere, and of scripts only our own runs.
std::string content_security_policy() {
    return fmt::format(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; img-src data:; "
        "base-uri 'none'; form-action 'none'",
        sha256_base64(page_script.text));
}

void put_head(Page const& page) {
    auto& html = page.html;
    auto const head = html.in("head");
    html.lone("meta", {{"charset", "utf-8"}});
    html.lone("meta",
              {{"http-equiv", "Content-Security-Policy"}, {"content", content_security_policy()}});
    html.lone("meta", {{"name", "viewport"}, {"content", "width=device-width,initial-scale=1"}});
    html.lone("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    html.lone("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
    auto const& target = page.report.target;
    html.put("title", "wsproof report: " + (target.name.empty() ? target.id : target.name));
    html.style(page_style);
}

void put_navigation(Page const& page) {
    auto& html = page.html;
    auto const nav = html.in("nav", {{"aria-label", "Sections"}});
    if (page.report.fuzzing) html.put("a", {{"href", "#fuzzing"}}, "Fuzzing");
    html.put("a", {{"href", "#results"}}, "Results");
    if (page.report.security.has_something()) html.put("a", {{"href", "#security"}}, "Security");
    html.put("a", {{"href", "#standing-rules"}}, "Standing rules");
    if (!limits_of(page.report).empty()) html.put("a", {{"href", "#measured"}}, "Limits");
    if (!page.report.fuzzing) html.put("a", {{"href", "#skipped"}}, "Skipped");
    html.put("a", {{"href", "#target"}}, "Target and run");
    html.put("a", {{"href", "#limits"}}, "What passing does not prove");
}

/// Shown by the script, since it does nothing without it.
void put_tools(Html& html) {
    auto const tools = html.in("div", {{"class", "tools"}, {"id", "tools"}, {"hidden", ""}});
    html.lone("input", {{"id", "filter"},
                        {"type", "search"},
                        {"aria-label", "Filter the cases"},
                        {"placeholder", "filter: words of an id, a sentence, a level"}});
    constexpr std::array offered{play::Verdict::fail,    play::Verdict::lenient,
                                 play::Verdict::note,    play::Verdict::inconclusive,
                                 play::Verdict::skipped, play::Verdict::pass};
    for (auto const verdict : offered)
        html.put("button",
                 {{"type", "button"},
                  {"data-verdict", play::name_of(verdict)},
                  {"aria-pressed", "false"}},
                 play::name_of(verdict));
    html.put("span", {{"id", "shown"}, {"role", "status"}}, "");
}

}  // namespace

std::string html_page(Report const& report) {
    Html html;
    Redactor const redactor(report);
    Page const page{report, redactor, html};
    {
        auto const root = html.in("html", {{"lang", "en"}});
        put_head(page);
        auto const body = html.in("body");
        put_banner(page);
        put_navigation(page);
        {
            auto const main = html.in("main");
            put_fuzzing(page);
            put_security(page);
            put_failures(page);
            put_tools(html);
            put_cases(page);
            put_breaches(page);
            put_limits(page);
            put_skipped(page);
            put_target(page);
            put_limits_of_proof(page);
        }
        html.put("footer", fmt::format("Made by wsproof {} from its JSON report. Case set {}.",
                                       report.tool_version, report.suite_digest));
        html.script(page_script);
    }
    return html.take();
}

}  // namespace wsproof::report
