#include "reports/fuzzing/json_fuzzing.hpp"

#include "reports/json_result.hpp"

namespace wsproof::report {
namespace {

Json fuzz_finding_json(FuzzFinding const& finding, Redactor const& redactor) {
    Json json{{"id", finding.id},
              {"harm", finding.harm},
              {"signature", words_json(redactor.text(finding.signature))},
              {"session", finding.session},
              {"frames", finding.frames},
              {"times", finding.times},
              {"confirmed", finding.confirmed},
              {"faults", finding.faults}};
    if (!finding.words.empty()) json["words"] = words_json(redactor.text(finding.words));
    if (!finding.file.empty()) json["file"] = words_json(finding.file);
    if (!finding.known.empty()) json["known"] = words_json(redactor.text(finding.known));
    return json;
}

FuzzFinding read_fuzz_finding(Node const& node) {
    return {.id = node.at("id").text(),
            .harm = node.at("harm").text(),
            .signature = node.at("signature").text(),
            .words = node.text("words"),
            .file = node.text("file"),
            .session = node.at("session").number(),
            .frames = node.at("frames").number(),
            .times = node.at("times").number(),
            .confirmed = node.flag("confirmed", false),
            .faults = node.texts("faults"),
            .known = node.text("known")};
}

}  // namespace

Json fuzzing_json(Fuzzing const& fuzzing, Redactor const& redactor) {
    auto findings = Json::array();
    for (auto const& finding : fuzzing.findings)
        findings.push_back(fuzz_finding_json(finding, redactor));
    return {{"sessions", fuzzing.sessions},         {"exchanges", fuzzing.exchanges},
            {"inconclusive", fuzzing.inconclusive}, {"coverage", fuzzing.coverage},
            {"restarts", fuzzing.restarts},         {"duration_ms", fuzzing.time.count()},
            {"findings", std::move(findings)}};
}

std::optional<Fuzzing> read_fuzzing(Node const& report) {
    auto const node = report.find("fuzzing");
    if (!node) return std::nullopt;
    Fuzzing fuzzing{.sessions = node->at("sessions").number(),
                    .exchanges = node->at("exchanges").number(),
                    .inconclusive = node->at("inconclusive").number(),
                    .coverage = node->at("coverage").number(),
                    .restarts = node->at("restarts").number(),
                    .time = std::chrono::milliseconds{node->at("duration_ms").number()}};
    for (auto const& finding : node->items("findings"))
        fuzzing.findings.push_back(read_fuzz_finding(finding));
    return fuzzing;
}

}  // namespace wsproof::report
