// One derivation of findings, step by step. Private to derive*.cpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/security/derive.hpp"

namespace wsproof::report {

class Derivation {
public:
    Derivation(Report const& report, script::Catalogue const& catalogue,
               Circumstances const& circumstances, play::Prediction const& predict);
    Security run();

private:
    using Admission = play::Admission;
    using Area = script::Area;
    using FindingInfo = script::FindingInfo;
    using Severity = script::Severity;
    using Sign = script::Sign;

    void look_at(Area area);
    void look_at_limits();
    void look_at_advisories();
    std::vector<play::Observation> observations_of(Area area) const;
    play::Suspects suspects_of(Area area) const;
    FindingInfo const* info_with(Sign sign) const;
    FindingInfo const* info_of(std::string const& fault) const;
    Finding& finding_of(FindingInfo const& info);
    void add_evidence(Finding& finding, std::string const& variant) const;
    void add(play::Cause const& cause);
    void add_if_unmistakable(Area area, std::string const& variant);
    void put_plainest_first(Finding& finding) const;
    void add_hooks();

    // What results about Origin add (derive_origin.cpp).
    void note_own_origin();
    void look_at_origin(std::vector<std::string> const& unexplained);
    void add_unexplained(std::string const& variant);
    FindingInfo const* lax() const;
    bool any_for_pages(std::vector<std::string> const& variants) const;
    void look_at_refusals();
    std::optional<Admission> admission_without_origin() const;
    void look_at_missing_origin();
    bool is_lax(Finding const& finding) const;
    void fold_what_no_browser_sends();
    void call_hijacking_by_its_name();
    std::string policy_in_words() const;

    Report const& report_;
    script::Catalogue const& catalogue_;
    Circumstances const& circumstances_;
    play::Prediction const& predict_;
    std::map<std::string, play::Result const*> results_ = {};
    std::string origin_ = {};
    Security security_ = {};
};

}  // namespace wsproof::report
