#include "reports/merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "reports/digest.hpp"
#include "reports/names.hpp"

namespace wsproof::report {
namespace {

using run::State;

/// A spawned target has another port in every run.
std::string target_words(Report const& report) {
    auto const& target = report.target;
    return fmt::format("{} {}", target.id, target.spawn.empty() ? target.url : target.spawn);
}

std::string shards_of(Report const& report) {
    return report.run.shards.empty() ? "" : fmt::format("{}", report.run.shards.front().of);
}

/// Shards are parts of one choice; other runs may have played what they liked.
std::string choice_of(Report const& report) {
    return report.run.shards.empty() ? ""
                                     : fmt::format("--profile {} {}", report.run.profile,
                                                   fmt::join(report.run.selection, " "));
}

struct Common {
    std::string_view name;
    std::function<std::string(Report const&)> of;
};

/// What all parts have in common, unless it is empty.
std::array<Common, 8> const commons{
    Common{"case set", [](Report const& report) { return report.suite_digest; }},
    Common{"target", target_words},
    Common{"seed", [](Report const& report) { return fmt::format("{:016x}", report.run.seed); }},
    Common{"delivery", [](Report const& report) { return report.run.delivery; }},
    Common{"reading", [](Report const& report) { return report.run.strict ? "strict" : "usual"; }},
    Common{"--fail-on",
           [](Report const& report) { return std::string(names::fail_on.of(report.fail_on)); }},
    Common{"choice of cases", choice_of},
    Common{"number of shards", shards_of}};

bool was_left_out(play::Result const& result) {
    return result.skip_reason == "budget" || result.skip_reason == "target-lost";
}

/// Takes the results of one run after the other, the earliest first.
class Merger {
public:
    void take(Report& report) {
        for (auto& info : report.cases) cases_.insert_or_assign(info.id, std::move(info));
        for (auto& result : report.results) take(report.run, std::move(result));
    }

    std::vector<CaseInfo> cases() {
        std::vector<CaseInfo> all;
        for (auto& [id, info] : cases_) all.push_back(std::move(info));
        return all;
    }

    std::vector<play::Result> results() {
        std::vector<play::Result> all;
        for (auto& [id, result] : results_) all.push_back(std::move(result));
        return all;
    }

    /// Something was to be played and never was.
    bool is_gappy() const {
        return std::ranges::any_of(cases_, [&](auto const& entry) {
            auto const result = results_.find(entry.first);
            return result == results_.end() || was_left_out(result->second);
        });
    }

private:
    void take(RunInfo const& run, play::Result result) {
        auto const [known, is_new] = results_.try_emplace(result.variant);
        if (!is_new && was_left_out(result) && !was_left_out(known->second)) return;
        if (!is_new && !was_left_out(known->second) && known->second.verdict != result.verdict)
            result.notes.push_back(fmt::format("an earlier run said {}; that of {} counts",
                                               play::name_of(known->second.verdict), run.started));
        known->second = std::move(result);
    }

    std::map<std::string, CaseInfo> cases_ = {};
    std::map<std::string, play::Result> results_ = {};
};

/// The shards that nobody has played, "2/4, 3/4".
std::string missing_shards(std::vector<run::Shard> const& shards) {
    std::string missing;
    if (shards.empty()) return missing;
    for (unsigned number = 1; number <= shards.front().of; ++number)
        if (std::ranges::find(shards, run::Shard{number, shards.front().of}) == shards.end())
            missing +=
                fmt::format("{}{}/{}", missing.empty() ? "" : ", ", number, shards.front().of);
    return missing;
}

/// What ended the runs: that the target was not there outweighs that somebody stopped.
void take_state(RunInfo& whole, RunInfo const& part) {
    constexpr std::array order{State::complete, State::budget_spent, State::interrupted,
                               State::target_lost, State::unreachable};
    auto const rank = [&](State state) { return std::ranges::find(order, state); };
    if (rank(part.state) <= rank(whole.state)) return;
    whole.state = part.state;
    whole.state_words = part.state_words;
}

/// What the run of a part adds to that of the whole.
void take_run(RunInfo& whole, RunInfo const& part) {
    whole.duration += part.duration;
    whole.jobs = std::max(whole.jobs, part.jobs);
    for (auto const& expression : part.selection)
        if (std::ranges::find(whole.selection, expression) == whole.selection.end())
            whole.selection.push_back(expression);
    for (auto const shard : part.shards)
        if (std::ranges::find(whole.shards, shard) == whole.shards.end())
            whole.shards.push_back(shard);
    take_state(whole, part);
}

void settle_state(RunInfo& run, Merger const& merger) {
    std::ranges::sort(run.shards);
    // A later run has played what an earlier one had to leave.
    bool const stopped = run.state == State::interrupted || run.state == State::budget_spent;
    if (stopped && !merger.is_gappy()) {
        run.state = State::complete;
        run.state_words.clear();
    }
    auto const missing = missing_shards(run.shards);
    if (missing.empty() || run.state != State::complete) return;
    run.state = State::interrupted;
    run.state_words = fmt::format("not all shards are here: {} missing", missing);
}

}  // namespace

std::string misfit_of(std::vector<Part> const& parts) {
    for (auto const& common : commons) {
        Part const* first = nullptr;
        for (auto const& part : parts) {
            auto const here = common.of(part.report);
            if (here.empty()) continue;
            if (first == nullptr) first = &part;
            if (auto const there = common.of(first->report); there != here)
                return fmt::format(
                    "{} and {} are reports of different runs: the {} is {} in one, "
                    "{} in the other",
                    printable(first->name), printable(part.name), common.name, printable(there),
                    printable(here));
        }
    }
    return {};
}

std::string unmergeable_of(std::vector<Part> const& parts) {
    for (auto const& part : parts)
        if (part.report.fuzzing)
            return fmt::format(
                "{} is the report of a campaign of `wsproof fuzz`: reports of campaigns cannot be "
                "merged",
                printable(part.name));
    return {};
}

Report merge(std::vector<Part> parts) {
    std::ranges::stable_sort(
        parts, {}, [](Part const& part) -> std::string const& { return part.report.run.started; });
    Report whole = parts.front().report;
    Merger merger;
    std::string ids;
    for (auto& [name, report] : parts) {
        if (&report != &parts.front().report) take_run(whole.run, report.run);
        ids += report.run.id + " ";
        whole.rules.insert(report.rules.begin(), report.rules.end());
        if (!whole.target.profile.reachable) whole.target.profile = report.target.profile;
        if (whole.target.exit_words.empty()) whole.target.exit_words = report.target.exit_words;
        merger.take(report);
    }
    if (parts.size() > 1) whole.run.id = sha256_hex(ids).substr(0, whole.run.id.size());
    settle_state(whole.run, merger);
    whole.cases = merger.cases();
    whole.results = merger.results();
    whole.baseline.reset();  // it was held against a part
    whole.exit_code = exit_code_of(whole);
    return whole;
}

}  // namespace wsproof::report
