#include "reference_impl/wire/extensions.hpp"

#include "reference_impl/wire/http_head.hpp"

namespace wsproof::wire {
namespace {

/// Reads the grammar from left to right; white space may stand between any two parts, as the
/// implied rule of the grammar RFC 6455 refers to has it (RFC 2616 2.1).
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    bool at_end() {
        skip_blanks();
        return text_.empty();
    }

    bool take(char wanted) {
        skip_blanks();
        if (text_.empty() || text_.front() != wanted) return false;
        text_.remove_prefix(1);
        return true;
    }

    std::optional<std::string> token() {
        skip_blanks();
        std::size_t length = 0;
        while (length < text_.size() && is_token(text_.substr(length, 1))) ++length;
        if (length == 0) return std::nullopt;
        std::string token(text_.substr(0, length));
        text_.remove_prefix(length);
        return token;
    }

    /// A token, or a quoted string that spells one once quoted pairs are undone (9.1).
    std::optional<std::string> value() {
        if (!take('"')) return token();
        std::string value;
        while (!text_.empty()) {
            char next = text_.front();
            text_.remove_prefix(1);
            if (next == '"') return is_token(value) ? std::optional(value) : std::nullopt;
            if (next == '\\') {
                if (text_.empty()) return std::nullopt;
                next = text_.front();
                text_.remove_prefix(1);
            }
            value += next;
        }
        return std::nullopt;
    }

private:
    void skip_blanks() {
        while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t'))
            text_.remove_prefix(1);
    }

    std::string_view text_;
};

std::optional<ExtensionParameter> read_parameter(Reader& reader) {
    auto name = reader.token();
    if (!name) return std::nullopt;
    ExtensionParameter parameter{.name = std::move(*name)};
    if (!reader.take('=')) return parameter;
    parameter.value = reader.value();
    if (!parameter.value) return std::nullopt;
    return parameter;
}

std::optional<Extension> read_extension(Reader& reader) {
    auto name = reader.token();
    if (!name) return std::nullopt;
    Extension extension{.name = std::move(*name)};
    while (reader.take(';')) {
        auto parameter = read_parameter(reader);
        if (!parameter) return std::nullopt;
        extension.parameters.push_back(std::move(*parameter));
    }
    return extension;
}

std::string written_value(std::string const& value) {
    if (is_token(value)) return value;
    std::string quoted = "\"";
    for (char const c : value) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace

std::optional<std::vector<Extension>> parse_extensions(std::string_view value) {
    Reader reader(value);
    std::vector<Extension> extensions;
    while (!reader.at_end()) {
        if (reader.take(',')) continue;  // empty elements are legal (RFC 9110 5.6.1.2)
        auto extension = read_extension(reader);
        if (!extension) return std::nullopt;
        extensions.push_back(std::move(*extension));
        if (!reader.at_end() && !reader.take(',')) return std::nullopt;
    }
    if (extensions.empty()) return std::nullopt;  // 1#extension: one at least
    return extensions;
}

std::string write_extensions(std::vector<Extension> const& extensions) {
    std::string text;
    for (auto const& extension : extensions) {
        if (!text.empty()) text += ", ";
        text += extension.name;
        for (auto const& parameter : extension.parameters) {
            text += "; ";
            text += parameter.name;
            if (!parameter.value) continue;
            text += '=';
            text += written_value(*parameter.value);
        }
    }
    return text;
}

}  // namespace wsproof::wire
