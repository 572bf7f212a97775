#include "cli/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <sstream>

#include "cli/outputs.hpp"
#include "harness/run/select.hpp"
#include "reference_impl/wire/http_head.hpp"

namespace wsproof::cli {
namespace {

using Variants = std::vector<script::Variant const*>;

bool is_slow(script::Variant const& variant) {
    return std::ranges::find(variant.tags, "slow") != variant.tags.end();
}

/// The first variant of every case whose rule is a must, and that need not run alone.
void keep_smoke(Variants& variants, script::Catalogue const& catalogue) {
    std::set<std::string> seen;
    std::erase_if(variants, [&](script::Variant const* variant) {
        return variant->exclusive || catalogue.rule_of(*variant).level != script::Level::must ||
               !seen.insert(variant->case_id).second;
    });
}

/// The first word of a line; `list` prints the title behind the id.
std::string expression_in(std::string const& line) {
    auto const text = wire::trim(std::string_view(line).substr(0, line.find('\r')));
    auto const end = std::min(text.find_first_of(" \t"), text.size());
    return text.starts_with('#') ? std::string() : std::string(text.substr(0, end));
}

}  // namespace

script::Catalogue load_cases(Values const& values) {
    auto const folder = values.text("cases");
    try {
        if (folder.empty()) return script::embedded_catalogue();
        std::error_code ignored;
        if (!std::filesystem::is_directory(folder, ignored))
            throw UsageError(fmt::format("--cases: {} is no folder", folder));
        auto const files = script::files_below(folder);
        return script::load(files);
    } catch (script::CaseError const& error) {
        throw UsageError(error.what());
    }
}

std::vector<std::string> expressions_of(Values const& values) {
    auto expressions = values.list("select");
    for (auto const& path : values.list("select-file")) {
        auto const text = read_file(path);
        if (!text) throw UsageError(fmt::format("--select-file: {} cannot be read", path));
        std::istringstream lines(*text);
        for (std::string line; std::getline(lines, line);)
            if (auto expression = expression_in(line); !expression.empty())
                expressions.push_back(std::move(expression));
    }
    return expressions;
}

Variants selected(script::Catalogue const& catalogue, std::vector<std::string> const& expressions,
                  wire::Role role) {
    try {
        return run::select(catalogue, role, expressions);
    } catch (run::SelectError const& error) {
        throw UsageError(error.what());
    }
}

Variants selected(script::Catalogue const& catalogue, Values const& values, wire::Role role) {
    auto const expressions = expressions_of(values);
    auto variants = selected(catalogue, expressions, role);
    auto const profile = values.text("profile", "default");
    if (profile == "smoke") keep_smoke(variants, catalogue);
    // Who names a slow case means it.
    if (profile != "full" && expressions.empty())
        std::erase_if(variants, [](script::Variant const* variant) { return is_slow(*variant); });
    return variants;
}

Variants selected_for_any_role(script::Catalogue const& catalogue,
                               std::vector<std::string> const& expressions) {
    std::map<std::string, script::Variant const*> by_id;
    std::optional<UsageError> failure;
    for (auto const role : {wire::Role::server, wire::Role::client}) {
        try {
            for (auto const* const variant : selected(catalogue, expressions, role))
                by_id.emplace(variant->id, variant);
        } catch (UsageError const& error) {
            if (failure) throw;
            failure = error;
        }
    }
    Variants variants;
    for (auto const& [id, variant] : by_id) variants.push_back(variant);
    return variants;
}

std::map<std::string, std::string> skips_of(script::Catalogue const& catalogue,
                                            Config const& config, wire::Role role) {
    std::map<std::string, std::string> skips;
    for (auto const& rule : config.skips)
        for (auto const* const variant : selected(catalogue, {rule.cases}, role))
            skips.emplace(variant->id, rule.why);
    return skips;
}

}  // namespace wsproof::cli
