#include "reports/baseline/json_baseline.hpp"

#include "reports/json_result.hpp"
#include "reports/names.hpp"

namespace wsproof::report {
namespace {

Json entry_json(KnownFailure const& entry) {
    Json json{{"case", words_json(entry.subject)},
              {"signature", words_json(entry.signature)},
              {"why", words_json(entry.why)},
              {"fate", names::fate.of(entry.fate)},
              {"line", entry.line}};
    if (!entry.target.empty()) json["target"] = words_json(entry.target);
    if (!entry.until.empty()) json["until"] = words_json(entry.until);
    if (!entry.covers.empty()) json["covers"] = words_json(entry.covers);
    return json;
}

KnownFailure read_known_failure(Node const& node) {
    return {.target = node.text("target"),
            .subject = node.at("case").text(),
            .signature = node.text("signature"),
            .why = node.text("why"),
            .until = node.text("until"),
            .line = node.number("line", 0),
            .fate = node.at("fate").word(names::fate),
            .covers = node.texts("covers")};
}

}  // namespace

Json baseline_json(Baseline const& baseline) {
    Json json{
        {"path", words_json(baseline.path)},        {"entries", baseline.entries.size()},
        {"known", baseline.count(Fate::known)},     {"fixed", baseline.count(Fate::fixed)},
        {"expired", baseline.count(Fate::expired)}, {"changed", baseline.count(Fate::changed)},
        {"stale", baseline.count(Fate::stale)}};
    if (baseline.judged != 0) json["judged"] = baseline.judged;
    if (baseline.allow_fewer) json["allow_fewer"] = true;
    if (baseline.strict) json["strict"] = true;
    json["list"] = Json::array();
    for (auto const& entry : baseline.entries) json["list"].push_back(entry_json(entry));
    return json;
}

Baseline read_baseline(Node const& node) {
    Baseline baseline{.path = node.text("path"),
                      .judged = node.number("judged", 0),
                      .allow_fewer = node.flag("allow_fewer", false),
                      .strict = node.flag("strict", false)};
    for (auto const& entry : node.items("list"))
        baseline.entries.push_back(read_known_failure(entry));
    return baseline;
}

}  // namespace wsproof::report
