#include "harness/play/verdict.hpp"

#include <algorithm>

namespace wsproof::play {

std::optional<Verdict> verdict_named(std::string_view name) noexcept {
    auto const found = std::ranges::find_if(
        verdicts, [name](Verdict verdict) { return name_of(verdict) == name; });
    return found == verdicts.end() ? std::nullopt : std::optional{*found};
}

std::optional<Ending> ending_named(std::string_view name) noexcept {
    constexpr std::array endings{Ending::none,       Ending::clean,  Ending::close_then_drop,
                                 Ending::drop,       Ending::reset,  Ending::timeout,
                                 Ending::wrong_code, Ending::refused};
    auto const found =
        std::ranges::find_if(endings, [name](Ending ending) { return name_of(ending) == name; });
    return found == endings.end() ? std::nullopt : std::optional{*found};
}

}  // namespace wsproof::play
