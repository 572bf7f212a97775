// The floors of docs/architecture.md: each folder includes only what stands below it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace wsproof::proof {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::vector<std::string>> const may_include{
    {"reference_impl/wire", {}},
    {"reference_impl/protocol", {"reference_impl/wire"}},
    {"reference_impl/server", {"reference_impl/wire", "reference_impl/protocol"}},
    {"reference_impl/client", {"reference_impl/wire", "reference_impl/protocol"}},
    {"harness/script", {"reference_impl/wire"}},
    {"harness/play", {"reference_impl/wire", "harness/script"}},
    {"harness/net", {"reference_impl/wire", "harness/play"}},
    {"harness/run", {"reference_impl/wire", "harness/script", "harness/play", "harness/net"}},
    {"reports", {"reference_impl/wire", "harness/script", "harness/play", "harness/run"}},
    {"fuzz",
     {"reference_impl/wire", "reference_impl/protocol", "harness/script", "harness/play",
      "harness/run"}},
    // A target is about one of the others.
    {"fuzz/targets",
     {"reference_impl/wire", "reference_impl/protocol", "harness/script", "harness/play",
      "harness/net", "fuzz", "reports", "cli"}},
};

/// The one door from the harness to the reference.
bool is_exempt(std::string const& file, std::string const& folder) {
    return folder == "reference_impl/protocol" &&
           (file.starts_with("harness/play/endpoint_peer.") ||
            file.starts_with("harness/play/self_test"));
}

std::string folder_of(std::string const& path) {
    std::string innermost;
    for (auto const& [folder, below] : may_include)
        if (path.starts_with(folder + "/") && folder.size() > innermost.size()) innermost = folder;
    return innermost.empty() ? fs::path{path}.parent_path().string() : innermost;
}

std::vector<std::string> includes_of(fs::path const& file) {
    static std::regex const include{R"re(^\s*#\s*include\s*"([^"]+)")re"};
    std::vector<std::string> found;
    std::ifstream in{file};
    std::smatch match;
    for (std::string line; std::getline(in, line);) {
        if (std::regex_search(line, match, include)) found.push_back(match[1]);
    }
    return found;
}

TEST(Layers, IncludeOnlyWhatStandsBelow) {
    fs::path const root{WSPROOF_SOURCE_DIR};
    std::size_t files = 0;
    for (auto const& [folder, below] : may_include) {
        if (!fs::exists(root / folder)) continue;
        for (auto const& entry : fs::recursive_directory_iterator{root / folder}) {
            auto const extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".hpp" && extension != ".inc") continue;
            auto const file = entry.path().lexically_relative(root).string();
            if (folder_of(file) != folder) continue;
            ++files;
            for (auto const& include : includes_of(entry.path())) {
                auto const target = folder_of(include);
                auto const fine = target.empty() || target == folder || is_exempt(file, target) ||
                                  std::ranges::find(below, target) != below.end();
                EXPECT_TRUE(fine) << file << " includes " << include;
            }
        }
    }
    EXPECT_GT(files, 50U);
}

}  // namespace
}  // namespace wsproof::proof
