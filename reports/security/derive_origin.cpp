// What the results of the origin cases come to together: RFC 6455 10.2 and 4.2.2.
#include <fmt/format.h>

#include <algorithm>

#include "reports/security/derivation.hpp"
#include "reports/security/evidence.hpp"

namespace wsproof::report {
namespace {

constexpr std::string_view without_origin = "opening/optional-fields-absent#no-origin";
constexpr std::string_view own_origin = "origin/own-origin-accepted";

}  // namespace

void Derivation::note_own_origin() {
    auto const own = results_.find(std::string{own_origin});
    if (own != results_.end() && own->second->admission != Admission::none)
        security_.origin = origin_;
}

void Derivation::look_at_origin(std::vector<std::string> const& unexplained) {
    for (auto const& variant : unexplained) add_unexplained(variant);
    look_at_refusals();
    look_at_missing_origin();
    fold_what_no_browser_sends();
    call_hijacking_by_its_name();
    security_.origin_policy = policy_in_words();
}

/// Foreign origins that get in, though no known mistake lets in just these.
void Derivation::add_unexplained(std::string const& variant) {
    bool const let_in = results_.at(variant)->admission == Admission::let_in;
    auto const* const info = any_for_pages({variant}) ? info_with(Sign::unexplained) : lax();
    if (let_in && info != nullptr && variant != own_origin)
        add_evidence(finding_of(*info), variant);
}

/// Careless, and no way in: what it lets in no browser sends.
script::FindingInfo const* Derivation::lax() const {
    auto const found = catalogue_.findings.find("WS-ORIGIN-PARSING");
    return found == catalogue_.findings.end() ? info_with(Sign::unexplained) : &found->second;
}

bool Derivation::any_for_pages(std::vector<std::string> const& variants) const {
    return std::ranges::any_of(variants, [&](std::string const& id) {
        auto const* const variant = catalogue_.find(id);
        return variant == nullptr || can_be_sent_by_pages(*variant);
    });
}

void Derivation::look_at_refusals() {
    for (auto const& [id, result] : results_) {
        auto const* const variant = catalogue_.find(id);
        if (variant == nullptr || !variant->has_need("origin-policy") || id == own_origin) continue;
        // 400 is right for what is malformed; of the others 10.2 says 403.
        bool const other = result->admission == Admission::refused && result->status != 403 &&
                           result->verdict == play::Verdict::lenient;
        bool const dropped = result->admission == Admission::dropped;
        auto const sign = other ? Sign::other_status : dropped ? Sign::dropped : Sign::none;
        auto const* const info = sign == Sign::none ? nullptr : info_with(sign);
        if (info != nullptr) add_evidence(finding_of(*info), id);
    }
}

std::optional<play::Admission> Derivation::admission_without_origin() const {
    auto const found = results_.find(std::string{without_origin});
    if (found == results_.end() || found->second->admission == Admission::none) return std::nullopt;
    return found->second->admission;
}

void Derivation::look_at_missing_origin() {
    if (!circumstances_.requires_origin || admission_without_origin() != Admission::let_in) return;
    if (auto const* const info = info_with(Sign::missing_allowed)) {
        auto& finding = finding_of(*info);
        finding.severity = info->severity;
        finding.weight = "--require-origin says that it is to be refused";
        add_evidence(finding, std::string{without_origin});
    }
}

bool Derivation::is_lax(Finding const& finding) const {
    return catalogue_.findings.at(finding.id).by == script::Doer::nobody &&
           finding.severity == Severity::low;
}

/// A comparison that lets pages in is careless about what no page can send as well: one cause,
/// one finding.
void Derivation::fold_what_no_browser_sends() {
    auto& findings = security_.findings;
    auto const whole = std::ranges::find_if(findings, [&](Finding const& finding) {
        auto const& info = catalogue_.findings.at(finding.id);
        return info.by == script::Doer::page && info.severity >= Severity::high;
    });
    if (whole == findings.end()) return;
    auto evidence = whole->evidence;
    for (auto const& finding : findings)
        if (is_lax(finding))
            evidence.insert(evidence.end(), finding.evidence.begin(), finding.evidence.end());
    whole->evidence = std::move(evidence);
    std::erase_if(findings, [&](Finding const& finding) { return is_lax(finding); });
}

/// No check at all, and credentials that browsers send unasked are needed: then it is proven.
void Derivation::call_hijacking_by_its_name() {
    auto const& exposure = circumstances_.exposure;
    auto const* const info = info_with(Sign::hijacked);
    auto const at = std::ranges::find(security_.findings, "WS-ORIGIN-NONE", &Finding::id);
    bool const proven = run::is_ambient(exposure.credentials) && exposure.proven;
    if (info == nullptr || at == security_.findings.end() || !proven) return;
    auto evidence = std::move(at->evidence);
    security_.findings.erase(at);
    finding_of(*info).evidence = std::move(evidence);
}

std::string Derivation::policy_in_words() const {
    auto const own = results_.find(std::string{own_origin});
    if (own == results_.end() || own->second->admission != Admission::let_in) return {};
    std::string words;
    for (auto const& finding : security_.findings)
        if (!finding.policy.empty()) words += (words.empty() ? "" : "; ") + finding.policy;
    bool const everything = words.find("every origin") == 0;
    std::string text = "lets in ";
    if (!everything) text += origin_ + (words.empty() ? " alone" : "; ");
    text += words;
    if (auto const missing = admission_without_origin())
        text += fmt::format("; a request without Origin is {}",
                            missing == Admission::let_in ? "let in" : "refused");
    return text;
}

}  // namespace wsproof::report
