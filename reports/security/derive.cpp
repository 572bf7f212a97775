#include "reports/security/derive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "reports/security/advisories.hpp"
#include "reports/security/evidence.hpp"
#include "reports/security/limits.hpp"

namespace wsproof::report {
namespace {

using play::Admission;
using script::Area;
using script::FindingInfo;
using script::Severity;
using script::Sign;

constexpr std::string_view without_origin = "opening/optional-fields-absent#no-origin";
constexpr std::string_view own_origin = "origin/own-origin-accepted";

bool has_need(script::Variant const& variant, std::string_view need) {
    return std::ranges::find(variant.needs, need) != variant.needs.end();
}

class Derivation {
public:
    Derivation(Report const& report, script::Catalogue const& catalogue,
               Circumstances const& circumstances, play::Prediction const& predict)
        : report_(report), catalogue_(catalogue), circumstances_(circumstances), predict_(predict) {
        for (auto const& result : report.results) results_.emplace(result.variant, &result);
        auto const origin = report.setting.words.find("origin");
        if (origin != report.setting.words.end()) origin_ = origin->second;
        security_.exposure = circumstances.exposure;
        security_.origin_check = circumstances.origin_check;
    }

    Security run() {
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

private:
    void look_at(Area area) {
        auto const observations = observations_of(area);
        if (area == Area::origin && was_tried(own_origin)) security_.origin = origin_;
        if (observations.empty()) return;
        auto const causes = play::causes_of(observations, suspects_of(area), predict_);
        for (auto const& cause : causes.causes) add(cause);
        for (auto const& variant : causes.unexplained)
            area == Area::origin ? add_unexplained(variant) : add_if_unmistakable(area, variant);
        if (area != Area::origin) return;
        look_at_refusals();
        look_at_missing_origin();
        fold_what_no_browser_sends();
        call_hijacking_by_its_name();
        security_.origin_policy = policy_in_words();
    }

    void look_at_limits() {
        for (auto const& [sign, words, variants] : signs_of_limits(report_)) {
            auto const* const info = info_with(sign);
            if (info == nullptr) continue;
            auto& finding = finding_of(*info);
            finding.weight = words;
            for (auto const& variant : variants) add_evidence(finding, variant);
        }
    }

    void look_at_advisories() {
        auto words = advisories_in_words(report_.target, catalogue_);
        auto const* const info = words.empty() ? nullptr : info_with(Sign::advisory);
        if (info != nullptr) finding_of(*info).weight = std::move(words);
    }

    bool was_tried(std::string_view variant) const {
        auto const found = results_.find(std::string{variant});
        return found != results_.end() && found->second->admission != Admission::none;
    }

    /// Of the cases that stand for the area: those that catch one of its faults.
    std::vector<play::Observation> observations_of(Area area) const {
        auto const faults = suspects_of(area).faults;
        std::set<std::string> const known(faults.begin(), faults.end());
        std::vector<play::Observation> all;
        for (auto const& [id, result] : results_) {
            auto const* const variant = catalogue_.find(id);
            if (variant == nullptr ||
                (area == Area::origin && !has_need(*variant, "origin-policy")))
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
    play::Suspects suspects_of(Area area) const {
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

    FindingInfo const* info_with(Sign sign) const {
        for (auto const& [id, info] : catalogue_.findings)
            if (info.sign == sign) return &info;
        return nullptr;
    }

    FindingInfo const* info_of(std::string const& fault) const {
        for (auto const& [id, info] : catalogue_.findings)
            if (std::ranges::find(info.faults, fault) != info.faults.end()) return &info;
        return nullptr;
    }

    Finding& finding_of(FindingInfo const& info) {
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

    void add_evidence(Finding& finding, std::string const& variant) const {
        if (std::ranges::find(finding.evidence, variant, &Evidence::variant) !=
            finding.evidence.end())
            return;
        auto const& result = *results_.at(variant);
        auto const origin = finding.area == Area::origin ? origin_sent(result) : std::string{};
        finding.evidence.push_back({variant, origin, result.status});
    }

    void add(play::Cause const& cause) {
        auto const* info = info_of(cause.fault);
        if (info != nullptr && !cause.whole && !any_for_pages(cause.variants)) info = lax();
        if (info == nullptr) return;
        auto& finding = finding_of(*info);
        for (auto const& variant : cause.variants) add_evidence(finding, variant);
        if (!cause.whole && cause.variants.size() == finding.evidence.size())
            finding.policy = origins_in_words(finding);
    }

    /// A server may depart in words of its own. If just one of the findings makes a server depart
    /// there at all, it is this one.
    void add_if_unmistakable(Area area, std::string const& variant) {
        std::set<FindingInfo const*> infos;
        auto const right = predict_({}, variant);
        for (auto const& fault : suspects_of(area).faults)
            if (predict_(fault, variant) != right) infos.insert(info_of(fault));
        if (infos.size() == 1) add_evidence(finding_of(**infos.begin()), variant);
    }

    /// Foreign origins that get in, though no known mistake lets in just these.
    void add_unexplained(std::string const& variant) {
        bool const let_in = results_.at(variant)->admission == Admission::let_in;
        auto const* const info = any_for_pages({variant}) ? info_with(Sign::unexplained) : lax();
        if (let_in && info != nullptr && variant != own_origin)
            add_evidence(finding_of(*info), variant);
    }

    /// Careless, and no way in: what it lets in no browser sends.
    FindingInfo const* lax() const {
        auto const found = catalogue_.findings.find("WS-ORIGIN-PARSING");
        return found == catalogue_.findings.end() ? info_with(Sign::unexplained) : &found->second;
    }

    bool any_for_pages(std::vector<std::string> const& variants) const {
        return std::ranges::any_of(variants, [&](std::string const& id) {
            auto const* const variant = catalogue_.find(id);
            return variant == nullptr || can_be_sent_by_pages(*variant);
        });
    }

    void look_at_refusals() {
        for (auto const& [id, result] : results_) {
            auto const* const variant = catalogue_.find(id);
            if (variant == nullptr || !has_need(*variant, "origin-policy") || id == own_origin)
                continue;
            // 400 is right for what is malformed; of the others 10.2 says 403.
            bool const other = result->admission == Admission::refused && result->status != 403 &&
                               result->verdict == play::Verdict::lenient;
            bool const dropped = result->admission == Admission::dropped;
            auto const sign = other ? Sign::other_status : dropped ? Sign::dropped : Sign::none;
            auto const* const info = sign == Sign::none ? nullptr : info_with(sign);
            if (info != nullptr) add_evidence(finding_of(*info), id);
        }
    }

    std::optional<Admission> admission_without_origin() const {
        auto const found = results_.find(std::string{without_origin});
        if (found == results_.end() || found->second->admission == Admission::none)
            return std::nullopt;
        return found->second->admission;
    }

    void look_at_missing_origin() {
        if (!circumstances_.requires_origin || admission_without_origin() != Admission::let_in)
            return;
        if (auto const* const info = info_with(Sign::missing_allowed)) {
            auto& finding = finding_of(*info);
            finding.severity = info->severity;
            finding.weight = "--require-origin says that it is to be refused";
            add_evidence(finding, std::string{without_origin});
        }
    }

    bool is_lax(Finding const& finding) const {
        return catalogue_.findings.at(finding.id).by == script::Doer::nobody &&
               finding.severity == Severity::low;
    }

    /// A comparison that lets pages in is careless about what no page can send as well: one cause,
    /// one finding.
    void fold_what_no_browser_sends() {
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
    void call_hijacking_by_its_name() {
        auto const& exposure = circumstances_.exposure;
        auto const* const info = info_with(Sign::hijacked);
        auto const at = std::ranges::find(security_.findings, "WS-ORIGIN-NONE", &Finding::id);
        bool const proven = run::is_ambient(exposure.credentials) && exposure.proven;
        if (info == nullptr || at == security_.findings.end() || !proven) return;
        auto evidence = std::move(at->evidence);
        security_.findings.erase(at);
        finding_of(*info).evidence = std::move(evidence);
    }

    std::string policy_in_words() const {
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

    /// What was made to show just this says most, and of that a short origin.
    void put_plainest_first(Finding& finding) const {
        auto const& faults = catalogue_.findings.at(finding.id).faults;
        auto const rank = [&](Evidence const& one) {
            auto const* const variant = catalogue_.find(one.variant);
            bool const is_made_for_it =
                variant != nullptr && !variant->faults.empty() &&
                std::ranges::find(faults, variant->faults.front()) != faults.end();
            return std::tuple(!is_made_for_it,
                              variant != nullptr && !can_be_sent_by_pages(*variant),
                              !one.origin.starts_with("http"), one.origin.size(), one.variant);
        };
        std::ranges::sort(finding.evidence, {}, rank);
    }

    void add_hooks() {
        for (auto const& finding : security_.findings) {
            auto const known = std::ranges::any_of(
                security_.hooks, [&](auto const& one) { return one.first == finding.area; });
            auto const hooks = catalogue_.hooks.find(finding.area);
            if (known || finding.severity < Severity::low || hooks == catalogue_.hooks.end())
                continue;
            security_.hooks.emplace_back(finding.area, hooks->second);
        }
    }

    Report const& report_;
    script::Catalogue const& catalogue_;
    Circumstances const& circumstances_;
    play::Prediction const& predict_;
    std::map<std::string, play::Result const*> results_ = {};
    std::string origin_ = {};
    Security security_ = {};
};

}  // namespace

Security security_of(Report const& report, script::Catalogue const& catalogue,
                     Circumstances const& circumstances, play::Prediction const& predict) {
    return Derivation(report, catalogue, circumstances, predict).run();
}

std::optional<Severity> gravest(Security const& security) {
    std::optional<Severity> worst;
    for (auto const& finding : security.findings)
        if (!worst || finding.severity > *worst) worst = finding.severity;
    return worst;
}

}  // namespace wsproof::report
