#include <algorithm>
#include <charconv>

#include "reports/baseline/json_baseline.hpp"
#include "reports/fuzzing/json_fuzzing.hpp"
#include "reports/json_head.hpp"
#include "reports/json_setting.hpp"
#include "reports/names.hpp"
#include "reports/process.hpp"
#include "reports/security/json_security.hpp"

namespace wsproof::report {
namespace {

std::uint64_t read_seed(Node const& node) {
    auto const digits = node.text();
    std::uint64_t seed = 0;
    auto const* const end = digits.data() + digits.size();
    auto const [read, error] = std::from_chars(digits.data(), end, seed, 16);
    if (digits.size() != 16 || read != end || error != std::errc{})
        node.fail("a seed of 16 hexadecimal digits");
    return seed;
}

/// Counts that no honest report exceeds: what is read may come from anywhere.
unsigned small(Node const& node, std::string_view key, unsigned fallback) {
    constexpr std::uint64_t most = 1'000'000;
    return static_cast<unsigned>(std::min(node.number(key, fallback), most));
}

run::Shard read_shard(Node const& node) {
    auto const shard = run::parse_shard(node.text());
    if (!shard) node.fail("a shard I/N");
    return *shard;
}

void read_tool(Node const& node, Report& report) {
    report.tool_version = node.at("version").text();
    report.tool_commit = node.text("commit");
    auto const suite = node.at("suite");
    report.suite_version = suite.at("version").text();
    report.suite_digest = suite.at("digest").text();
    report.suite_cases = suite.at("cases").number();
}

void read_run(Node const& node, Report& report) {
    auto& run = report.run;
    run.id = node.at("id").text();
    run.started = node.at("started").text();
    constexpr double longest = 1e12;
    run.duration = std::chrono::milliseconds(
        static_cast<std::int64_t>(std::clamp(node.at("duration_ms").real(), 0.0, longest)));
    auto const detail = node.find("state_detail");
    run.state = (detail ? *detail : node.at("state")).word(names::state);
    run.state_words = node.text("state_reason");
    run.seed = read_seed(node.at("seed"));
    run.argv = node.texts("argv");
    run.jobs = small(node, "jobs", 1);
    run.selection = node.texts("selection");
    run.profile = node.text("profile");
    if (auto const shard = node.find("shard")) run.shards.push_back(read_shard(*shard));
    for (auto const& shard : node.items("shards")) run.shards.push_back(read_shard(shard));
    run.delivery = node.text("delivery", "whole");
    run.strict = node.flag("strict", false);
    if (auto const timeouts = node.find("timeouts")) run.time_scale = timeouts->real("scale", 1.0);
    if (auto const setting = node.find("setting")) report.setting = read_setting(*setting);
    report.setting.run_seed = run.seed;
}

void read_target(Node const& node, Report& report) {
    auto& target = report.target;
    target.id = node.at("id").text();
    target.name = node.text("name");
    target.url = node.at("url").text();
    target.role = node.at("role").word(names::role);
    target.spawn = node.text("spawn");
    target.options = node.texts("options");
    if (auto const exit = node.find("exit")) target.exit_words = exit->text("state");
    target.libraries = node.texts("libraries");
    if (auto const found = node.find("process")) target.process = read_process(*found);
    if (auto const found = node.find("capabilities")) target.profile = read_profile(*found);
}

CaseInfo read_case(Node const& node) {
    CaseInfo info{.id = node.at("id").text(),
                  .title = node.at("title").text(),
                  .rule = node.at("rule").text(),
                  .rule_text = node.text("rule_text"),
                  .level = node.at("level").word(names::level),
                  .section = node.at("section").text(),
                  .role = node.text("role", "both"),
                  .statements = node.texts("statements"),
                  .aliases = node.texts("aliases"),
                  .tags = node.texts("tags"),
                  .why = node.text("why"),
                  .fix = node.text("fix"),
                  .digest = node.text("digest")};
    auto const documents = node.items("rfc");
    if (!documents.empty()) info.document = documents.front().at("doc").text();
    return info;
}

void read_gate(Node const& node, Report& report) {
    report.fail_on = node.at("fail_on").word(names::fail_on);
    report.fail_on_severity = names::severity.find(node.text("fail_on_severity"));
    if (auto const baseline = node.find("baseline")) report.baseline = read_baseline(*baseline);
    report.fail_on_flaky = node.flag("fail_on_flaky", false);
    auto const by_signal = node.find("signal_exit_code").has_value();
    report.exit_code =
        static_cast<int>(small(node, by_signal ? "signal_exit_code" : "exit_code", 0));
}

Node only_target(Node const& node) {
    auto const targets = node.at("targets").items();
    if (targets.size() != 1) node.at("targets").fail("one target: merged reports are compared");
    return targets.front();
}

}  // namespace

void check_format(Node const& report) {
    auto const format = report.find("format");
    if (!format || format->text("name") != format_name)
        report.fail("a report of wsproof, with format.name \"wsproof-report\"");
    auto const version = format->at("version").text();
    if (!version.starts_with("1."))
        format->at("version").fail("format 1: a report of another major version");
}

void read_head(Node const& node, Report& report) {
    read_tool(node.at("tool"), report);
    if (auto const rules = node.find("rules"))
        for (auto const& [id, rule] : rules->members())
            report.rules[id] = {rule.at("level").word(names::level), rule.text("doc"),
                                rule.text("section"), rule.text("text")};
    for (auto const& info : node.at("cases").items()) report.cases.push_back(read_case(info));
    read_end(node, report);
}

void read_end(Node const& node, Report& report) {
    read_run(node.at("run"), report);
    read_target(only_target(node), report);
    read_gate(node.at("gate"), report);
    report.security = read_security(node);
    report.fuzzing = read_fuzzing(node);
}

}  // namespace wsproof::report
