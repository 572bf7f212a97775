// The grammar of Sec-WebSocket-Extensions (RFC 6455 9.1, RFC 7692 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wsproof::wire {

struct ExtensionParameter {
    std::string name = {};
    std::optional<std::string> value = std::nullopt;  ///< without quotes, quoted pairs undone
    bool operator==(ExtensionParameter const&) const = default;
};

struct Extension {
    std::string name = {};
    std::vector<ExtensionParameter> parameters = {};
    bool operator==(Extension const&) const = default;
};

/// Reads a list of extensions. Nothing when the text breaks the grammar (9.1 then demands to fail).
std::optional<std::vector<Extension>> parse_extensions(std::string_view value);

std::string write_extensions(std::vector<Extension> const& extensions);

}  // namespace wsproof::wire
