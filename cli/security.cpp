#include "cli/security.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/security/derive.hpp"

namespace wsproof::cli {
namespace {

using report::Finding;
using report::OriginCheck;
using script::Severity;

/// One more connection each, as far as an Origin alone can show it: who is let in again was not let
/// in by chance.
void look_again(Finding& finding, report::Report const& report, play::Connect const& connect,
                run::Canary const& canary) {
    auto const proof = std::ranges::find_if(finding.evidence, [](report::Evidence const& one) {
        return one.status == 101U && !one.origin.empty();
    });
    if (proof == finding.evidence.end()) return;
    auto const look = run::look_again(report.setting, connect, proof->origin, canary);
    finding.confirmed = look.let_in;
    if (look.answered) finding.weight += "; the canary is answered for " + proof->origin;
}

std::vector<std::string> remarks_on(report::Security const& security,
                                    SecurityQuestions const& questions) {
    std::vector<std::string> remarks;
    if (security.origin.empty()) return remarks;
    bool const knows_policy = !security.origin_policy.empty();
    if (!knows_policy)
        remarks.push_back(
            fmt::format("pages of {} are not let in, so nothing can be told about others: give an "
                        "origin that is, --allowed-origin",
                        security.origin));
    else if (questions.guesses_origin)
        remarks.push_back(
            fmt::format("the allowed origin {} was taken from the URL; --allowed-origin says it "
                        "where pages of another one connect",
                        security.origin));
    if (security.exposure.on_loopback && !questions.claims.local)
        remarks.emplace_back(
            "the target is on loopback, which says nothing about where it will run; --env local "
            "is for services meant for their users' own machines");
    return remarks;
}

}  // namespace

bool asks_about_origin(std::vector<script::Variant const*> const& variants,
                       play::Setting const& setting) {
    return !setting.origin.empty() && std::ranges::any_of(variants, [](auto const* variant) {
        return variant->has_need("origin-policy");
    });
}

bool expects_origin_check(SecurityQuestions const& questions, run::Exposure const& exposure) {
    if (questions.origin_check != OriginCheck::unknown)
        return questions.origin_check == OriginCheck::expected;
    bool const borrowed = run::is_ambient(exposure.credentials) && exposure.proven;
    return borrowed || exposure.credentials == run::Credentials::network;
}

report::Security secure(report::Report const& report, script::Catalogue const& catalogue,
                        SecurityQuestions const& questions, run::Exposure const& exposure,
                        play::Connect const& connect) {
    report::Circumstances const circumstances{.exposure = exposure,
                                              .origin_check = questions.origin_check,
                                              .requires_origin = questions.requires_origin};
    auto security = report::security_of(report, catalogue, circumstances,
                                        play::by_reference(catalogue, report.setting));
    for (auto& finding : security.findings)
        if (finding.severity >= Severity::low)
            look_again(finding, report, connect, questions.claims.canary);
    security.remarks = remarks_on(security, questions);
    return security;
}

}  // namespace wsproof::cli
