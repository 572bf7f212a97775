#include "harness/run/select.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "harness/run/expression.hpp"

namespace wsproof::run {
namespace {

using script::Variant;
using Variants = std::set<Variant const*>;

bool binds(script::Rule const& rule, std::optional<wire::Role> target_role) {
    if (!target_role || rule.binds == script::Binds::endpoint) return true;
    return (rule.binds == script::Binds::server) == (*target_role == wire::Role::server);
}

Variants smoke(script::Catalogue const& catalogue, Variants const& all) {
    Variants first;
    std::set<std::string_view> seen;
    for (auto const& variant : catalogue.variants) {
        if (!all.contains(&variant) || variant.exclusive || is_slow(variant) ||
            is_limit(variant.case_id, variant.tags) ||
            catalogue.rule_of(variant).level != script::Level::must)
            continue;
        if (seen.insert(variant.case_id).second) first.insert(&variant);
    }
    return first;
}

/// Applies expressions one after the other.
class Selection {
public:
    Selection(script::Catalogue const& catalogue, Choice const& choice) : catalogue_(catalogue) {
        for (auto const& variant : catalogue.variants)
            if (binds(catalogue.rule_of(variant), choice.role)) all_.insert(&variant);
        within_ = all_;
        if (choice.breadth == Breadth::smoke) within_ = smoke(catalogue, all_);
        if (choice.breadth == Breadth::ordinary)
            std::erase_if(within_, [](Variant const* variant) {
                return is_slow(*variant) || is_limit(variant->case_id, variant->tags);
            });
        if (choice.spares_target) std::erase_if(within_, std::mem_fn(&Variant::stops_target));
    }

    void everything() { chosen_ = within_; }

    void apply(std::string_view expression) {
        bool const removes = expression.starts_with('!');
        if (removes) expression.remove_prefix(1);
        if (expression.empty()) throw SelectError("an empty expression");
        auto const hits = matching(expression);
        if (!removes) return add(hits);
        for (auto const* const hit : hits) chosen_.erase(hit);
    }

    std::vector<Variant const*> in_order() const {
        std::vector<Variant const*> variants(chosen_.begin(), chosen_.end());
        std::ranges::sort(variants, {}, &Variant::id);
        return variants;
    }

private:
    Variants matching(std::string_view expression) const {
        Variants hits;
        bool other_role = false;
        for (auto const& variant : catalogue_.variants) {
            if (!matches(expression, variant, catalogue_)) continue;
            if (all_.contains(&variant))
                hits.insert(&variant);
            else
                other_role = true;
        }
        if (hits.empty()) nothing_matches(expression, other_role);
        return hits;
    }

    void add(Variants const& hits) {
        bool const inside = std::ranges::any_of(
            hits, [&](Variant const* variant) { return within_.contains(variant); });
        for (auto const* const hit : hits)
            if (!inside || within_.contains(hit)) chosen_.insert(hit);
    }

    [[noreturn]] void nothing_matches(std::string_view expression, bool other_role) const {
        std::string words = "no case matches '" + std::string(expression) + "'";
        if (other_role)
            words += " for this role: its rules bind the other side of the connection";
        else if (auto const near = meant_by(expression, catalogue_); !near.empty())
            words += "; did you mean '" + near + "'?";
        else
            words += "; `wsproof list` shows every case";
        throw SelectError(words);
    }

    script::Catalogue const& catalogue_;
    Variants all_ = {};     ///< for the role
    Variants within_ = {};  ///< of these, those in the breadth
    Variants chosen_ = {};
};

}  // namespace

std::vector<Variant const*> select(script::Catalogue const& catalogue, Choice const& choice,
                                   std::span<std::string const> expressions) {
    Selection selection(catalogue, choice);
    if (expressions.empty() || expressions.front().starts_with('!')) selection.everything();
    for (auto const& expression : expressions) selection.apply(expression);
    return selection.in_order();
}

std::vector<Variant const*> select(script::Catalogue const& catalogue, wire::Role target_role,
                                   std::span<std::string const> expressions) {
    return select(catalogue, Choice{.role = target_role}, expressions);
}

}  // namespace wsproof::run
