#include "reports/json.hpp"

#include <array>

#include "reports/fuzzing/json_fuzzing.hpp"
#include "reports/json_head.hpp"
#include "reports/json_result.hpp"
#include "reports/security/json_security.hpp"
#include "reports/slim.hpp"

namespace wsproof::report {
namespace {

/// A value on lines of its own. A line end inside JSON is always layout: in strings it is escaped.
std::string indented(Json const& json, std::size_t depth) {
    auto const dumped = json.dump(1, ' ', false, Json::error_handler_t::replace);
    std::string text;
    text.reserve(dumped.size() + dumped.size() / 4);
    for (char const c : dumped) {
        text += c;
        if (c == '\n') text.append(depth, ' ');
    }
    return text;
}

void field(std::string& to, std::string_view name, Json const& value) {
    to += " \"" + std::string(name) + "\": " + indented(value, 1) + ",\n";
}

/// One result at a time, so that a run with every transcript is never held twice.
void results(std::string& to, Report const& report, Redactor const& redactor,
             KeepTranscripts keep) {
    to += " \"results\": [";
    bool first = true;
    for (auto const& result : report.results) {
        to += first ? "\n  " : ",\n  ";
        first = false;
        auto const kept = keeps_transcript(result, keep);
        to += indented(result_json(report, redactor, result, kept), 2);
    }
    to += first ? "],\n" : "\n ],\n";
}

Report read_document(Json const& document, std::string const& where) {
    Node const node(document, where);
    check_format(node);
    Report report;
    read_head(node, report);
    for (auto const& result : node.at("results").items())
        report.results.push_back(read_result(result));
    return report;
}

/// Fields that a reader can do without, and a comparison does.
constexpr std::array<std::string_view, 11> unread{"arrivals",   "hex",       "frame", "close",
                                                  "repro",      "rule_text", "why",   "fix",
                                                  "statements", "aliases",   "notes"};

Json parse_briefly(std::string_view text, std::string const& where) {
    try {
        return parse_json(without_members(text, unread), where);
    } catch (ReportError const&) {
        return parse_json(text, where);  // which knows the place
    }
}

/// What else may be wrong with it is for `read_document` to say.
bool has_several_targets(Json const& document) {
    if (!document.is_object()) return false;
    auto const targets = document.find("targets");
    auto const results = document.find("results");
    return targets != document.end() && targets->is_array() && targets->size() > 1 &&
           results != document.end() && results->is_array();
}

/// Those that name the target by its id.
Json results_of(Json const& target, Json const& all) {
    auto const field = [](Json const& json, std::string_view name) {
        auto const found = json.is_object() ? json.find(name) : json.end();
        return json.is_object() && found != json.end() ? *found : Json();
    };
    auto results = Json::array();
    for (auto const& result : all)
        if (field(result, "target") == field(target, "id")) results.push_back(result);
    return results;
}

}  // namespace

std::string write_json(Report const& report, KeepTranscripts keep) {
    Redactor const redactor(report);
    std::string text = "{\n";
    field(text, "$schema", schema_url);
    field(text, "format", format_json());
    field(text, "tool", tool_json(report));
    field(text, "run", run_json(report, redactor));
    field(text, "targets", targets_json(report, redactor));
    field(text, "rules", rules_json(report));
    field(text, "cases", cases_json(report));
    results(text, report, redactor, keep);
    if (report.security.has_something()) {
        field(text, "security", security_json(report.security, redactor));
        field(text, "findings", findings_json(report, redactor));
    }
    if (report.fuzzing) field(text, "fuzzing", fuzzing_json(*report.fuzzing, redactor));
    field(text, "summary", summary_json(report));
    text += " \"gate\": " + indented(gate_json(report), 1) + "\n}\n";
    return text;
}

Report read_json(std::string_view text, std::string_view name) {
    auto const where = printable(name);
    return read_document(parse_json(text, where), where);
}

std::vector<Report> read_json_briefly(std::string_view text, std::string_view name) {
    auto const where = printable(name);
    auto document = parse_briefly(text, where);
    if (!has_several_targets(document)) return {read_document(document, where)};
    auto const targets = std::move(document["targets"]);
    auto const all = std::move(document["results"]);
    std::vector<Report> reports;
    for (auto const& target : targets) {
        document["targets"] = Json::array({target});
        document["results"] = results_of(target, all);
        reports.push_back(read_document(document, where));
    }
    return reports;
}

}  // namespace wsproof::report
