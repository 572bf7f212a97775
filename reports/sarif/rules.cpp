#include "reports/sarif/rules.hpp"

#include <fmt/format.h>

#include "reports/json_result.hpp"
#include "reports/names.hpp"

namespace wsproof::report {
namespace {

/// The number that code scanning turns into a severity: by its own bounds, 9, 7, 4 and above 0.
std::string_view security_severity(script::Severity severity) {
    switch (severity) {
        case script::Severity::critical:
            return "9.1";
        case script::Severity::high:
            return "8.1";
        case script::Severity::medium:
            return "6.0";
        case script::Severity::low:
            return "3.1";
        case script::Severity::info:
            break;
    }
    return "0.0";
}

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

Json tags_of(Finding const& finding) {
    auto tags = Json::array({"security", "websocket"});
    for (auto const& cwe : finding.cwe) tags.push_back("external/cwe/" + lower(cwe));
    for (auto const& item : finding.asvs) tags.push_back("owasp-asvs/5.0/" + item);
    return tags;
}

Json text(std::string_view words) {
    return {{"text", words_json(words)}};
}

/// "https://www.rfc-editor.org/rfc/rfc6455#section-5.1"; nothing for a document that is no RFC.
std::string link_of(std::string const& document, std::string const& section) {
    if (!document.starts_with("RFC ")) return {};
    return fmt::format("https://www.rfc-editor.org/rfc/rfc{}#section-{}", document.substr(4),
                       section);
}

}  // namespace

void SarifRules::add(std::string const& id, Json rule) {
    auto const [at, is_new] = indices_.try_emplace(id, rules_.size());
    if (!is_new) return;
    rule["id"] = id;
    rules_.push_back(std::move(rule));
}

void SarifRules::add(Finding const& finding) {
    auto const help = fmt::format("{}\n\n**Cure.** {}", finding.means, finding.fix);
    Json properties{{"tags", tags_of(finding)},
                    {"precision", finding.confirmed ? "very-high" : "high"},
                    {"security-severity", security_severity(finding.severity)}};
    if (!finding.cvss.empty()) properties["cvss"] = finding.cvss;
    add(finding.id, Json{{"name", finding.id},
                         {"shortDescription", text(finding.title)},
                         {"fullDescription", text(finding.means)},
                         {"help", {{"text", words_json(help)}, {"markdown", words_json(help)}}},
                         {"properties", std::move(properties)}});
}

void SarifRules::add(std::string const& case_id, CaseInfo const& info) {
    auto const help = fmt::format("{} ({} {}){}{}", info.rule_text, info.document, info.section,
                                  info.why.empty() ? "" : "\n\nWhy it matters: " + info.why,
                                  info.fix.empty() ? "" : "\n\nHow it is mended: " + info.fix);
    Json rule{{"shortDescription", text(info.title)},
              {"fullDescription", text(info.rule_text)},
              {"help", text(help)},
              {"properties", {{"tags", {"websocket", names::level.of(info.level)}}}}};
    if (auto const link = link_of(info.document, info.section); !link.empty())
        rule["helpUri"] = link;
    add(case_id, std::move(rule));
}

void SarifRules::add(std::string const& id, RuleInfo const& info) {
    Json rule{{"shortDescription", text(info.text)},
              {"help", text(fmt::format("{} ({} {})", info.text, info.document, info.section))},
              {"properties", {{"tags", {"websocket", names::level.of(info.level)}}}}};
    if (auto const link = link_of(info.document, info.section); !link.empty())
        rule["helpUri"] = link;
    add(id, std::move(rule));
}

}  // namespace wsproof::report
