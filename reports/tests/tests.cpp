#include "reports/tests/tests.hpp"

#include <fmt/format.h>

#include <set>

#include "reports/fuzzing/words.hpp"
#include "reports/names.hpp"
#include "reports/redact.hpp"
#include "reports/story.hpp"
#include "reports/text.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;
using Status = Test::Status;

constexpr TextOptions plain{.ascii = true, .width = 120};

class Lister {
public:
    explicit Lister(Report const& report) : report_(report), redactor_(report) {}

    std::vector<Test> list() {
        for (auto const& result : report_.results)
            if (finding_of(report_, result.variant) == nullptr) add(result);
        for (auto const& breach : breaches_of(report_)) add(breach);
        for (auto const& finding : report_.security.findings) add(finding);
        if (report_.fuzzing) add(*report_.fuzzing);
        return std::move(tests_);
    }

private:
    std::string shown(std::string_view words) const { return printable(redactor_.text(words)); }

    /// A failure that the baseline knows says so first.
    void put(Test test) {
        if (test.status == Status::known)
            test.message = fmt::format(
                "{}; {}", shown(excuse_words(*excuse_for(report_, test.name))), test.message);
        tests_.push_back(std::move(test));
    }

    Status status_of(std::string const& name, bool breaks) const {
        if (breaks) return Status::failed;
        return excuse_for(report_, name) ? Status::known : Status::passed;
    }

    Status status_of(play::Result const& result) const {
        if (result.verdict == Verdict::skipped) return Status::skipped;
        if (result.verdict == Verdict::broken || result.verdict == Verdict::inconclusive)
            return Status::error;
        if (result.verdict == Verdict::fail && excuse_for(report_, result.variant))
            return Status::known;
        return report_.breaks_gate(result) ? Status::failed : Status::passed;
    }

    void add(play::Result const& result) {
        Test test;
        test.status = status_of(result);
        test.suite = section_of(case_id_of(result.variant));
        test.name = shown(result.variant);
        if (auto const* const info = report_.case_of(result); info != nullptr)
            test.level = names::level.of(info->level);
        test.time = result.duration;
        if (result.verdict == Verdict::skipped)
            test.message = shown(skip_words(result));
        else if (result.verdict != Verdict::pass)
            test.message =
                fmt::format("{}: {}", play::name_of(result.verdict), shown(happened_words(result)));
        test.flaky = result.flaky;
        test.attempts = result.attempts;
        if (result.flaky)
            test.message = "flaky: " + (test.message.empty() && !result.notes.empty()
                                            ? shown(result.notes.back())
                                            : test.message);
        if (!test.message.empty()) test.details = text_result(report_, result, plain);
        if (result.verdict != Verdict::pass && result.verdict != Verdict::skipped) {
            test.cause = fmt::format("{}: {}", play::name_of(result.verdict), result.signature);
            test.rerun = shown(repro(report_, result.variant));
        }
        put(std::move(test));
    }

    void add(BreachSummary const& breach) {
        Test test;
        test.status = status_of(breach.rule, breaks_gate(report_, breach));
        test.suite = "standing rules";
        test.listed_when_wrong = true;
        test.name = breach.rule;
        test.level = names::level.of(breach.level);
        test.message = fmt::format("broken: the peer {}", shown(breach.reason));
        auto const rule = report_.rules.find(breach.rule);
        if (rule != report_.rules.end()) test.details = rule->second.text + "\n";
        test.cause = breach.rule;
        test.rerun = shown(repro(report_, breach.witnesses.front()));
        test.details += "rerun: " + test.rerun;
        put(std::move(test));
    }

    void add(Finding const& finding) {
        Test test;
        test.status = status_of(finding.id, breaks_gate(report_, finding));
        test.suite = "security";
        test.listed_when_wrong = true;
        test.name = finding.id;
        test.level = names::severity.of(finding.severity);
        test.message = shown(finding.title);
        test.details = shown(finding.means) + "\n" + shown(finding.fix);
        test.cause = finding.id;
        if (!finding.evidence.empty()) {
            test.rerun = shown(repro(report_, finding.evidence.front().variant));
            test.details += "\nrerun: " + test.rerun;
        }
        put(std::move(test));
    }

    /// What came again is a test that failed. A campaign without any is one that passed.
    void add(Fuzzing const& fuzzing) {
        for (auto const& finding : fuzzing.findings) {
            Test test;
            test.status = finding.counts()        ? Status::failed
                          : finding.known.empty() ? Status::passed
                                                  : Status::known;
            test.suite = "fuzzing";
            test.listed_when_wrong = true;
            test.name = finding.id;
            test.level = finding.harm;
            auto const how = !finding.known.empty() ? "known: " + finding.known + "; "
                             : finding.confirmed    ? ""
                                                    : "not seen again: ";
            test.message = shown(how + finding.signature);
            test.details = shown(seen_words(finding)) + "\n";
            if (!finding.words.empty()) test.details += shown(finding.words) + "\n";
            test.cause = finding.signature;
            test.rerun = shown(repro(report_, finding));
            test.details += "rerun: " + test.rerun;
            tests_.push_back(std::move(test));
        }
        if (has_findings(fuzzing)) return;
        Test test;
        test.suite = "fuzzing";
        test.name = "campaign";
        test.status = gate_of(report_) == GateVerdict::ok ? Status::passed : Status::error;
        if (test.status == Status::error) test.message = shown(report_.run.state_words);
        test.details = figures_words(fuzzing);
        test.time = fuzzing.time;
        tests_.push_back(std::move(test));
    }

    Report const& report_;
    Redactor redactor_;
    std::vector<Test> tests_ = {};
};

}  // namespace

std::vector<Test> tests_of(Report const& report) {
    return Lister(report).list();
}

std::string_view name_of(Test::Status status) {
    switch (status) {
        case Status::passed:
            return "passed";
        case Status::failed:
            return "failed";
        case Status::skipped:
            return "skipped";
        case Status::known:
            return "known";
        case Status::error:
            break;
    }
    return "error";
}

std::string full_name(Test const& test) {
    auto const folder = test.suite + "/";
    return test.name.starts_with(folder) ? test.name : folder + test.name;
}

std::string target_words(Report const& report) {
    Redactor const redactor(report);
    auto const& target = report.target;
    return printable(redactor.text(target.name.empty() ? target.url : target.name));
}

}  // namespace wsproof::report
