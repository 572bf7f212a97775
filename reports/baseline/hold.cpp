#include "reports/baseline/hold.hpp"

#include <algorithm>

#include "harness/run/expression.hpp"
#include "reports/fuzzing/words.hpp"
#include "reports/json_result.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

/// What campaigns find has names of its own.
constexpr std::string_view found_folder = "found/";
constexpr std::string_view every_finding = "found/*";

/// A standing rule or a finding has no cause but itself.
std::string signature_of(play::Result const& result) {
    return result.signature.empty() ? result.variant : result.signature;
}

/// Something that an entry may be about.
struct Subject {
    std::string name = {};
    std::string signature = {};
    enum class State : std::uint8_t { good, fails, unjudged } state = State::good;
};

Subject::State state_of(play::Result const& result) {
    if (result.verdict == Verdict::fail) return Subject::State::fails;
    bool const unjudged = result.verdict == Verdict::skipped ||
                          result.verdict == Verdict::inconclusive ||
                          result.verdict == Verdict::broken;
    return unjudged ? Subject::State::unjudged : Subject::State::good;
}

bool fits(std::string const& pattern, std::string const& signature) {
    return pattern == "*" || pattern == signature;
}

class Holder {
public:
    Holder(Report const& report, script::Catalogue const& catalogue)
        : report_(report), catalogue_(catalogue), breaches_(breaches_of(report)) {}

    void hold(KnownFailure& entry) const {
        auto const subjects = subjects_of(entry.subject);
        std::vector<std::string> as_said;
        std::vector<std::string> otherwise;
        std::vector<std::string> good;
        for (auto const& subject : subjects) {
            if (subject.state == Subject::State::good) good.push_back(subject.name);
            if (subject.state != Subject::State::fails) continue;
            (fits(entry.signature, subject.signature) ? as_said : otherwise)
                .push_back(subject.name);
        }
        bool const is_over = !entry.until.empty() && entry.until < today();
        if (!as_said.empty())
            settle(entry, is_over ? Fate::expired : Fate::known, as_said);
        else if (!otherwise.empty() && !report_.fuzzing)  // other findings are no other way
            settle(entry, Fate::changed, otherwise);
        else if (!exists(entry.subject))
            settle(entry, Fate::stale, {});
        else if (!good.empty() && good.size() == subjects.size())
            settle(entry, Fate::fixed, good);
        else
            settle(entry, Fate::unjudged, {});
    }

private:
    static void settle(KnownFailure& entry, Fate fate, std::vector<std::string> covers) {
        entry.fate = fate;
        entry.covers = std::move(covers);
    }

    /// As ISO 8601 writes it, so that days compare as text.
    std::string today() const { return report_.run.started.substr(0, 10); }

    std::vector<Subject> subjects_of(std::string const& expression) const {
        if (report_.fuzzing) return found_by_campaign(expression);
        std::vector<Subject> subjects;
        for (auto const& result : report_.results)
            if (is_about(expression, result.variant))
                subjects.push_back({result.variant, signature_of(result), state_of(result)});
        if (auto const rule = rule_named(expression)) subjects.push_back(*rule);
        if (auto const finding = finding_named(expression)) subjects.push_back(*finding);
        return subjects;
    }

    std::vector<Subject> found_by_campaign(std::string const& expression) const {
        std::vector<Subject> subjects;
        for (auto const& finding : report_.fuzzing->findings)
            if (auto const name = variant_of(finding);
                expression == every_finding || expression == name)
                subjects.push_back({name, finding.signature, Subject::State::fails});
        return subjects;
    }

    bool is_about(std::string const& expression, std::string const& variant) const {
        if (expression == variant) return true;
        auto const* const found = catalogue_.find(variant);
        return found != nullptr && run::matches(expression, *found, catalogue_);
    }

    /// To be without a witness is to be kept, if anything was played that could have been one.
    std::optional<Subject> rule_named(std::string const& name) const {
        auto const at = std::ranges::find(breaches_, name, &BreachSummary::rule);
        if (at != breaches_.end()) return Subject{name, name, Subject::State::fails};
        if (!report_.rules.contains(name)) return std::nullopt;
        return Subject{name, name, played() ? Subject::State::good : Subject::State::unjudged};
    }

    std::optional<Subject> finding_named(std::string const& name) const {
        if (!is_finding(name)) return std::nullopt;
        auto const& findings = report_.security.findings;
        if (std::ranges::find(findings, name, &Finding::id) != findings.end())
            return Subject{name, name, Subject::State::fails};
        return Subject{name, name, played() ? Subject::State::good : Subject::State::unjudged};
    }

    static bool is_finding(std::string const& name) { return name.starts_with("WS-"); }

    bool played() const {
        return report_.run.state == run::State::complete && judged_results(report_) != 0;
    }

    bool exists(std::string const& expression) const {
        return report_.rules.contains(expression) || is_finding(expression) ||
               expression.starts_with(found_folder) ||
               std::ranges::any_of(catalogue_.variants, [&](script::Variant const& variant) {
                   return run::matches(expression, variant, catalogue_);
               });
    }

    Report const& report_;
    script::Catalogue const& catalogue_;
    std::vector<BreachSummary> breaches_;
};

/// What fails now in this way and now in that has an entry for each: the one says nothing of a run
/// that the other speaks for.
void set_aside_other_ways(Baseline& baseline) {
    for (auto& entry : baseline.entries) {
        bool const spoken_for = entry.fate == Fate::changed &&
                                std::ranges::all_of(entry.covers, [&](std::string const& name) {
                                    return baseline.entry_for(name, Fate::known) != nullptr;
                                });
        if (!spoken_for) continue;
        entry.fate = Fate::unjudged;
        entry.covers.clear();
    }
}

/// Of a campaign: what it found, each signature once.
std::vector<Unexcused> unexcused_findings(Fuzzing const& fuzzing) {
    std::vector<Unexcused> all;
    for (auto const& finding : fuzzing.findings)
        if (finding.counts() &&
            std::ranges::find(all, finding.signature, &Unexcused::signature) == all.end())
            all.push_back({std::string{every_finding}, finding.signature});
    return all;
}

}  // namespace

void hold(Report& report, Baseline baseline, script::Catalogue const& catalogue) {
    auto const id = target_id(report);
    std::erase_if(baseline.entries, [&](KnownFailure const& entry) {
        return !entry.target.empty() && entry.target != id;
    });
    Holder const holder(report, catalogue);
    for (auto& entry : baseline.entries) holder.hold(entry);
    set_aside_other_ways(baseline);
    if (report.fuzzing)
        for (auto& finding : report.fuzzing->findings)
            if (auto const* const entry = baseline.entry_for(variant_of(finding), Fate::known))
                finding.known = entry->why;
    report.baseline = std::move(baseline);
}

bool excuses_finding(Baseline const& baseline, std::string const& signature,
                     std::string const& day) {
    return std::ranges::any_of(baseline.entries, [&](KnownFailure const& entry) {
        return entry.subject == every_finding && fits(entry.signature, signature) &&
               (entry.until.empty() || entry.until >= day);
    });
}

std::vector<Unexcused> unexcused_of(Report const& report) {
    if (report.fuzzing) return unexcused_findings(*report.fuzzing);
    std::vector<Unexcused> all;
    for (auto const& result : report.results)
        if (result.verdict == Verdict::fail && report.breaks_gate(result))
            all.push_back({result.variant, signature_of(result)});
    for (auto const& breach : breaches_of(report))
        if (breaks_gate(report, breach)) all.push_back({breach.rule, breach.rule});
    for (auto const& finding : report.security.findings)
        if (breaks_gate(report, finding)) all.push_back({finding.id, finding.id});
    return all;
}

}  // namespace wsproof::report
