// Reads the tables for owners: findings.jsonc, hooks.jsonc.
#include <algorithm>
#include <array>

#include "harness/script/load.hpp"
#include "harness/script/reading.hpp"
#include "harness/script/reading_file.hpp"

namespace wsproof::script {
namespace {

/// In the order of the enumerators.
constexpr std::array<std::string_view, 5> areas{"origin", "authentication", "shutdown",
                                                "robustness", "tls"};
constexpr std::array<std::string_view, 5> severities{"info", "low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 3> doers{"page", "network", "nobody"};
constexpr std::array<std::string_view, 9> signs{"hijacked",     "unexplained",     "other-status",
                                                "dropped",      "missing-allowed", "frames-limited",
                                                "wire-limited", "unlimited",       "advisory"};

Severity read_severity(Node const& node) {
    return static_cast<Severity>(as_word(node, severities, "a severity"));
}

bool is_finding_id(std::string_view id) {
    return id.starts_with("WS-") && std::ranges::all_of(id, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
           });
}

std::vector<std::string> texts(Node const& node, std::string const& key) {
    auto const* const list = node.find(key);
    return list == nullptr ? std::vector<std::string>{} : as_texts(*list, key);
}

FindingInfo read_finding(Member const& member) {
    static constexpr std::array<std::string_view, 14> keys{
        "area", "severity", "network", "by",      "title", "policy", "means",
        "fix",  "faults",   "sign",    "in_part", "cwe",   "asvs",   "cvss"};
    if (!is_finding_id(member.key))
        throw Wrong(member.line, "expected a finding's id WS-…, found \"" + member.key + "\"");
    auto const& node = as_object(member.value, "{ area, severity, by, title, … } for a finding");
    check_keys(node, keys, "a finding");
    FindingInfo finding;
    finding.id = member.key;
    auto const what = "the finding " + finding.id;
    auto const sentence = [&](std::string const& key) {
        return filled_text(required(node, key, what), "a sentence for \"" + key + "\"");
    };
    finding.area = static_cast<Area>(as_word(required(node, "area", what), areas, "an area"));
    finding.severity = read_severity(required(node, "severity", what));
    auto const* const network = node.find("network");
    finding.on_network = network == nullptr ? finding.severity : read_severity(*network);
    finding.by = static_cast<Doer>(as_word(required(node, "by", what), doers, "a doer"));
    finding.title = sentence("title");
    finding.means = sentence("means");
    finding.fix = sentence("fix");
    if (auto const* const policy = node.find("policy"))
        finding.policy = as_text(*policy, "words for \"policy\"");
    if (auto const* const cvss = node.find("cvss"))
        finding.cvss = as_text(*cvss, "a vector for \"cvss\"");
    if (auto const* const sign = node.find("sign"))
        finding.sign = static_cast<Sign>(as_word(*sign, signs, "a sign") + 1);
    if (auto const* const in_part = node.find("in_part"))
        finding.in_part = as_boolean(*in_part, "in_part");
    finding.faults = texts(node, "faults");
    finding.cwe = texts(node, "cwe");
    finding.asvs = texts(node, "asvs");
    if (finding.faults.empty() == (finding.sign == Sign::none))
        throw Wrong(member.line, "expected either \"faults\" or a \"sign\" for " + what);
    return finding;
}

}  // namespace

std::map<std::string, FindingInfo> read_findings(SourceFile const& file) {
    return in_file(file, [&] {
        std::map<std::string, FindingInfo> findings;
        Node const root = parse_json(file.text);
        for (auto const& member : as_object(root, "{ id: finding }").members)
            findings.emplace(member.key, read_finding(member));
        return findings;
    });
}

std::map<Area, Hooks> read_hooks(SourceFile const& file) {
    return in_file(file, [&] {
        std::map<Area, Hooks> all;
        Node const root = parse_json(file.text);
        for (auto const& area : as_object(root, "{ area: hooks }").members) {
            auto const known = std::ranges::find(areas, area.key);
            if (known == areas.end())
                throw Wrong(area.line, "expected an area (" + listed(areas) + "), found \"" +
                                           area.key + "\"" + suggestion(area.key, areas));
            auto& hooks = all[static_cast<Area>(known - areas.begin())];
            for (auto const& library : as_object(area.value, "{ library: words }").members)
                hooks.emplace_back(library.key, as_text(library.value, "words for a hook"));
        }
        return all;
    });
}

}  // namespace wsproof::script
