// `wsproof explain`: a case as prose.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "cli/case_words.hpp"
#include "cli/exit_code.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "harness/run/nearest.hpp"
#include "reports/model.hpp"
#include "reports/names.hpp"
#include "reports/security/evidence.hpp"

namespace wsproof::cli {
namespace {

using Variants = std::vector<script::Variant const*>;

Variants find(script::Catalogue const& catalogue, std::string const& id) {
    auto const of_case = catalogue.of_case(id);
    if (!of_case.empty()) return of_case;
    Variants by_alias;
    for (auto const& variant : catalogue.variants)
        if (std::ranges::find(variant.aliases, id) != variant.aliases.end())
            by_alias.push_back(&variant);
    if (!by_alias.empty()) return by_alias;
    std::set<std::string> names;
    for (auto const& variant : catalogue.variants) {
        names.insert(variant.case_id);
        names.insert(variant.id);
    }
    std::vector<std::string> const known(names.begin(), names.end());
    auto const near = run::nearest(id, known);
    throw UsageError(fmt::format("there is no case '{}'{}", id,
                                 near.empty() ? "; `wsproof list` shows every case"
                                              : fmt::format(": did you mean '{}'?", near)));
}

std::string link_to(script::Rule const& rule) {
    auto const document = rule.document();
    if (document == "asvs") return "OWASP, Application Security Verification Standard 5.0";
    if (!document.starts_with("RFC ")) return "a rule of your own";
    auto const number = document.substr(document.find(' ') + 1);
    return fmt::format("https://www.rfc-editor.org/rfc/rfc{}#section-{}", number, rule.section());
}

std::string steps_of(script::Variant const& variant) {
    std::string text;
    std::size_t number = 0;
    for (auto const& step : variant.steps) {
        ++number;
        auto const lines = in_words(step);
        text += fmt::format("  {:>2}. {}\n", number, report::printable(lines.front()));
        for (std::size_t n = 1; n < lines.size(); ++n)
            text += fmt::format("  {}\n", report::printable(lines[n]));
    }
    return text;
}

std::string faults_of(script::Variant const& variant, script::Catalogue const& catalogue) {
    std::string text;
    for (auto const& id : variant.faults) {
        auto const fault = catalogue.faults.find(id);
        if (fault == catalogue.faults.end()) continue;
        text += fmt::format("  {}: it {}\n", id, fault->second.does);
        if (!fault->second.effect.empty())
            text += fmt::format("    why  {}\n", fault->second.effect);
        if (!fault->second.fix.empty()) text += fmt::format("    fix  {}\n", fault->second.fix);
    }
    return text;
}

std::string joined(std::vector<std::string> const& words) {
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string conditions(script::Variant const& variant) {
    std::string text;
    if (!variant.needs.empty()) text += fmt::format("needs     {}\n", joined(variant.needs));
    if (!variant.twin.empty())
        text += fmt::format("twin      {} (the legal neighbour, which has to pass first)\n",
                            variant.twin);
    if (!variant.aliases.empty()) text += fmt::format("known as  {}\n", joined(variant.aliases));
    if (variant.exclusive) text += "runs      alone: its times matter\n";
    return text;
}

std::string prose(Variants const& variants, script::Catalogue const& catalogue) {
    auto const& first = *variants.front();
    auto const& rule = catalogue.rule_of(first);
    auto text = fmt::format("{}\n{}\n\n", first.case_id, first.says);
    text += fmt::format("rule      {}, {}\n          {}\n          {} {}: {}\n", rule.id,
                        report::names::level.of(rule.level), rule.text, rule.document(),
                        rule.section(), link_to(rule));
    text += conditions(first);
    for (auto const* const variant : variants)
        text += fmt::format("\n{}\n{}", variant->id, steps_of(*variant));
    if (auto const faults = faults_of(first, catalogue); !faults.empty())
        text += "\nA peer fails it that has one of these faults:\n" + faults;
    return text + fmt::format("\ntry it    wsproof ws://HOST:PORT/ -s '{}' -vv\n", first.case_id);
}

/// In whose place the words of a finding speak of a target.
constexpr std::string_view example_origin = "https://app.good.example";

std::string prose(script::FindingInfo const& info, script::Catalogue const& catalogue) {
    auto text = fmt::format("{}\n{}\n\n", info.id, info.title);
    text += fmt::format("area      {}, severity {} at most\n", report::names::area.of(info.area),
                        report::names::severity.of(std::max(info.severity, info.on_network)));
    text += fmt::format("means     {}\nfix       {}\n", report::filled(info.means, example_origin),
                        report::filled(info.fix, example_origin));
    if (!info.cwe.empty()) text += fmt::format("see       {}\n", joined(info.cwe));
    if (!info.asvs.empty()) text += fmt::format("          ASVS 5.0 {}\n", joined(info.asvs));
    if (!info.cvss.empty()) text += fmt::format("          {} (a hint)\n", info.cvss);
    std::set<std::string> cases;
    for (auto const& variant : catalogue.variants)
        for (auto const& fault : info.faults)
            if (std::ranges::count(variant.faults, fault) != 0) cases.insert(variant.case_id);
    std::string_view label = "cases";
    for (auto const& id : cases) text += fmt::format("{:<9} {}\n", std::exchange(label, ""), id);
    auto const hooks = catalogue.hooks.find(info.area);
    if (hooks == catalogue.hooks.end()) return text;
    text += "\nWhere the cure goes:\n";
    for (auto const& [library, words] : hooks->second)
        text += fmt::format("  {:<18} {}\n", library, words);
    return text;
}

}  // namespace

int explain(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    auto const catalogue = load_cases(values);
    auto const& id = values.positionals.front();
    auto const finding = catalogue.findings.find(id);
    terminal.result(finding == catalogue.findings.end() ? prose(find(catalogue, id), catalogue)
                                                        : prose(finding->second, catalogue));
    return terminal.failed() ? exit_code::incomplete : exit_code::ok;
}

}  // namespace wsproof::cli
