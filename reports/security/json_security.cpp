#include "reports/security/json_security.hpp"

#include <algorithm>

#include "reports/json_result.hpp"
#include "reports/names.hpp"

namespace wsproof::report {
namespace {

Json evidence_json(std::vector<Evidence> const& evidence, Redactor const& redactor) {
    auto all = Json::array();
    for (auto const& [variant, origin, status] : evidence) {
        Json one{{"case", words_json(variant)}};
        if (!origin.empty()) one["origin"] = words_json(redactor.text(origin));
        if (status) one["status"] = *status;
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<Evidence> read_evidence(Node const& finding) {
    std::vector<Evidence> all;
    for (auto const& node : finding.items("evidence")) {
        Evidence one{.variant = node.at("case").text(), .origin = node.text("origin")};
        if (auto const status = node.find("status"))
            one.status = static_cast<unsigned>(std::min<std::uint64_t>(status->number(), 999));
        all.push_back(std::move(one));
    }
    return all;
}

Json hooks_json(Security const& security) {
    auto all = Json::object();
    for (auto const& [area, hooks] : security.hooks) {
        auto& of_area = all[std::string(names::area.of(area))] = Json::object();
        for (auto const& [library, words] : hooks) of_area[library] = words;
    }
    return all;
}

Finding read_finding(Node const& node) {
    return {.id = node.at("id").text(),
            .area = node.at("area").word(names::area),
            .severity = node.at("severity").word(names::severity),
            .weight = node.text("weight"),
            .confirmed = node.flag("confirmed", false),
            .title = node.at("title").text(),
            .policy = node.text("policy"),
            .means = node.text("means"),
            .fix = node.text("remediation"),
            .cwe = node.texts("cwe"),
            .asvs = node.texts("asvs"),
            .cvss = node.text("cvss"),
            .evidence = read_evidence(node)};
}

}  // namespace

Json security_json(Security const& security, Redactor const& redactor) {
    auto const& exposure = security.exposure;
    Json json{{"credential_model", names::credentials.of(exposure.credentials)},
              {"proven", exposure.proven},
              {"credentials", words_json(redactor.text(exposure.words))},
              {"on_loopback", exposure.on_loopback},
              {"origin_check", names::origin_check.of(security.origin_check)}};
    if (!security.origin.empty()) json["origin"] = words_json(security.origin);
    if (!security.origin_policy.empty())
        json["origin_policy"] = words_json(redactor.text(security.origin_policy));
    json["remarks"] = words_json(security.remarks);
    json["hooks"] = hooks_json(security);
    return json;
}

Json findings_json(Report const& report, Redactor const& redactor) {
    auto all = Json::array();
    for (auto const& finding : report.security.findings) {
        Json json{{"id", finding.id},
                  {"area", names::area.of(finding.area)},
                  {"severity", names::severity.of(finding.severity)},
                  {"gate", gate_word(report, finding.id, breaks_gate(report, finding))},
                  {"title", words_json(finding.title)},
                  {"weight", words_json(redactor.text(finding.weight))},
                  {"confirmed", finding.confirmed}};
        if (!finding.policy.empty()) json["policy"] = words_json(finding.policy);
        json["means"] = words_json(finding.means);
        json["remediation"] = words_json(finding.fix);
        json["cwe"] = finding.cwe;
        json["asvs"] = finding.asvs;
        if (!finding.cvss.empty()) json["cvss"] = finding.cvss;
        json["evidence"] = evidence_json(finding.evidence, redactor);
        all.push_back(std::move(json));
    }
    return all;
}

Security read_security(Node const& report) {
    Security security;
    if (auto const node = report.find("security")) {
        security.exposure = {.credentials = node->at("credential_model").word(names::credentials),
                             .proven = node->flag("proven", false),
                             .words = node->text("credentials"),
                             .on_loopback = node->flag("on_loopback", false)};
        security.origin_check = node->at("origin_check").word(names::origin_check);
        security.origin = node->text("origin");
        security.origin_policy = node->text("origin_policy");
        security.remarks = node->texts("remarks");
        if (auto const hooks = node->find("hooks"))
            for (auto const& [name, libraries] : hooks->members()) {
                auto const area = names::area.find(name);
                if (!area) continue;  // of a newer version
                auto& of_area = security.hooks.emplace_back(*area, script::Hooks{}).second;
                for (auto const& [library, words] : libraries.members())
                    of_area.emplace_back(library, words.text());
            }
    }
    for (auto const& finding : report.items("findings"))
        security.findings.push_back(read_finding(finding));
    return security;
}

}  // namespace wsproof::report
