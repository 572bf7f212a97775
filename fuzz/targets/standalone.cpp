#include "fuzz/targets/standalone.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace wsproof::fuzz {

void violated(std::string_view expected, std::string const& came) {
    throw Violation("expected " + std::string(expected) + "; what came is " + came);
}

NamedTarget const* target_named(std::string_view name) {
    auto const targets = targets_by_name();
    auto const at = std::ranges::find(targets, name, &NamedTarget::name);
    return at == targets.end() ? nullptr : &*at;
}

Replayed replay(NamedTarget const& target, std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    std::string const input{std::istreambuf_iterator<char>(in), {}};
    if (!in.is_open()) return {file, "the file cannot be read"};
    try {
        target.run(wire::as_bytes(input));
        return {file, {}};
    } catch (std::exception const& violation) {
        return {file, violation.what()};
    }
}

std::vector<std::filesystem::path> inputs_below(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    if (!std::filesystem::exists(folder)) return files;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

}  // namespace wsproof::fuzz
