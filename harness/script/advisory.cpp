#include "harness/script/advisory.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace wsproof::script {
namespace {

/// 1, 2, 3 of "1.2.3-M4".
std::vector<std::uint64_t> numbers_of(std::string_view version) {
    std::vector<std::uint64_t> numbers;
    while (!version.empty()) {
        std::uint64_t number = 0;
        auto const [end, error] =
            std::from_chars(version.data(), version.data() + version.size(), number);
        if (error != std::errc{}) break;
        numbers.push_back(number);
        version.remove_prefix(static_cast<std::size_t>(end - version.data()));
        if (!version.starts_with('.')) break;
        version.remove_prefix(1);
    }
    while (!numbers.empty() && numbers.back() == 0) numbers.pop_back();  // 1.0 is 1
    return numbers;
}

}  // namespace

bool is_older(std::string_view version, std::string_view than) {
    return numbers_of(version) < numbers_of(than);
}

bool affects(Advisory const& advisory, std::string_view library, std::string_view version) {
    if (version.empty() || version.front() < '0' || version.front() > '9') return false;
    return std::ranges::find(advisory.library, library) != advisory.library.end() &&
           std::ranges::any_of(advisory.affected, [&](Versions const& versions) {
               return !is_older(version, versions.from) && is_older(version, versions.before);
           });
}

}  // namespace wsproof::script
