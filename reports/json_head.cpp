#include "reports/json_head.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/baseline/json_baseline.hpp"
#include "reports/json_result.hpp"
#include "reports/json_setting.hpp"
#include "reports/names.hpp"
#include "reports/process.hpp"

namespace wsproof::report {
namespace {

constexpr int highest_exit_code = 125;  // of the format; beyond are those of signals

/// The format knows no "unreachable": such a target is lost before the first case.
std::string_view state_of_format(run::State state) {
    return names::state.of(state == run::State::unreachable ? run::State::target_lost : state);
}

std::string rfc_url(std::string_view document, std::string_view section) {
    std::string number;
    for (char const c : document)
        if (c >= '0' && c <= '9') number += c;
    return fmt::format("https://www.rfc-editor.org/rfc/rfc{}#section-{}", number, section);
}

/// A rule that a user has made stands in no document that we could link to.
Json place_json(CaseInfo const& info) {
    Json json{{"doc", info.document}, {"section", info.section}};
    if (info.document.starts_with("RFC ")) json["url"] = rfc_url(info.document, info.section);
    return json;
}

Json case_json(CaseInfo const& info) {
    return {{"id", words_json(info.id)},
            {"title", words_json(info.title)},
            {"rule", info.rule},
            {"rule_text", words_json(info.rule_text)},
            {"level", names::level.of(info.level)},
            {"section", info.section},
            {"role", info.role.empty() ? "both" : info.role},
            {"statements", words_json(info.statements)},
            {"rfc", Json::array({place_json(info)})},
            {"aliases", words_json(info.aliases)},
            {"tags", words_json(info.tags)},
            {"why", words_json(info.why)},
            {"fix", words_json(info.fix)},
            {"digest", info.digest}};
}

/// Ids of everything that breaks the gate: cases, and standing rules under their own names.
Json broke_json(Report const& report) {
    auto broke = Json::array();
    auto const target = target_id(report) + ":";
    for (auto const& result : report.results)
        if (report.breaks_gate(result)) broke.push_back(words_json(target + result.variant));
    for (auto const& breach : breaches_of(report))
        if (breaks_gate(report, breach)) broke.push_back(words_json(target + breach.rule));
    return broke;
}

Json fixed_json(Report const& report) {
    auto fixed = Json::array();
    if (!report.baseline) return fixed;
    for (auto const& entry : report.baseline->entries)
        if (entry.fate == Fate::fixed)
            for (auto const& name : entry.covers)
                fixed.push_back(words_json(target_id(report) + ":" + name));
    return fixed;
}

Json shards_json(std::vector<run::Shard> const& shards) {
    auto all = Json::array();
    for (auto const shard : shards) all.push_back(run::in_words(shard));
    return all;
}

/// How many of the verdicts are flaky, and how many of the failures known.
void add_ways(Json& levels, Report const& report) {
    for (auto& [level, counts] : levels.items()) counts["flaky"] = counts["known"] = 0U;
    for (auto const& result : report.results) {
        if (report.is_limit(result)) continue;
        auto const* const info = report.case_of(result);
        auto& counts = levels[names::level.of(info ? info->level : script::Level::must)];
        bool const known =
            result.verdict == play::Verdict::fail && excuse_for(report, result.variant);
        counts["flaky"] = counts["flaky"].get<std::size_t>() + (result.flaky ? 1 : 0);
        counts["known"] = counts["known"].get<std::size_t>() + (known ? 1 : 0);
    }
}

Json breach_json(Report const& report, BreachSummary const& breach) {
    return {{"rule", words_json(breach.rule)},
            {"level", names::level.of(breach.level)},
            {"reason", words_json(breach.reason)},
            {"gate", gate_word(report, breach.rule, breaks_gate(report, breach))},
            {"witnesses", words_json(breach.witnesses)}};
}

}  // namespace

Json format_json() {
    return {{"name", format_name}, {"version", format_version}};
}

Json tool_json(Report const& report) {
    bool const named = report.suite_digest.starts_with("sha256:");
    Json json{{"name", "wsproof"}, {"version", report.tool_version}};
    if (!report.tool_commit.empty()) json["commit"] = report.tool_commit;
    json["suite"] = {{"version", report.suite_version},
                     {"digest", named ? report.suite_digest : "sha256:" + report.suite_digest},
                     {"cases", report.suite_cases}};
    return json;
}

Json run_json(Report const& report, Redactor const& redactor) {
    auto const& run = report.run;
    Json json{{"id", run.id},
              {"started", run.started},
              {"duration_ms", run.duration.count()},
              {"state", state_of_format(run.state)}};
    if (run.state == run::State::unreachable) json["state_detail"] = names::state.of(run.state);
    if (!run.state_words.empty()) json["state_reason"] = words_json(redactor.text(run.state_words));
    json["seed"] = fmt::format("{:016x}", run.seed);
    json["argv"] = words_json(redactor.arguments(run.argv));
    json["jobs"] = run.jobs;
    json["selection"] = words_json(run.selection);
    if (!run.profile.empty()) json["profile"] = run.profile;
    if (run.shards.size() == 1) json["shard"] = run::in_words(run.shards.front());
    if (run.shards.size() > 1) json["shards"] = shards_json(run.shards);
    json["delivery"] = run.delivery;
    json["strict"] = run.strict;
    json["timeouts"] = {{"case_ms", report.setting.case_time.count()}, {"scale", run.time_scale}};
    json["setting"] = setting_json(report.setting, redactor);
    return json;
}

Json targets_json(Report const& report, Redactor const& redactor) {
    auto const& target = report.target;
    Json json{{"id", target_id(report)},
              {"name", words_json(target.name)},
              {"role", names::role.of(target.role)},
              {"url", words_json(redactor.text(target.url))}};
    if (!target.spawn.empty()) json["spawn"] = words_json(redactor.text(target.spawn));
    if (!target.options.empty()) json["options"] = words_json(redactor.arguments(target.options));
    json["capabilities"] = profile_json(redactor.profile(target.profile));
    if (target.profile.tls_version)
        json["tls"] = {{"version", words_json(*target.profile.tls_version)}};
    if (!target.exit_words.empty())
        json["exit"] = {{"state", words_json(redactor.text(target.exit_words))}};
    if (!target.libraries.empty()) json["libraries"] = words_json(target.libraries);
    if (target.process) json["process"] = process_json(*target.process);
    return Json::array({std::move(json)});
}

Json rules_json(Report const& report) {
    auto json = Json::object();
    for (auto const& [id, rule] : report.rules)
        json[id] = {{"level", names::level.of(rule.level)},
                    {"doc", rule.document},
                    {"section", rule.section},
                    {"text", words_json(rule.text)}};
    return json;
}

Json cases_json(Report const& report) {
    auto all = Json::array();
    for (auto const& info : report.cases) all.push_back(case_json(info));
    return all;
}

Json summary_json(Report const& report) {
    auto levels = Json::object();
    for (auto const& [level, tally] : report.tally())
        for (auto const& [verdict, count] : tally)
            levels[std::string(names::level.of(level))][std::string(play::name_of(verdict))] =
                count;
    add_ways(levels, report);
    auto breaches = Json::array();
    for (auto const& breach : breaches_of(report)) breaches.push_back(breach_json(report, breach));
    auto limits = Json::object();
    for (auto const& [verdict, count] : report.limits())
        limits[std::string(play::name_of(verdict))] = count;
    return {{"by_target", {{target_id(report), levels}}},
            {"limits", {{target_id(report), limits}}},
            {"breaches", breaches}};
}

Json gate_json(Report const& report) {
    bool const by_signal = report.exit_code > highest_exit_code;
    Json json{
        {"fail_on", names::fail_on.of(report.fail_on)},
        {"fail_on_severity", report.fail_on_severity ? names::severity.of(*report.fail_on_severity)
                                                     : std::string_view("never")},
        {"verdict", names::gate.of(gate_of(report))},
        {"exit_code", by_signal ? 7 : std::max(0, report.exit_code)}};
    if (by_signal) json["signal_exit_code"] = report.exit_code;
    if (report.fail_on_flaky) json["fail_on_flaky"] = true;
    json["broke"] = broke_json(report);
    json["fixed"] = fixed_json(report);
    if (report.baseline) json["baseline"] = baseline_json(*report.baseline);
    return json;
}

}  // namespace wsproof::report
