#include "reports/security/advisories.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace wsproof::report {
namespace {

std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// "name@version" of an owner; name/version and name(version) of a Server field (RFC 9110 10.2.4).
void add(std::vector<Library>& libraries, std::string_view word, std::string_view separators,
         bool by_owner) {
    auto const at = word.find_last_of(separators);
    if (at == std::string_view::npos || at == 0) return;
    auto version = word.substr(at + 1);
    if (version.ends_with(')')) version.remove_suffix(1);
    if (version.starts_with('v')) version.remove_prefix(1);
    if (version.empty() || !is_digit(version.front())) return;
    libraries.push_back({in_lower_case(word.substr(0, at)), std::string(version), by_owner});
}

}  // namespace

std::vector<Library> libraries_of(TargetInfo const& target) {
    std::vector<Library> libraries;
    for (auto const& word : target.libraries) add(libraries, word, "@", true);
    std::string_view rest = target.profile.server_software;
    while (!rest.empty()) {
        auto const end = std::min(rest.find_first_of(" ,;"), rest.size());
        add(libraries, rest.substr(0, end), "/(", false);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return libraries;
}

std::string advisories_in_words(TargetInfo const& target, script::Catalogue const& catalogue) {
    std::string words;
    for (auto const& library : libraries_of(target)) {
        std::string matches;
        for (auto const& advisory : catalogue.advisories)
            if (script::affects(advisory, library.name, library.version))
                matches += fmt::format("{}{}, {}", matches.empty() ? "" : "; ", advisory.id,
                                       advisory.about);
        if (matches.empty()) continue;
        words += fmt::format("{}{} {} ({}): {}", words.empty() ? "" : "; ", library.name,
                             library.version, library.by_owner ? "--server-lib" : "Server field",
                             matches);
    }
    return words;
}

}  // namespace wsproof::report
