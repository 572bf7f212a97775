#include "reference_impl/wire/http_head.hpp"

#include <algorithm>

namespace wsproof::wire {
namespace {

char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t';
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_tchar(char c) noexcept {
    auto const lower = to_lower(c);
    return (lower >= 'a' && lower <= 'z') || is_digit(c) ||
           (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

struct Line {
    std::string_view text;  ///< without the line end
    std::size_t size = 0;   ///< with it
    bool bare_lf = false;
};

/// The line at the start of `text`, which ends at LF (RFC 9112 2.2 lets a recipient do so); nothing
/// while there is none.
std::optional<Line> first_line(std::string_view text) {
    auto const end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    Line line{.text = text.substr(0, end), .size = end + 1, .bare_lf = true};
    if (line.text.ends_with('\r')) {
        line.text.remove_suffix(1);
        line.bare_lf = false;
    }
    return line;
}

/// Lines of blanks before the start line are passed over like empty ones.
bool has_words(std::string_view line) {
    return line.find_first_not_of(" \t\r") != std::string_view::npos;
}

/// True while the text, empty lines before it removed, may be a method or a protocol name and what
/// follows: HTTP begins with a token, then SP or, in a response, a slash.
bool may_begin_http(std::string_view text) {
    auto const start = text.find_first_not_of("\r\n \t");
    if (start == std::string_view::npos) return true;
    text.remove_prefix(start);
    auto const after =
        static_cast<std::size_t>(std::ranges::find_if_not(text, is_tchar) - text.begin());
    if (after == text.size()) return true;
    return after > 0 && (is_blank(text[after]) || text[after] == '/');
}

struct Extent {
    HeadState state = HeadState::incomplete;
    std::size_t size = 0;
};

/// Looks for the empty line alone, so that a head that drips in costs no more than a search.
Extent find_end(std::string_view text) {
    if (!may_begin_http(text)) return {.state = HeadState::not_http};
    bool started = false;
    std::size_t at = 0;
    while (auto const line = first_line(text.substr(at))) {
        at += line->size;
        started = started || has_words(line->text);
        if (started && line->text.empty()) return {.state = HeadState::complete, .size = at};
    }
    return {};
}

class HeadReader {
public:
    HttpHead read(std::string_view raw) {
        head_.raw = raw;
        while (auto const line = first_line(raw)) {
            raw.remove_prefix(line->size);
            if (line->bare_lf) note("bare LF");
            if (line->text.find('\r') != std::string_view::npos) note("bare CR");
            if (!started_)
                read_start(line->text);
            else if (!line->text.empty())
                read_field_line(line->text);
        }
        return std::move(head_);
    }

private:
    void note(std::string_view anomaly) {
        auto& known = head_.anomalies;
        if (std::ranges::find(known, anomaly) == known.end()) known.emplace_back(anomaly);
    }

    void note_controls(std::string_view text) {
        if (text.find('\0') != std::string_view::npos) note("NUL");
        auto const is_control = [](char c) {
            return (c > '\0' && c < ' ' && c != '\t' && c != '\r') || c == '\x7F';
        };
        if (std::ranges::any_of(text, is_control)) note("control character");
    }

    void read_start(std::string_view line) {
        if (line.empty()) return note("empty line before the start line");
        if (!has_words(line)) return note("white space before the start line");
        if (is_blank(line.front())) note("white space before the start line");
        note_controls(line);
        head_.start_line = line;
        started_ = true;
    }

    void read_field_line(std::string_view line) {
        note_controls(line);
        if (is_blank(line.front())) return read_continuation(line);
        auto const colon = line.find(':');
        if (colon == std::string_view::npos) return note("line without a colon");
        auto const name = line.substr(0, colon);
        auto const trimmed = trim(name);
        if (trimmed.size() != name.size()) note("white space before the colon");
        if (trimmed.empty())
            note("empty field name");
        else if (!is_token(trimmed))
            note("field name that is no token");
        head_.fields.push_back(
            {.name = std::string(trimmed), .value = std::string(trim(line.substr(colon + 1)))});
    }

    /// An obs-fold is read as the SP that RFC 9112 5.2 puts in its place.
    void read_continuation(std::string_view line) {
        if (head_.fields.empty()) return note("white space before the first field");
        note("obs-fold");
        auto& value = head_.fields.back().value;
        auto const more = trim(line);
        if (!value.empty() && !more.empty()) value += ' ';
        value += more;
    }

    HttpHead head_ = {};
    bool started_ = false;
};

}  // namespace

std::vector<std::string> HttpHead::values_of(std::string_view name) const {
    std::vector<std::string> values;
    for (auto const& field : fields)
        if (equals_ignoring_case(field.name, name)) values.push_back(field.value);
    return values;
}

std::optional<std::string> HttpHead::value_of(std::string_view name) const {
    for (auto const& field : fields)
        if (equals_ignoring_case(field.name, name)) return field.value;
    return std::nullopt;
}

std::vector<std::string> HttpHead::elements_of(std::string_view name) const {
    std::vector<std::string> elements;
    for (auto const& value : values_of(name))
        for (auto& element : split_list(value)) elements.push_back(std::move(element));
    return elements;
}

HeadResult parse_head(ByteView bytes, std::size_t limit) {
    auto const text = as_text(bytes.first(std::min(bytes.size(), limit)));
    auto const extent = find_end(text);
    if (extent.state == HeadState::complete)
        return {.state = extent.state,
                .size = extent.size,
                .head = HeadReader().read(text.substr(0, extent.size))};
    if (extent.state == HeadState::incomplete && bytes.size() >= limit)
        return {.state = HeadState::too_long};
    return {.state = extent.state};
}

std::optional<StatusLine> parse_status_line(std::string_view start_line) {
    if (!start_line.starts_with("HTTP/")) return std::nullopt;
    auto const space = std::min(start_line.find(' '), start_line.size());
    StatusLine line{.version = std::string(start_line.substr(0, space))};
    auto rest = start_line.substr(std::min(space + 1, start_line.size()));
    auto const digits = rest.substr(0, 3);
    bool const has_status = digits.size() == 3 && std::ranges::all_of(digits, is_digit) &&
                            (rest.size() == 3 || rest[3] == ' ');
    if (has_status) {
        for (char const digit : digits)
            line.status = line.status * 10 + static_cast<unsigned>(digit - '0');
        rest.remove_prefix(std::min<std::size_t>(4, rest.size()));
    }
    line.reason = rest;
    return line;
}

std::string write_head(std::string_view start_line, std::vector<HeaderField> const& fields) {
    std::string head(start_line);
    head += "\r\n";
    for (auto const& field : fields) {
        head += field.name;
        head += ": ";
        head += field.value;
        head += "\r\n";
    }
    return head + "\r\n";
}

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

bool is_token(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, is_tchar);
}

std::vector<std::string> split_list(std::string_view value) {
    std::vector<std::string> elements;
    bool quoted = false;
    std::size_t start = 0;
    auto const take_until = [&](std::size_t end) {
        auto const element = trim(value.substr(start, end - start));
        if (!element.empty()) elements.emplace_back(element);
        start = end + 1;
    };
    for (std::size_t at = 0; at < value.size(); ++at) {
        if (value[at] == '"')
            quoted = !quoted;
        else if (quoted && value[at] == '\\')
            ++at;  // a quoted pair: its second half never ends the string
        else if (!quoted && value[at] == ',')
            take_until(at);
    }
    take_until(value.size());
    return elements;
}

}  // namespace wsproof::wire
