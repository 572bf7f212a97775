// One run against one target, from calibration to the report: what `test` and `demo` have in
// common.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/security.hpp"
#include "harness/run/run.hpp"
#include "harness/run/select.hpp"
#include "harness/script/catalogue.hpp"
#include "reports/model.hpp"

namespace wsproof::cli {

struct Session {
    script::Catalogue const& catalogue;
    std::vector<script::Variant const*> variants = {};
    std::map<std::string, std::string> skips = {};
    std::vector<std::string> argv = {};
    std::vector<std::string> selection = {};
    std::string profile = {};
    std::optional<run::Shard> shard = std::nullopt;
    play::Setting setting = {};
    report::TargetInfo target = {};
    report::FailOn fail_on = report::FailOn::must;
    std::optional<script::Severity> fail_on_severity = std::nullopt;
    std::optional<report::Baseline> baseline = std::nullopt;
    SecurityQuestions security = {};
    unsigned jobs = 4;
    bool sanity = true;
    run::Repetition repetition = {};
    std::optional<std::chrono::milliseconds> budget = std::nullopt;
    bool fail_on_flaky = false;
    std::optional<std::size_t> fail_fast = std::nullopt;
    std::string echo = {};  ///< "yes", "none", or what calibration finds
    std::optional<std::string> tls_version = std::nullopt;
};

/// Called when the target is calibrated and nothing has been played: the report without results but
/// for those that will be skipped.
using OnHead = std::function<void(report::Report const&)>;

/// Calibrates, plays and puts the report together; its exit code is what follows from the results.
report::Report perform(Session const& session, play::Connect const& connect, OnHead const& on_head,
                       run::Observer const& observer);

/// What calibration finds, where nobody has said otherwise.
run::Profile calibrate(Session const& session, play::Connect const& connect);
/// The report before anything was played.
report::Report report_head(Session const& session, run::Profile const& profile,
                           play::Setting const& setting);

/// For a target that never came up: what was to be played, and why nothing was.
report::Report report_without_results(Session const& session, std::string const& reason);

/// "auto" and numbers, as --jobs takes them.
unsigned jobs_of(class Values const& values);
report::FailOn fail_on_of(class Values const& values);

}  // namespace wsproof::cli
