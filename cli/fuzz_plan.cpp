#include "cli/fuzz_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/outputs.hpp"
#include "cli/session.hpp"
#include "fuzz/read_dictionary.hpp"
#include "harness/script/load.hpp"

namespace wsproof::cli {
namespace {

/// "64M", "1G", "4096".
std::uint64_t size_of(Values const& values, std::string_view option) {
    auto words = values.text(option);
    if (words.empty()) return 0;
    unsigned shift = 0;
    constexpr std::string_view units = "KMG";
    if (auto const unit = units.find(words.back()); unit != std::string_view::npos) {
        shift = 10 * (static_cast<unsigned>(unit) + 1);
        words.pop_back();
    }
    auto const number = parse_number(words);
    if (!number || *number == 0 || *number > (std::uint64_t{1} << 40U))
        throw UsageError(fmt::format("{}: expected a size such as 512M or 2G, found '{}'",
                                     values.find(option)->place, values.text(option)));
    return *number << shift;
}

fuzz::Phases phases_of(Values const& values) {
    auto const chosen = values.list("phase");
    if (chosen.empty()) return {};
    auto const has = [&](std::string_view name) {
        return std::ranges::find(chosen, name) != chosen.end();
    };
    return {has("handshake"), has("frames"), has("close"), has("deflate")};
}

/// The case files of a folder, in the order of their names.
std::vector<script::Variant> regressions_of(Values const& values,
                                            script::Catalogue const& catalogue) {
    auto const folder = values.text("regressions");
    if (folder.empty()) return {};
    std::error_code error;
    std::vector<std::filesystem::path> paths;
    for (auto const& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".jsonc") paths.push_back(entry.path());
    if (error)
        throw UsageError(fmt::format("{}: the folder '{}' cannot be read: {}",
                                     values.find("regressions")->place, folder, error.message()));
    std::ranges::sort(paths);
    std::vector<script::Variant> variants;
    for (auto const& path : paths) {
        auto const text = read_file(path.string());
        if (!text) throw UsageError(fmt::format("{}: the file cannot be read", path.string()));
        try {
            auto const loaded = script::load_case(
                {.path = path.string(), .text = *text, .id = script::case_id_of(path.string())},
                catalogue);
            variants.insert(variants.end(), loaded.begin(), loaded.end());
        } catch (script::CaseError const& wrong) {
            throw UsageError(wrong.what());
        }
    }
    return variants;
}

std::vector<wire::Bytes> words_of(Values const& values) {
    auto const path = values.text("dict");
    if (path.empty()) return {};
    auto const place = values.find("dict")->place;
    auto const text = read_file(path);
    if (!text) throw UsageError(fmt::format("{}: the dictionary '{}' cannot be read", place, path));
    try {
        return fuzz::read_dictionary(*text);
    } catch (fuzz::DictionaryError const& wrong) {
        throw UsageError(fmt::format("{}: '{}', {}", place, path, wrong.what()));
    }
}

}  // namespace

fuzz::Plan fuzz_plan_of(Values const& values, script::Catalogue const& catalogue) {
    fuzz::Plan plan;
    plan.seed = values.hexadecimal("seed", 0x00c0ffee5eed0001);
    plan.phases = phases_of(values);
    plan.jobs = jobs_of(values);
    if (values.is_set("runs")) plan.runs = values.number("runs", 0);
    if (values.is_set("for") || !plan.runs)
        plan.time = values.duration("for", std::chrono::seconds(60));
    if (values.is_set("stop-after")) plan.stop_after = values.number("stop-after", 1);
    plan.strict = values.text("model", "lenient") == "strict";
    plan.judges = values.text("model", "lenient") != "off";
    plan.minimize = !values.flag("no-minimize");
    plan.memory_limit = size_of(values, "rss-limit");
    plan.hang_timeout = values.duration("hang-timeout", plan.hang_timeout);
    plan.words = words_of(values);
    plan.regressions = regressions_of(values, catalogue);
    return plan;
}

}  // namespace wsproof::cli
