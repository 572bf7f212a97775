#include "cli/session.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string_view>
#include <thread>

#include "build_info.hpp"
#include "cli/values.hpp"
#include "harness/play/self_test_plays.hpp"
#include "harness/run/calibrate.hpp"
#include "harness/run/evidence.hpp"
#include "reports/baseline/hold.hpp"
#include "reports/digest.hpp"
#include "reports/names.hpp"

namespace wsproof::cli {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string time_words(std::chrono::system_clock::time_point time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

/// With many cases at once they wait for each other: what is late then is no fault of the target.
play::Setting with_time_for(play::Setting setting, unsigned jobs) {
    constexpr double at_ease = 16.0;
    auto const stretch = std::max(1.0, jobs / at_ease);
    setting.time_scale *= stretch;
    setting.close_time = duration_cast<milliseconds>(setting.close_time * stretch);
    setting.case_time = duration_cast<milliseconds>(setting.case_time * stretch);
    return setting;
}

/// What will be skipped whatever happens, so that the first lines can say so.
std::vector<play::Result> certain_skips(Session const& session, report::Report const& head) {
    std::vector<play::Result> skips;
    for (auto const* const variant : session.variants) {
        auto const configured = session.skips.find(variant->id);
        if (configured != session.skips.end()) {
            skips.push_back(
                run::not_played(*variant, play::Verdict::skipped, configured->second, "config"));
            continue;
        }
        auto result = run::ruled_out(*variant, head.target.profile, head.setting);
        if (result && result->verdict == play::Verdict::skipped)
            skips.push_back(*std::move(result));
    }
    return skips;
}

/// A case may name many faults; told are those that look like what this target did.
void narrow_advice(report::Report& report, script::Catalogue const& catalogue) {
    std::map<std::string_view, report::CaseInfo*> infos;
    for (auto& info : report.cases) infos.emplace(info.id, &info);
    for (auto const& result : report.results) {
        bool const departs =
            result.verdict == play::Verdict::fail || result.verdict == play::Verdict::lenient;
        auto const* const variant = departs ? catalogue.find(result.variant) : nullptr;
        // Faults of limits are slow to play, and a case has one or two of them.
        if (variant == nullptr || variant->faults.size() < 2 || report.is_limit(result)) continue;
        auto const faults = play::faults_behind(*variant, result, report.setting.target_role);
        auto const info = infos.find(result.variant);
        if (!faults.empty() && info != infos.end())
            report::explain_by(*info->second, faults, catalogue);
    }
}

}  // namespace

run::Profile calibrate(Session const& session, play::Connect const& connect) {
    auto profile = run::calibrate(session.setting, connect);
    profile.tls_version = session.tls_version;
    if (session.echo == "none") profile.echoes_text = profile.echoes_binary = false;
    if (session.echo == "yes") profile.echoes_text = profile.echoes_binary = true;
    return profile;
}

report::Report report_head(Session const& session, run::Profile const& profile,
                           play::Setting const& setting) {
    auto const now = std::chrono::system_clock::now();
    report::Report report;
    report.tool_version = tool_version;
    report.tool_commit = tool_commit;
    report.suite_version = suite_version;
    report.suite_digest = session.catalogue.digest;
    report.suite_cases = session.catalogue.variants.size();
    report.run.started = time_words(now);
    report.run.id = report::sha256_hex(fmt::format("{} {} {}", now.time_since_epoch().count(),
                                                   getpid(), session.target.url))
                        .substr(0, 12);
    report.run.seed = setting.run_seed;
    report.run.argv = session.argv;
    report.run.jobs = session.jobs;
    report.run.selection = session.selection;
    report.run.profile = session.profile;
    if (session.shard) report.run.shards = {*session.shard};
    report.run.delivery = report::names::delivery.of(setting.delivery);
    report.run.strict = setting.strict;
    report.run.time_scale = session.setting.time_scale;
    report.target = session.target;
    report.target.profile = profile;
    report.setting = setting;
    report.rules = report::rules_of(session.catalogue);
    for (auto const* const variant : session.variants)
        report.cases.push_back(report::describe(*variant, session.catalogue));
    report.fail_on = session.fail_on;
    report.fail_on_severity = session.fail_on_severity;
    report.fail_on_flaky = session.fail_on_flaky;
    return report;
}

report::Report perform(Session const& session, play::Connect const& connect, OnHead const& on_head,
                       run::Observer const& observer) {
    auto const began = steady_clock::now();
    auto const profile = calibrate(session, connect);
    auto setting = with_time_for(run::apply(profile, session.setting), session.jobs);
    auto const asks = profile.opens && asks_about_origin(session.variants, setting);
    auto const exposure =
        asks ? run::expose(setting, connect, session.security.claims) : run::Exposure{};
    setting.origin_check_expected = expects_origin_check(session.security, exposure);
    auto report = report_head(session, profile, setting);
    if (on_head) {
        if (profile.reachable) report.results = certain_skips(session, report);
        on_head(report);
        report.results.clear();
    }
    run::Plan const plan{.variants = session.variants,
                         .jobs = session.jobs,
                         .sanity = session.sanity,
                         .fail_fast = session.fail_fast,
                         .skips = session.skips,
                         .repetition = session.repetition,
                         .budget = session.budget};
    auto outcome = run::execute(plan, session.catalogue, profile, setting, connect, observer);
    report.run.state = outcome.state;
    report.run.state_words = outcome.words;
    report.run.duration = duration_cast<milliseconds>(steady_clock::now() - began);
    report.results = std::move(outcome.results);
    narrow_advice(report, session.catalogue);
    report.security = secure(report, session.catalogue, session.security, exposure, connect);
    if (session.baseline) report::hold(report, *session.baseline, session.catalogue);
    report.exit_code = report::exit_code_of(report);
    return report;
}

report::Report report_without_results(Session const& session, std::string const& reason) {
    auto report = report_head(session, {}, session.setting);
    report.run.state = run::State::unreachable;
    report.run.state_words = reason;
    report.exit_code = report::exit_code_of(report);
    return report;
}

unsigned jobs_of(Values const& values) {
    auto const words = values.text("jobs", "auto");
    constexpr std::uint64_t most = 256;
    if (words == "auto") return std::clamp(4 * std::thread::hardware_concurrency(), 4U, 16U);
    auto const number = parse_number(words);
    if (!number || *number == 0 || *number > most)
        throw UsageError(fmt::format("{}: '{}' is neither auto nor a number from 1 to {}",
                                     values.find("jobs")->place, words, most));
    return static_cast<unsigned>(*number);
}

report::FailOn fail_on_of(Values const& values) {
    return report::names::fail_on.find(values.text("fail-on", "must"))
        .value_or(report::FailOn::must);
}

}  // namespace wsproof::cli
