#include "cli/autobahn_output.hpp"

#include <filesystem>

#include "cli/outputs.hpp"

namespace wsproof::cli {

std::vector<std::string> write_autobahn(std::string const& folder,
                                        std::span<report::autobahn::Agent const> agents) {
    std::error_code ignored;  // what follows from it is said file by file
    std::filesystem::create_directories(folder, ignored);
    std::vector<std::string> failures;
    for (auto const& file : report::autobahn::files_of(agents)) {
        auto const path = (std::filesystem::path(folder) / file.name).string();
        if (auto words = write_file(path, file.text)) failures.push_back(*std::move(words));
        if (!failures.empty()) break;  // the others would fail alike
    }
    return failures;
}

std::string seen_from(std::string const& folder, std::string const& page) {
    if (page.empty()) return {};
    std::error_code error;
    auto const from = std::filesystem::absolute(folder, error);
    auto const to = std::filesystem::absolute(page, error);
    return to.lexically_relative(from.lexically_normal()).string();
}

}  // namespace wsproof::cli
