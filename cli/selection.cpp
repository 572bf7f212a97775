#include "cli/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "cli/outputs.hpp"
#include "reference_impl/wire/http_head.hpp"

namespace wsproof::cli {
namespace {

using Variants = std::vector<script::Variant const*>;

/// The first word of a line; `list` prints the title behind the id.
std::string expression_in(std::string const& line) {
    auto const text = wire::trim(std::string_view(line).substr(0, line.find('\r')));
    auto const end = std::min(text.find_first_of(" \t"), text.size());
    return text.starts_with('#') ? std::string() : std::string(text.substr(0, end));
}

Variants chosen(script::Catalogue const& catalogue, run::Choice const& choice,
                std::vector<std::string> const& expressions) {
    try {
        return run::select(catalogue, choice, expressions);
    } catch (run::SelectError const& error) {
        throw UsageError(error.what());
    }
}

}  // namespace

std::vector<script::SourceFile> case_files(std::vector<std::string> const& folders,
                                           std::string_view place) {
    std::vector<std::filesystem::path> paths;
    for (auto const& folder : folders) {
        std::error_code ignored;
        if (!std::filesystem::is_directory(folder, ignored))
            throw UsageError(fmt::format("{}: {} is no folder", place, folder));
        paths.emplace_back(folder);
    }
    try {
        return script::files_with(paths);
    } catch (script::CaseError const& error) {
        throw UsageError(error.what());
    }
}

script::Catalogue load_cases(Values const& values) {
    auto const files = case_files(values.list("cases"), "--cases");
    try {
        return script::load(files);
    } catch (script::CaseError const& error) {
        throw UsageError(error.what());
    }
}

std::vector<std::string> expressions_of(Values const& values) {
    std::vector<std::string> expressions;
    for (auto const& path : values.list("select-file")) {
        auto const text = read_file(path);
        if (!text) throw UsageError(fmt::format("--select-file: {} cannot be read", path));
        std::istringstream lines(*text);
        for (std::string line; std::getline(lines, line);)
            if (auto expression = expression_in(line); !expression.empty())
                expressions.push_back(std::move(expression));
    }
    auto const given = values.list("select");
    expressions.insert(expressions.end(), given.begin(), given.end());
    return expressions;
}

run::Breadth breadth_of(Values const& values, std::string_view otherwise) {
    auto const profile = values.text("profile", otherwise);
    if (profile == "smoke") return run::Breadth::smoke;
    return profile == "full" ? run::Breadth::full : run::Breadth::ordinary;
}

std::optional<run::Shard> shard_of(Values const& values) {
    auto const* const value = values.find("shard");
    if (value == nullptr) return std::nullopt;
    auto const shard = run::parse_shard(value->words.back());
    if (!shard)
        throw UsageError(
            fmt::format("{}: '{}' is no shard: write I/N, such as 2/4, with I from 1 "
                        "to N and N at most 10000",
                        value->place, value->words.back()));
    return shard;
}

run::Repetition repetition_of(Values const& values) {
    constexpr std::uint64_t most = 1000;
    run::Repetition const repetition{
        .retries = static_cast<unsigned>(std::min(values.number("retries", 0), most + 1)),
        .repeat = static_cast<unsigned>(std::min(values.number("repeat", 1), most + 1))};
    if (repetition.retries > most || repetition.repeat > most || repetition.repeat == 0)
        throw UsageError(fmt::format("--retries takes 0 to {0}, --repeat 1 to {0}", most));
    if (repetition.retries != 0 && repetition.repeat != 1)
        throw UsageError(
            "--retries and --repeat: one of them alone, for --repeat plays a case "
            "again whatever came of it");
    return repetition;
}

Variants selected(script::Catalogue const& catalogue, std::vector<std::string> const& expressions,
                  wire::Role role) {
    return chosen(catalogue, {.role = role}, expressions);
}

Variants selected(script::Catalogue const& catalogue, Values const& values, wire::Role role) {
    auto const shard = shard_of(values);
    auto variants =
        chosen(catalogue, {.role = role, .breadth = breadth_of(values), .spares_target = true},
               expressions_of(values));
    if (shard)
        std::erase_if(variants, [&](script::Variant const* variant) {
            return !shard->has(variant->case_id);
        });
    return variants;
}

Variants selected_without_target(script::Catalogue const& catalogue, Values const& values) {
    run::Choice choice{.breadth = breadth_of(values, "full")};
    if (auto const role = values.text("role"); !role.empty()) {
        choice.role = role == "server" ? wire::Role::server : wire::Role::client;
        choice.spares_target = true;
    }
    auto expressions = values.positionals;
    auto const further = expressions_of(values);
    expressions.insert(expressions.end(), further.begin(), further.end());
    return chosen(catalogue, choice, expressions);
}

std::map<std::string, std::string> skips_of(script::Catalogue const& catalogue,
                                            Config const& config, wire::Role role) {
    std::map<std::string, std::string> skips;
    for (auto const& rule : config.skips) {
        try {
            for (auto const* const variant : selected(catalogue, rule.cases, role))
                skips.emplace(variant->id, rule.why);
        } catch (UsageError const& error) {
            throw UsageError(fmt::format("{}: {}", rule.place, error.what()));
        }
    }
    return skips;
}

}  // namespace wsproof::cli
