#include "reports/sarif/sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "reports/digest.hpp"
#include "reports/fuzzing/words.hpp"
#include "reports/json_result.hpp"
#include "reports/names.hpp"
#include "reports/redact.hpp"
#include "reports/sarif/rules.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

std::string_view level_of(script::Severity severity) {
    if (severity >= script::Severity::high) return "error";
    return severity >= script::Severity::medium ? "warning" : "note";
}

std::string_view level_of(script::Level level, Verdict verdict) {
    if (verdict != Verdict::fail) return "note";
    if (level == script::Level::must) return "error";
    return level == script::Level::should ? "warning" : "note";
}

class Writer {
public:
    Writer(Report const& report, SarifLocation const& location)
        : report_(report), location_(location), redactor_(report) {
        for (auto const& finding : report.security.findings)
            for (auto const& evidence : finding.evidence) proofs_.insert(evidence.variant);
        if (!report.fuzzing) return;
        for (auto const& finding : report.fuzzing->findings) proofs_.insert(variant_of(finding));
    }

    Json run() {
        for (auto const& finding : report_.security.findings) add(finding);
        if (report_.fuzzing)
            for (auto const& finding : report_.fuzzing->findings) add(finding);
        for (auto const& result : report_.results) add(result);
        for (auto const& breach : breaches_of(report_)) add(breach);
        return {{"tool", {{"driver", driver()}}},
                {"invocations", Json::array({invocation()})},
                {"columnKind", "utf16CodeUnits"},
                {"results", std::move(results_)}};
    }

private:
    Json driver() {
        return {{"name", "wsproof"},
                {"semanticVersion", report_.tool_version},
                {"informationUri", "https://wsproof.example/"},
                {"rules", rules_.take()}};
    }

    Json invocation() const {
        bool const done = report_.run.state == run::State::complete;
        Json json{{"executionSuccessful", done},
                  {"exitCode", report_.exit_code},
                  {"arguments", words_json(redactor_.arguments(report_.run.argv))}};
        if (!report_.run.started.empty()) json["startTimeUtc"] = report_.run.started;
        auto notes = Json::array();
        for (auto const& remark : report_.security.remarks)
            notes.push_back({{"level", "note"}, {"message", text(redactor_.text(remark))}});
        if (!report_.run.state_words.empty())
            notes.push_back(
                {{"level", "warning"}, {"message", text(redactor_.text(report_.run.state_words))}});
        if (!notes.empty()) json["toolExecutionNotifications"] = std::move(notes);
        return json;
    }

    static Json text(std::string_view words) { return {{"text", words_json(words)}}; }

    Json locations(std::string const& id) const {
        Json const physical{{"artifactLocation", {{"uri", location_.path}}},
                            {"region", {{"startLine", location_.line}}}};
        Json const logical{
            {"fullyQualifiedName", words_json(redactor_.text(report_.target.url) + " " + id)},
            {"kind", "resource"}};
        return Json::array(
            {{{"physicalLocation", physical}, {"logicalLocations", Json::array({logical})}}});
    }

    Json fingerprint(std::string const& rule, std::string const& cause) const {
        return {{"wsproof/v1", sha256_hex(fmt::format("{}\n{}\n{}\n{}", target_id(report_),
                                                      report_.setting.resource_name, rule, cause))
                                   .substr(0, 32)}};
    }

    void add_result(std::string const& rule, std::string_view level, std::string const& message,
                    std::string const& place, std::string const& cause, Json properties) {
        results_.push_back({{"ruleId", rule},
                            {"ruleIndex", rules_.index_of(rule)},
                            {"level", level},
                            {"message", text(redactor_.text(message))},
                            {"locations", locations(place)},
                            {"partialFingerprints", fingerprint(rule, cause)},
                            {"properties", std::move(properties)}});
    }

    /// What the baseline excuses is shown and not alarmed about.
    void suppress(std::string const& name) {
        if (auto const* const entry = excuse_for(report_, name))
            results_.back()["suppressions"] =
                Json::array({{{"kind", "external"},
                              {"status", "accepted"},
                              {"justification", words_json(redactor_.text(entry->why))}}});
    }

    void add(Finding const& finding) {
        rules_.add(finding);
        auto message = fmt::format("{}. {} {}", finding.title, finding.means, finding.fix);
        // What was seen are numbers and versions there, not the circumstances of the target.
        if (finding.area == script::Area::robustness && !finding.weight.empty())
            message += fmt::format(" Seen: {}.", finding.weight);
        Json properties{{"severity", names::severity.of(finding.severity)},
                        {"confirmed", finding.confirmed}};
        auto proof = Json::array();
        for (auto const& [variant, origin, status] : finding.evidence)
            proof.push_back(
                words_json(redactor_.text(origin.empty() ? variant : variant + ": " + origin)));
        properties["evidence"] = std::move(proof);
        if (!finding.evidence.empty()) {
            auto const& first = finding.evidence.front().variant;
            properties["rerun"] = words_json(repro(report_, first));
            message += fmt::format(" Repeat it: {}", repro(report_, first));
        }
        add_result(finding.id, level_of(finding.severity), message, finding.id, finding.policy,
                   std::move(properties));
        suppress(finding.id);
    }

    /// Of a campaign: what came again, whatever it broke.
    void add(FuzzFinding const& finding) {
        auto const info = std::ranges::find(report_.cases, variant_of(finding), &CaseInfo::id);
        if (!finding.confirmed || info == report_.cases.end()) return;
        rules_.add(info->rule, RuleInfo{.level = info->level,
                                        .document = info->document,
                                        .section = info->section,
                                        .text = info->rule_text});
        auto message = fmt::format("Found by fuzzing ({}): {}.", finding.harm, finding.signature);
        if (finding.signature.find(finding.words) == std::string::npos)
            message += fmt::format(" Seen: {}.", finding.words);
        if (auto const faults = faults_words(finding); !faults.empty())
            message += fmt::format(" The reference does the same with: {}.", faults);
        message += fmt::format(" Repeat it: {}", repro(report_, finding));
        add_result(info->rule, "error", message, variant_of(finding), finding.signature,
                   {{"finding", words_json(finding.id)},
                    {"harm", words_json(finding.harm)},
                    {"faults", words_json(finding.faults)},
                    {"rerun", words_json(repro(report_, finding))}});
        suppress(variant_of(finding));
    }

    /// Variants that depart in the same way are one cause, and still one result each.
    void add(play::Result const& result) {
        bool const told = result.verdict == Verdict::fail || result.verdict == Verdict::lenient;
        if (!told || proofs_.contains(result.variant)) return;
        auto const* const info = report_.case_of(result);
        if (info == nullptr) return;
        auto const rule = case_id_of(result.variant);
        rules_.add(rule, *info);
        Json const properties{{"verdict", play::name_of(result.verdict)},
                              {"rfc", fmt::format("{} {}", info->document, info->section)},
                              {"rerun", words_json(repro(report_, result.variant))}};
        add_result(rule, level_of(info->level, result.verdict),
                   fmt::format("{} {}: {}. Repeat it: {}", info->title, result.variant,
                               result.reason, repro(report_, result.variant)),
                   result.variant, result.variant + "\n" + result.signature, properties);
        suppress(result.variant);
    }

    void add(BreachSummary const& breach) {
        auto const known = report_.rules.find(breach.rule);
        if (known == report_.rules.end()) return;
        rules_.add(breach.rule, known->second);
        add_result(breach.rule, level_of(breach.level, Verdict::fail),
                   fmt::format("{} The peer {}. Repeat it: {}", known->second.text, breach.reason,
                               repro(report_, breach.witnesses.front())),
                   breach.witnesses.front(), breach.rule,
                   {{"witnesses", words_json(breach.witnesses)}});
        suppress(breach.rule);
    }

    Report const& report_;
    SarifLocation const& location_;
    Redactor redactor_;
    SarifRules rules_ = {};
    std::set<std::string> proofs_ = {};
    Json results_ = Json::array();
};

}  // namespace

std::string sarif(Report const& report, SarifLocation const& location) {
    Json const json{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                    {"version", "2.1.0"},
                    {"runs", Json::array({Writer(report, location).run()})}};
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wsproof::report
