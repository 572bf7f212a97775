#include "reports/security/limits.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include "harness/play/words.hpp"
#include "harness/script/limit.hpp"

namespace wsproof::report {
namespace {

using script::Limit;
using script::Sign;

std::optional<std::string> number(play::Result const& result, std::string const& name) {
    auto const found = result.metrics.find(name);
    if (found == result.metrics.end() || !(found->second >= 0)) return std::nullopt;
    return play::grouped(static_cast<std::uint64_t>(std::llround(found->second)));
}

/// A way to send a message, and what it is to take that way what one plain frame may not hold.
struct Way {
    Limit limit;
    Sign sign;
    std::string_view words;
};

constexpr std::array<Way, 3> ways{
    {{Limit::message_size, Sign::frames_limited, "in fragments"},
     {Limit::compressed_size, Sign::wire_limited, "compressed"},
     {Limit::compressed_fragments_size, Sign::wire_limited, "compressed and in fragments"}}};

void add(std::vector<SignOfLimits>& signs, Sign sign, std::string words,
         std::string const& variant) {
    for (auto& known : signs)
        if (known.sign == sign) {
            known.words += "; " + words;
            known.variants.push_back(variant);
            return;
        }
    signs.push_back({sign, std::move(words), {variant}});
}

/// The result of the case that measured a limit and met none.
play::Result const* endless(Report const& report, Limit limit) {
    for (auto const& result : report.results)
        if (result.metrics.contains(std::string(script::info_of(limit).name)) &&
            result.metrics.contains("at-least"))
            return &result;
    return nullptr;
}

}  // namespace

std::vector<SignOfLimits> signs_of_limits(Report const& report) {
    std::vector<SignOfLimits> signs;
    for (auto const& way : ways) {
        auto const* const result = endless(report, way.limit);
        auto const refused = result == nullptr ? std::nullopt : number(*result, "refused-plain");
        if (!refused) continue;
        auto const taken = number(*result, std::string(script::info_of(way.limit).name));
        add(signs, way.sign,
            fmt::format("{} bytes are refused in one frame, {} bytes are taken {}", *refused,
                        taken.value_or("more"), way.words),
            result->variant);
    }
    auto const* const frame = endless(report, Limit::frame_size);
    auto const* const fragments = endless(report, Limit::message_size);
    if (frame == nullptr || fragments == nullptr) return signs;
    signs.push_back({Sign::unlimited,
                     fmt::format("{} bytes are taken in one frame and in fragments, and no more "
                                 "was tried",
                                 number(*frame, "frame-size").value_or("all")),
                     {frame->variant, fragments->variant}});
    return signs;
}

}  // namespace wsproof::report
