#include "reference_impl/wire/origin.hpp"

#include <algorithm>

namespace wsproof::wire {
namespace {

bool is_address(std::string_view name) {
    auto const last_label = name.substr(name.rfind('.') + 1);
    return name.starts_with('[') ||
           (!last_label.empty() &&
            std::ranges::all_of(last_label, [](char c) { return c >= '0' && c <= '9'; }));
}

}  // namespace

Origin::Origin(std::string_view serialisation) : text(serialisation), host(serialisation) {
    if (auto const end = text.find("://"); end != std::string_view::npos) {
        scheme = text.substr(0, end);
        host = text.substr(end + 3);
    }
    auto const bracket = host.starts_with('[') ? host.find(']') : 0;
    name = host.substr(0, host.find(':', bracket));
    port = host.substr(std::min(host.size(), name.size() + 1));
    is_address = wire::is_address(name);
    auto const dot = name.find('.');
    if (is_address || dot == std::string_view::npos) return;
    if (name.find('.', dot + 1) != std::string_view::npos) parent = name.substr(dot + 1);
}

}  // namespace wsproof::wire
