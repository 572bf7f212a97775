#include "harness/run/select.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>

#include "harness/run/nearest.hpp"

namespace wsproof::run {
namespace {

using script::Variant;

/// Shell-like: `*` any run of characters, `?` one.
bool glob(std::string_view pattern, std::string_view text) {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t after_star = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            after_star = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++after_star;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

bool binds(script::Rule const& rule, wire::Role target_role) {
    if (rule.binds == script::Binds::endpoint) return true;
    return (rule.binds == script::Binds::server) == (target_role == wire::Role::server);
}

std::string_view folder_of(Variant const& variant) {
    return std::string_view(variant.case_id).substr(0, variant.case_id.find('/'));
}

bool has_tag(Variant const& variant, script::Rule const& rule, std::string_view tag) {
    using script::Level;
    if (tag == "all" || tag == "default") return true;
    if (tag == "must") return rule.level == Level::must;
    if (tag == "should") return rule.level == Level::should;
    if (tag == "may") return rule.level == Level::may;
    if (tag == "exclusive") return variant.exclusive;
    return folder_of(variant) == tag || std::ranges::find(variant.tags, tag) != variant.tags.end();
}

/// "5.5" means the section and everything below it.
bool in_section(std::string_view section, std::string_view wanted) {
    if (glob(wanted, section)) return true;
    return section.starts_with(wanted) && section.size() > wanted.size() &&
           section[wanted.size()] == '.';
}

/// "rfc:5.5.1", "rfc:7692/7.1", "rfc:6455".
bool under_rfc(script::Rule const& rule, std::string_view wanted) {
    auto const document = rule.document();
    auto const number = std::string_view(document).substr(document.find(' ') + 1);
    if (wanted == number) return true;
    auto const slash = wanted.find('/');
    if (slash == std::string_view::npos) return in_section(rule.section(), wanted);
    return wanted.substr(0, slash) == number &&
           in_section(rule.section(), wanted.substr(slash + 1));
}

bool by_id(Variant const& variant, std::string_view pattern) {
    return glob(pattern, variant.id) || glob(pattern, variant.case_id);
}

bool matches(Variant const& variant, script::Rule const& rule, std::string_view expression) {
    if (expression.starts_with('@')) return has_tag(variant, rule, expression.substr(1));
    if (expression.starts_with("rfc:")) return under_rfc(rule, expression.substr(4));
    if (expression.starts_with("autobahn:"))
        return std::ranges::any_of(variant.aliases,
                                   [&](auto const& alias) { return glob(expression, alias); });
    return by_id(variant, expression);
}

/// Names that somebody may have meant: ids of cases and variants, folders, tags, aliases.
std::vector<std::string> known_names(script::Catalogue const& catalogue) {
    std::set<std::string> names{"@must", "@should", "@may", "@all", "@exclusive"};
    for (auto const& variant : catalogue.variants) {
        names.insert(variant.id);
        names.insert(variant.case_id);
        names.insert("@" + std::string(folder_of(variant)));
        names.insert(std::string(folder_of(variant)) + "/*");
        for (auto const& tag : variant.tags) names.insert("@" + tag);
        names.insert(variant.aliases.begin(), variant.aliases.end());
        names.insert("rfc:" + catalogue.rule_of(variant).section());
    }
    return {names.begin(), names.end()};
}

[[noreturn]] void nothing_matches(script::Catalogue const& catalogue, std::string_view expression,
                                  bool other_role) {
    std::string words = "no case matches '" + std::string(expression) + "'";
    if (other_role) {
        words += " for this role: its rules bind the other side of the connection";
    } else if (auto const near = nearest(expression, known_names(catalogue)); !near.empty()) {
        words += "; did you mean '" + near + "'?";
    } else {
        words += "; `wsproof list` shows every case";
    }
    throw SelectError(words);
}

}  // namespace

std::vector<Variant const*> select(script::Catalogue const& catalogue, wire::Role target_role,
                                   std::span<std::string const> expressions) {
    bool const only_removes = std::ranges::all_of(
        expressions, [](auto const& expression) { return expression.starts_with('!'); });
    std::set<Variant const*> chosen;
    auto const each = [&](std::string_view expression, auto&& use) {
        bool other_role = false;
        std::size_t hits = 0;
        for (auto const& variant : catalogue.variants) {
            auto const& rule = catalogue.rule_of(variant);
            if (!matches(variant, rule, expression)) continue;
            if (!binds(rule, target_role)) {
                other_role = true;
                continue;
            }
            ++hits;
            use(&variant);
        }
        if (hits == 0) nothing_matches(catalogue, expression, other_role);
    };
    if (only_removes) each("@all", [&](Variant const* variant) { chosen.insert(variant); });
    for (auto const& expression : expressions) {
        if (expression.empty() || expression == "!") throw SelectError("an empty expression");
        if (expression.front() == '!')
            each(std::string_view(expression).substr(1),
                 [&](Variant const* variant) { chosen.erase(variant); });
        else
            each(expression, [&](Variant const* variant) { chosen.insert(variant); });
    }
    std::vector<Variant const*> in_order(chosen.begin(), chosen.end());
    std::ranges::sort(in_order, {}, &Variant::id);
    return in_order;
}

}  // namespace wsproof::run
