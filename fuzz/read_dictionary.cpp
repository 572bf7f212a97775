#include "fuzz/read_dictionary.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace wsproof::fuzz {
namespace {

std::string_view trimmed(std::string_view line) {
    auto const first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

/// The byte that the escape stands for, which is taken from the front.
std::optional<char> take_escape(std::string_view& rest) {
    if (rest.starts_with('\\') || rest.starts_with('"')) {
        char const byte = rest.front();
        rest.remove_prefix(1);
        return byte;
    }
    if (!rest.starts_with('x') || rest.size() < 3) return std::nullopt;
    unsigned value = 0;
    auto const [end, error] = std::from_chars(rest.data() + 1, rest.data() + 3, value, 16);
    if (error != std::errc{} || end != rest.data() + 3) return std::nullopt;
    rest.remove_prefix(3);
    return static_cast<char>(value);
}

/// What stands between quotation marks.
std::optional<wire::Bytes> word(std::string_view quoted) {
    std::string bytes;
    while (!quoted.empty()) {
        auto const letter = quoted.front();
        quoted.remove_prefix(1);
        if (letter == '"') return std::nullopt;
        auto const byte = letter == '\\' ? take_escape(quoted) : letter;
        if (!byte) return std::nullopt;
        bytes += *byte;
    }
    return wire::to_bytes(bytes);
}

}  // namespace

std::vector<wire::Bytes> read_dictionary(std::string_view text) {
    std::vector<wire::Bytes> words;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto const end = std::min(text.find('\n'), text.size());
        auto const line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.starts_with('#')) continue;
        auto const open = line.find('"');
        auto const read =
            open != std::string_view::npos && line.size() >= open + 2 && line.ends_with('"')
                ? word(line.substr(open + 1, line.size() - open - 2))
                : std::nullopt;
        if (!read)
            throw DictionaryError(fmt::format(
                "line {}: expected name=\"word\", with the escapes \\\\, \\\" and \\xNN", number));
        words.push_back(*read);
    }
    return words;
}

}  // namespace wsproof::fuzz
