// Words as TOML writes them.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace wsproof::cli {

/// A basic string.
inline std::string toml_text(std::string_view text) {
    std::string out = "\"";
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out += {'\\', c};
        else if (byte < 0x20 || byte == 0x7F)
            out += fmt::format("\\u{:04x}", byte);
        else
            out += c;
    }
    return out + "\"";
}

/// A key, in quotes where it has to be.
inline std::string toml_key(std::string_view name) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    bool const is_bare = !name.empty() && name.find_first_not_of(plain) == std::string_view::npos;
    return is_bare ? std::string(name) : toml_text(name);
}

}  // namespace wsproof::cli
