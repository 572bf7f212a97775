#include "harness/run/expression.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>

#include "harness/run/nearest.hpp"

namespace wsproof::run {
namespace {

using script::Binds;
using script::Level;
using script::Rule;
using script::Variant;

constexpr std::string_view rfc_prefix = "rfc:";
constexpr std::string_view autobahn_prefix = "autobahn:";
constexpr std::string_view needs_prefix = "needs-";
/// Tags that every catalogue has; folders, tags of cases and needs come in addition.
constexpr std::array<std::string_view, 10> standing_tags{
    "all", "default", "must", "should", "may", "server", "client", "exclusive", "slow", "limits"};

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

std::string_view folder_of(std::string_view case_id) {
    return case_id.substr(0, case_id.find('/'));
}

bool contains(std::vector<std::string> const& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

bool has_tag(std::string_view tag, Variant const& variant, Rule const& rule) {
    if (tag == "all") return true;
    if (tag == "default")
        return !is_slow(variant) && !is_limit(variant.case_id, variant.tags) &&
               !variant.stops_target();
    if (tag == "must") return rule.level == Level::must;
    if (tag == "should") return rule.level == Level::should;
    if (tag == "may") return rule.level == Level::may;
    if (tag == "server") return rule.binds != Binds::client;
    if (tag == "client") return rule.binds != Binds::server;
    if (tag == "exclusive") return variant.exclusive;
    if (tag == "limits") return is_limit(variant.case_id, variant.tags);
    if (tag.starts_with(needs_prefix))
        return contains(variant.needs, tag.substr(needs_prefix.size()));
    return folder_of(variant.case_id) == tag || contains(variant.tags, tag);
}

/// "5.5" means the section and everything below it.
bool in_section(std::string_view section, std::string_view wanted) {
    if (glob(wanted, section)) return true;
    return section.starts_with(wanted) && section.size() > wanted.size() &&
           section[wanted.size()] == '.';
}

/// "5.5.1", "7692/7.1", "6455": sections of the RFCs, not of rules that a user has made.
bool under_rfc(std::string_view wanted, Rule const& rule) {
    auto const document = rule.document();
    if (!document.starts_with("RFC ")) return false;
    auto const number = std::string_view(document).substr(4);
    if (wanted == number) return true;
    auto const slash = wanted.find('/');
    if (slash == std::string_view::npos) return in_section(rule.section(), wanted);
    return wanted.substr(0, slash) == number &&
           in_section(rule.section(), wanted.substr(slash + 1));
}

bool has_number(std::string_view wanted, Variant const& variant) {
    return std::ranges::any_of(variant.aliases, [&](std::string_view alias) {
        return alias.starts_with(autobahn_prefix) &&
               in_section(alias.substr(autobahn_prefix.size()), wanted);
    });
}

using NameSet = std::set<std::string, std::less<>>;

NameSet tags_of(script::Catalogue const& catalogue) {
    NameSet names;
    for (auto const tag : standing_tags) names.insert("@" + std::string(tag));
    for (auto const& variant : catalogue.variants) {
        names.insert("@" + std::string(folder_of(variant.case_id)));
        for (auto const& tag : variant.tags) names.insert("@" + tag);
        for (auto const& need : variant.needs) names.insert("@needs-" + need);
    }
    return names;
}

NameSet sections_of(script::Catalogue const& catalogue) {
    NameSet names;
    for (auto const& variant : catalogue.variants) {
        auto const& rule = catalogue.rule_of(variant);
        auto const document = rule.document();
        if (!document.starts_with("RFC ")) continue;
        names.insert("rfc:" + rule.section());
        names.insert("rfc:" + document.substr(4));
        names.insert("rfc:" + document.substr(4) + "/" + rule.section());
    }
    return names;
}

NameSet numbers_of(script::Catalogue const& catalogue) {
    NameSet names;
    for (auto const& variant : catalogue.variants)
        for (auto const& alias : variant.aliases) {
            names.insert(alias);
            for (auto dot = alias.find('.'); dot != std::string::npos;
                 dot = alias.find('.', dot + 1))
                names.insert(alias.substr(0, dot) + ".*");
        }
    return names;
}

NameSet ids_of(script::Catalogue const& catalogue) {
    NameSet names;
    for (auto const& variant : catalogue.variants) {
        names.insert(variant.id);
        names.insert(variant.case_id);
        names.insert(std::string(folder_of(variant.case_id)) + "/*");
    }
    return names;
}

}  // namespace

bool is_limit(std::string_view case_id, std::vector<std::string> const& tags) {
    return folder_of(case_id) == "limits" || contains(tags, "limits");
}

bool is_slow(Variant const& variant) {
    return contains(variant.tags, "slow");
}

bool matches(std::string_view expression, Variant const& variant,
             script::Catalogue const& catalogue) {
    if (expression.starts_with('@'))
        return has_tag(expression.substr(1), variant, catalogue.rule_of(variant));
    if (expression.starts_with(rfc_prefix))
        return under_rfc(expression.substr(rfc_prefix.size()), catalogue.rule_of(variant));
    if (expression.starts_with(autobahn_prefix))
        return has_number(expression.substr(autobahn_prefix.size()), variant);
    return glob(expression, variant.id) || glob(expression, variant.case_id);
}

std::string meant_by(std::string_view expression, script::Catalogue const& catalogue) {
    auto const near = [&](NameSet const& names) {
        return nearest(expression, std::vector<std::string>(names.begin(), names.end()));
    };
    auto names = expression.starts_with('@')               ? tags_of(catalogue)
                 : expression.starts_with(rfc_prefix)      ? sections_of(catalogue)
                 : expression.starts_with(autobahn_prefix) ? numbers_of(catalogue)
                                                           : ids_of(catalogue);
    if (auto const same_kind = near(names); !same_kind.empty()) return same_kind;
    // The prefix may be mistyped itself ("rcf:5.1"), or forgotten ("should").
    names = tags_of(catalogue);
    names.merge(sections_of(catalogue));
    names.merge(numbers_of(catalogue));
    return near(names);
}

std::vector<std::string> all_expressions(script::Catalogue const& catalogue) {
    auto names = ids_of(catalogue);
    names.merge(tags_of(catalogue));
    names.merge(sections_of(catalogue));
    names.merge(numbers_of(catalogue));
    return {names.begin(), names.end()};
}

}  // namespace wsproof::run
