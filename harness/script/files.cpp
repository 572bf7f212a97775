// Case files on disk: the repository's, and a user's own.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "harness/script/catalogue.hpp"
#include "harness/script/load.hpp"

namespace wsproof::script {
namespace {

namespace fs = std::filesystem;

std::string read_file(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw CaseError({path.string(), 0}, "expected a file that can be read");
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Every case file, with its path below the folder.
std::vector<std::pair<std::string, fs::path>> found_below(fs::path const& folder) {
    std::vector<std::pair<std::string, fs::path>> found;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error))
        if (at->is_regular_file() && at->path().extension() == ".jsonc")
            found.emplace_back(at->path().lexically_relative(folder).generic_string(), at->path());
    if (error || found.empty())
        throw CaseError({folder.string(), 0}, "expected a folder with case files");
    std::ranges::sort(found);
    return found;
}

/// "mine" of "mine", "../mine/" and, standing in it, ".".
std::string name_of(fs::path const& folder) {
    std::error_code error;
    auto const whole = fs::weakly_canonical(folder, error);
    return (error ? folder : whole).filename().string();
}

/// Told by the text, for whoever works on the built-in cases may have renamed a rule, or slipped.
bool has_built_in_rules(fs::path const& folder, std::map<std::string, Rule> const& built_in) {
    auto const path = folder / "rules.jsonc";
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return false;
    auto const text = read_file(path);
    auto const named = std::ranges::count_if(built_in, [&](auto const& entry) {
        return text.find('"' + entry.first + '"') != std::string::npos;
    });
    return 2 * static_cast<std::size_t>(named) >= built_in.size();
}

std::map<std::string, Rule> built_in_rules(std::vector<SourceFile> const& embedded) {
    auto const rules = std::ranges::find(embedded, "cases/rules.jsonc", &SourceFile::path);
    return rules == embedded.end() ? std::map<std::string, Rule>{} : read_rules(*rules);
}

}  // namespace

std::vector<SourceFile> files_below(fs::path const& cases_folder) {
    std::vector<SourceFile> files;
    for (auto const& [below, path] : found_below(cases_folder))
        files.push_back({.path = "cases/" + below, .text = read_file(path)});
    return files;
}

std::vector<SourceFile> own_files(fs::path const& folder) {
    std::vector<SourceFile> files;
    for (auto const& [below, path] : found_below(folder)) {
        auto const stem = below.substr(0, below.size() - std::string_view(".jsonc").size());
        bool const is_table = stem == "rules" || stem == "faults";
        files.push_back({.path = path.lexically_normal().generic_string(),
                         .text = read_file(path),
                         .id = is_table ? stem : name_of(folder) + "/" + stem});
    }
    return files;
}

std::vector<SourceFile> files_with(std::span<fs::path const> folders) {
    auto files = embedded_files();
    if (folders.empty()) return files;
    auto const rules = built_in_rules(files);
    for (auto const& folder : folders) {
        bool const replaces = has_built_in_rules(folder, rules);
        if (replaces) std::erase_if(files, [](SourceFile const& file) { return !file.is_own(); });
        auto more = replaces ? files_below(folder) : own_files(folder);
        files.insert(files.end(), std::make_move_iterator(more.begin()),
                     std::make_move_iterator(more.end()));
    }
    return files;
}

}  // namespace wsproof::script
