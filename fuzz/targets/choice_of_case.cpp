#include "fuzz/targets/choice_of_case.hpp"

#include <map>

namespace wsproof::fuzz {
namespace {

struct Cases {
    script::Catalogue catalogue = script::embedded_catalogue();
    std::multimap<std::uint16_t, script::Variant const*> by_mark = {};
    Cases() {
        for (auto const& variant : catalogue.variants)
            by_mark.emplace(mark_of(variant.id), &variant);
    }
};

}  // namespace

ChosenCase case_marked(std::uint16_t mark) {
    static Cases const cases;  // read once: it never changes
    auto const at = cases.by_mark.lower_bound(mark);
    auto const& variant = *(at == cases.by_mark.end() ? cases.by_mark.begin() : at)->second;
    return {variant, cases.catalogue.rule_of(variant).binds};
}

}  // namespace wsproof::fuzz
