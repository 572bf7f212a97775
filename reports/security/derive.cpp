#include <algorithm>
#include <set>
#include <tuple>

#include "reports/security/advisories.hpp"
#include "reports/security/derivation.hpp"
#include "reports/security/evidence.hpp"
#include "reports/security/limits.hpp"

namespace wsproof::report {

using script::Severity;

Derivation::Derivation(Report const& report, script::Catalogue const& catalogue,
                       Circumstances const& circumstances, play::Prediction const& predict)
    : report_(report), catalogue_(catalogue), circumstances_(circumstances), predict_(predict) {
    for (auto const& result : report.results) results_.emplace(result.variant, &result);
    auto const origin = report.setting.words.find("origin");
    if (origin != report.setting.words.end()) origin_ = origin->second;
    security_.exposure = circumstances.exposure;
    security_.origin_check = circumstances.origin_check;
}

Security Derivation::run() {
    note_own_origin();
    for (auto const area :
         {Area::origin, Area::authentication, Area::shutdown, Area::robustness, Area::tls})
        look_at(area);
    look_at_limits();
    look_at_advisories();
    std::ranges::stable_sort(security_.findings, std::greater{}, &Finding::severity);
    for (auto& finding : security_.findings) put_plainest_first(finding);
    add_hooks();
    return std::move(security_);
}

void Derivation::look_at(Area area) {
    auto const observations = observations_of(area);
    if (observations.empty()) return;
    auto const causes = play::causes_of(observations, suspects_of(area), predict_);
    for (auto const& cause : causes.causes) add(cause);
    if (area == Area::origin) return look_at_origin(causes.unexplained);
    for (auto const& variant : causes.unexplained) add_if_unmistakable(area, variant);
}

void Derivation::look_at_limits() {
    for (auto const& [sign, words, variants] : signs_of_limits(report_)) {
        auto const* const info = info_with(sign);
        if (info == nullptr) continue;
        auto& finding = finding_of(*info);
        finding.weight = words;
        for (auto const& variant : variants) add_evidence(finding, variant);
    }
}

void Derivation::look_at_advisories() {
    auto words = advisories_in_words(report_.target, catalogue_);
    auto const* const info = words.empty() ? nullptr : info_with(Sign::advisory);
    if (info != nullptr) finding_of(*info).weight = std::move(words);
}

/// Of the cases that stand for the area: those that catch one of its faults.
std::vector<play::Observation> Derivation::observations_of(Area area) const {
    auto const faults = suspects_of(area).faults;
    std::set<std::string> const known(faults.begin(), faults.end());
    std::vector<play::Observation> all;
    for (auto const& [id, result] : results_) {
        auto const* const variant = catalogue_.find(id);
        if (variant == nullptr || (area == Area::origin && !variant->has_need("origin-policy")))
            continue;
        bool const about = std::ranges::any_of(
            variant->faults, [&](auto const& fault) { return known.contains(fault); });
        auto observation = about ? play::observed(*variant, *result) : std::nullopt;
        if (!observation) continue;
        observation->decides = can_be_sent_by_pages(*variant);
        all.push_back(*std::move(observation));
    }
    return all;
}

/// Those of the gravest findings first: of causes that account for the same, the graver one.
play::Suspects Derivation::suspects_of(Area area) const {
    std::vector<FindingInfo const*> infos;
    for (auto const& [id, info] : catalogue_.findings)
        if (info.area == area) infos.push_back(&info);
    std::ranges::stable_sort(infos, std::greater{}, &FindingInfo::severity);
    play::Suspects all;
    for (auto const* const info : infos)
        for (auto const& fault : info->faults) {
            all.faults.push_back(fault);
            if (info->in_part) all.in_part.insert(fault);
        }
    return all;
}

script::FindingInfo const* Derivation::info_with(Sign sign) const {
    for (auto const& [id, info] : catalogue_.findings)
        if (info.sign == sign) return &info;
    return nullptr;
}

script::FindingInfo const* Derivation::info_of(std::string const& fault) const {
    for (auto const& [id, info] : catalogue_.findings)
        if (std::ranges::find(info.faults, fault) != info.faults.end()) return &info;
    return nullptr;
}

Finding& Derivation::finding_of(FindingInfo const& info) {
    auto const known = std::ranges::find(security_.findings, info.id, &Finding::id);
    if (known != security_.findings.end()) return *known;
    auto const weight = weigh(info, circumstances_);
    security_.findings.push_back({.id = info.id,
                                  .area = info.area,
                                  .severity = weight.severity,
                                  .weight = weight.words,
                                  .title = info.title,
                                  .policy = filled(info.policy, origin_),
                                  .means = filled(info.means, origin_),
                                  .fix = filled(info.fix, origin_),
                                  .cwe = info.cwe,
                                  .asvs = info.asvs,
                                  .cvss = info.cvss});
    return security_.findings.back();
}

void Derivation::add_evidence(Finding& finding, std::string const& variant) const {
    if (std::ranges::find(finding.evidence, variant, &Evidence::variant) != finding.evidence.end())
        return;
    auto const& result = *results_.at(variant);
    auto const origin = finding.area == Area::origin ? origin_sent(result) : std::string{};
    finding.evidence.push_back({variant, origin, result.status});
}

void Derivation::add(play::Cause const& cause) {
    auto const* info = info_of(cause.fault);
    if (info != nullptr && !cause.whole && !any_for_pages(cause.variants)) info = lax();
    if (info == nullptr) return;
    auto& finding = finding_of(*info);
    for (auto const& variant : cause.variants) add_evidence(finding, variant);
    if (!cause.whole && cause.variants.size() == finding.evidence.size())
        finding.policy = origins_in_words(finding);
}

/// A server may depart in words of its own. If just one of the findings makes a server depart
/// there at all, and to the same end, it is this one.
void Derivation::add_if_unmistakable(Area area, std::string const& variant) {
    auto const seen = play::observed(*catalogue_.find(variant), *results_.at(variant));
    auto const right = predict_({}, variant);
    std::set<FindingInfo const*> infos;
    bool to_the_same_end = false;
    for (auto const& fault : suspects_of(area).faults) {
        auto const deed = predict_(fault, variant);
        if (deed == right) continue;
        infos.insert(info_of(fault));
        to_the_same_end = to_the_same_end || (deed && deed->comes_to(seen->deed));
    }
    if (infos.size() == 1 && to_the_same_end) add_evidence(finding_of(**infos.begin()), variant);
}

/// What was made to show just this says most, and of that a short origin.
void Derivation::put_plainest_first(Finding& finding) const {
    auto const& faults = catalogue_.findings.at(finding.id).faults;
    auto const rank = [&](Evidence const& one) {
        auto const* const variant = catalogue_.find(one.variant);
        bool const is_made_for_it =
            variant != nullptr && !variant->faults.empty() &&
            std::ranges::find(faults, variant->faults.front()) != faults.end();
        return std::tuple(!is_made_for_it, variant != nullptr && !can_be_sent_by_pages(*variant),
                          !one.origin.starts_with("http"), one.origin.size(), one.variant);
    };
    std::ranges::sort(finding.evidence, {}, rank);
}

void Derivation::add_hooks() {
    for (auto const& finding : security_.findings) {
        auto const known = std::ranges::any_of(
            security_.hooks, [&](auto const& one) { return one.first == finding.area; });
        auto const hooks = catalogue_.hooks.find(finding.area);
        if (known || finding.severity < Severity::low || hooks == catalogue_.hooks.end()) continue;
        security_.hooks.emplace_back(finding.area, hooks->second);
    }
}

Security security_of(Report const& report, script::Catalogue const& catalogue,
                     Circumstances const& circumstances, play::Prediction const& predict) {
    return Derivation(report, catalogue, circumstances, predict).run();
}

}  // namespace wsproof::report
