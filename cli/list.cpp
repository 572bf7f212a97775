// `wsproof list`: the cases, for people and for tools.
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/exit_code.hpp"
#include "cli/list_rules.hpp"
#include "cli/selection.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "harness/run/expression.hpp"
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

std::string one_a_line(std::vector<std::string> const& words) {
    return fmt::format("{}\n", fmt::join(words, "\n"));
}

std::vector<std::string> ids_of(Variants const& variants) {
    std::vector<std::string> ids;
    for (auto const* const variant : variants) ids.push_back(variant->case_id);
    auto const repeated = std::ranges::unique(ids);
    ids.erase(repeated.begin(), repeated.end());
    return ids;
}

std::string listed(script::Catalogue const& catalogue, Variants const& variants,
                   Values const& values) {
    bool const json = values.flag("json");
    if (values.flag("ids")) return one_a_line(ids_of(variants));
    if (values.flag("rules")) return rules_listed(catalogue, variants, json);
    return json ? cases_as_json(catalogue, variants) : cases_as_text(catalogue, variants);
}

}  // namespace

int list(Invocation& invocation, Environment const& environment) {
    auto const& values = invocation.values;
    Terminal terminal(values, environment);
    auto const catalogue = load_cases(values);
    if (values.flag("expressions"))
        terminal.result(one_a_line(run::all_expressions(catalogue)));
    else
        terminal.result(listed(catalogue, selected_without_target(catalogue, values), values));
    return terminal.failed() ? exit_code::incomplete : exit_code::ok;
}

}  // namespace wsproof::cli
