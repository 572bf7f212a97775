#include "harness/script/write.hpp"
#include "reports/digest.hpp"
#include "reports/model.hpp"
#include "reports/names.hpp"

namespace wsproof::report {
namespace {

/// Adds a sentence unless it is empty or already said by another fault of the case.
void say_once(std::string& text, std::string const& more) {
    if (more.empty() || text.find(more) != std::string::npos) return;
    text += (text.empty() ? "" : "; ") + more;
}

}  // namespace

CaseInfo describe(script::Variant const& variant, script::Catalogue const& catalogue) {
    auto const& rule = catalogue.rule_of(variant);
    CaseInfo info{.id = variant.id,
                  .title = variant.says,
                  .rule = rule.id,
                  .rule_text = rule.text,
                  .level = rule.level,
                  .document = rule.document(),
                  .section = rule.section(),
                  .role = std::string(names::binds.of(rule.binds)),
                  .statements = rule.statements,
                  .aliases = variant.aliases,
                  .tags = variant.tags,
                  .digest = "sha256:" + sha256_hex(script::write(variant))};
    explain_by(info, variant.faults, catalogue);
    return info;
}

void explain_by(CaseInfo& info, std::vector<std::string> const& faults,
                script::Catalogue const& catalogue) {
    constexpr std::size_t most = 2;
    info.why.clear();
    info.fix.clear();
    std::size_t said = 0;
    for (auto const& fault : faults) {
        auto const found = catalogue.faults.find(fault);
        if (found == catalogue.faults.end() || said == most) continue;
        ++said;
        say_once(info.why, found->second.effect);
        say_once(info.fix, found->second.fix);
    }
}

std::map<std::string, RuleInfo> rules_of(script::Catalogue const& catalogue) {
    std::map<std::string, RuleInfo> rules;
    for (auto const& [id, rule] : catalogue.rules)
        rules[id] = {rule.level, rule.document(), rule.section(), rule.text};
    return rules;
}

}  // namespace wsproof::report
