// `wsproof list`: the cases, for people and for tools.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/exit_code.hpp"
#include "cli/list_rules.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "reports/names.hpp"

namespace wsproof::cli {
namespace {

using Json = nlohmann::ordered_json;
using Variants = std::vector<script::Variant const*>;

Json as_json(script::Variant const& variant, script::Rule const& rule) {
    return Json{{"id", variant.id},
                {"case", variant.case_id},
                {"says", variant.says},
                {"rule", rule.id},
                {"document", rule.document()},
                {"section", rule.section()},
                {"level", report::names::level.of(rule.level)},
                {"role", report::names::binds.of(rule.binds)},
                {"statements", rule.statements},
                {"aliases", variant.aliases},
                {"tags", variant.tags},
                {"needs", variant.needs},
                {"faults", variant.faults},
                {"twin", variant.twin.empty() ? Json(nullptr) : Json(variant.twin)},
                {"exclusive", variant.exclusive}};
}

std::string cases_as_json(script::Catalogue const& catalogue, Variants const& variants) {
    auto array = Json::array();
    for (auto const* const variant : variants)
        array.push_back(as_json(*variant, catalogue.rule_of(*variant)));
    return array.dump(1) + "\n";
}

std::string cases_as_text(script::Catalogue const& catalogue, Variants const& variants) {
    std::size_t widest = 0;
    for (auto const* const variant : variants) widest = std::max(widest, variant->id.size());
    std::string text;
    for (auto const* const variant : variants) {
        auto const& rule = catalogue.rule_of(*variant);
        text += fmt::format("{:<{}}  {:<6}  {} {:<7}  {}\n", variant->id, widest,
                            report::names::level.of(rule.level), rule.document(), rule.section(),
                            variant->says);
    }
    return text;
}

}  // namespace

int list(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    auto const catalogue = load_cases(values);
    auto const variants = selected_for_any_role(catalogue, values);
    bool const json = values.flag("json");
    if (values.flag("rules"))
        terminal.result(rules_listed(catalogue, variants, json));
    else
        terminal.result(json ? cases_as_json(catalogue, variants)
                             : cases_as_text(catalogue, variants));
    return terminal.failed() ? exit_code::incomplete : exit_code::ok;
}

}  // namespace wsproof::cli
