#include <algorithm>

#include "reference_impl/wire/http_head.hpp"
#include "reports/security/derive.hpp"

namespace wsproof::report {

std::string origin_sent(play::Result const& result) {
    for (auto const& entry : result.transcript.entries) {
        if (entry.kind != play::EntryKind::http || entry.direction != play::Direction::send)
            continue;
        auto const parsed = wire::parse_head(entry.bytes);
        if (parsed.state != wire::HeadState::complete) return {};
        std::string all;
        for (auto const& value : parsed.head.values_of("Origin"))
            all += (all.empty() ? "" : " and ") + value;
        return all;
    }
    return {};
}

}  // namespace wsproof::report
