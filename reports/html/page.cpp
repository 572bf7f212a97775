#include "reports/html/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/html/parts.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

struct Tab {
    std::string_view id;
    std::string_view name;
    bool (*is_there)(Report const&);
    void (*put)(Page const&);
    std::size_t (*count)(Report const&) = nullptr;  ///< beside the name
};

bool always(Report const&) {
    return true;
}
/// A campaign plans no cases: nothing is covered by them, nothing left out.
bool of_cases(Report const& report) {
    return !report.fuzzing;
}

std::size_t skipped_in(Report const& report) {
    return static_cast<std::size_t>(
        std::ranges::count(report.results, play::Verdict::skipped, &play::Result::verdict));
}

constexpr std::array tabs{
    Tab{"fuzzing", "Fuzzing", [](Report const& report) { return report.fuzzing.has_value(); },
        put_fuzzing, [](Report const& report) { return report.fuzzing->findings.size(); }},
    Tab{"results", "Results", always, put_results,
        [](Report const& report) { return report.results.size(); }},
    Tab{"security", "Security",
        [](Report const& report) { return report.security.has_something(); }, put_security,
        [](Report const& report) { return report.security.findings.size(); }},
    Tab{"standing-rules", "Standing rules", always, put_breaches,
        [](Report const& report) { return breaches_of(report).size(); }},
    Tab{"timing", "Limits and timing", of_cases, put_timing},
    Tab{"coverage", "RFC coverage", of_cases, put_coverage},
    Tab{"skipped", "Skipped", of_cases, put_skipped, skipped_in},
    Tab{"target", "Environment", always, put_target},
};

void put_navigation(Page const& page) {
    auto& html = page.html;
    auto const nav = html.in("nav", {{"class", "tabs"}, {"aria-label", "Sections"}});
    for (auto const& tab : tabs) {
        if (!tab.is_there(page.report)) continue;
        auto const link = html.in("a", {{"href", fmt::format("#{}", tab.id)}});
        html.text(tab.name);
        if (tab.count != nullptr) html.put("small", fmt::format(" {}", tab.count(page.report)));
    }
}

void put_tab(Page const& page, Tab const& tab) {
    auto const section = page.html.in("section", {{"class", "tab"}, {"id", tab.id}});
    page.html.put("h2", tab.name);
    tab.put(page);
}

Keys const& keys_of_the_page() {
    static Keys const keys{
        {"/", "filter"},
        {"j, k", "next case, previous case"},
        {"f", "next failure"},
        {"Enter", "read the case"},
        {"Esc", "back to the list"},
        {"c", "copy the command that plays the case again"},
        {"g s", "group by section; g c: by cause, g l: by level, g r: by rule, g v: by verdict"},
        {"t", "dark or light"},
        {"?", "these keys"},
        {"s:fail",
         "in the filter: also level:must rfc:7.4.1 rule:6455/5.1/* autobahn:3.2 @tag >100ms "
         "closing/*; - or ! before a word: without it"},
    };
    return keys;
}

Frame frame_of(Report const& report, Assets assets, std::string const& stem) {
    auto const& target = report.target;
    return {.title = "wsproof report: " + (target.name.empty() ? target.id : target.name),
            .styles = {report_style},
            .scripts = {report_script},
            .assets = assets,
            .stem = stem};
}

}  // namespace

std::string html_page(Report const& report, Assets assets, std::string const& stem) {
    Redactor const redactor(report);
    CaseSources sources;
    return framed_page(frame_of(report, assets, stem), [&](Html& html) {
        Page const page{report, redactor, html, assets, sources};
        put_banner(page);
        put_navigation(page);
        {
            auto const main = html.in("main", {{"id", "main"}});
            for (auto const& tab : tabs)
                if (tab.is_there(report)) put_tab(page, tab);
        }
        html.put("footer", fmt::format("Made by wsproof {} from its JSON report. Case set {}.",
                                       report.tool_version, report.suite_digest));
        if (assets != Assets::none) put_keys(html, keys_of_the_page());
    });
}

std::string report_style_sheet() {
    return style_sheet(frame_of({}, Assets::external, ""));
}

std::string report_script_file() {
    return script_of(frame_of({}, Assets::external, ""));
}

}  // namespace wsproof::report
