// Derives findings from the results of a run, by the table of causes (cases/findings.jsonc).
#pragma once

#include "harness/play/causes.hpp"
#include "harness/script/catalogue.hpp"
#include "reports/model.hpp"

namespace wsproof::report {

/// What the owner says of the target, and what was seen of it beside the cases.
struct Circumstances {
    run::Exposure exposure = {};
    OriginCheck origin_check = OriginCheck::unknown;
    bool requires_origin = false;
};

/// Sees to what cases about security came to. `predict` says what a peer with a fault would do.
Security security_of(Report const& report, script::Catalogue const& catalogue,
                     Circumstances const& circumstances, play::Prediction const& predict);

/// How much such a finding matters to a target, and why.
struct Weight {
    script::Severity severity = script::Severity::info;
    std::string words = {};
};
Weight weigh(script::FindingInfo const& info, Circumstances const& circumstances);

}  // namespace wsproof::report
