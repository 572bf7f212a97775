#include "reports/baseline/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace wsproof::report {

KnownFailure const* Baseline::entry_for(std::string_view name, Fate fate) const {
    auto const at = std::ranges::find_if(entries, [&](KnownFailure const& entry) {
        return entry.fate == fate && std::ranges::find(entry.covers, name) != entry.covers.end();
    });
    return at == entries.end() ? nullptr : &*at;
}

std::size_t Baseline::count(Fate fate) const {
    return static_cast<std::size_t>(std::ranges::count(entries, fate, &KnownFailure::fate));
}

std::size_t Baseline::outdated() const {
    return count(Fate::fixed) + count(Fate::expired) + count(Fate::stale);
}

std::vector<KnownFailure const*> unexplained(Baseline const& baseline) {
    std::vector<KnownFailure const*> all;
    for (auto const& entry : baseline.entries)
        if (entry.why == no_reason) all.push_back(&entry);
    return all;
}

std::string unexplained_words(Baseline const& baseline) {
    auto const entries = unexplained(baseline);
    if (entries.empty()) return {};
    if (entries.size() == 1)
        return fmt::format("an entry does not say why (line {})", entries.front()->line);
    std::string lines;
    for (auto const* const entry : entries)
        lines += (lines.empty() ? "" : ", ") + std::to_string(entry->line);
    return fmt::format("{} entries do not say why (lines {})", entries.size(), lines);
}

std::string excuse_words(KnownFailure const& entry) {
    auto const until = entry.until.empty() ? "" : fmt::format(" (until {})", entry.until);
    return fmt::format("known: {}{}", entry.why, until);
}

}  // namespace wsproof::report
