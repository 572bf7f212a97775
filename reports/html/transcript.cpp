// What went over the wire, both sides, in words and in bytes.
#include <fmt/format.h>

#include "reports/byte_fields.hpp"
#include "reports/html/parts.hpp"
#include "reports/names.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using play::Direction;
using play::Entry;

constexpr std::size_t spelled_out = 48;  ///< bytes of payload data

/// A head as its lines; a line end that is no CRLF is a finding, so it is said (RFC 9112 2.2).
void put_head_lines(Html& html, std::string_view head) {
    auto const block = html.in("pre");
    while (!head.empty()) {
        auto const end = head.find('\n');
        auto const has_end = end != std::string_view::npos;
        auto line = head.substr(0, has_end ? end : head.size());
        head.remove_prefix(has_end ? end + 1 : head.size());
        bool const carriage_return = has_end && line.ends_with('\r');
        if (carriage_return) line.remove_suffix(1);
        if (line.empty() && carriage_return && head.empty()) return;  // the end of every head
        html.text(line);
        if (!has_end) continue;
        if (!carriage_return) html.put("i", " bare LF");
        html.line_end();
    }
}

std::string_view class_of(ByteField::Kind kind) {
    switch (kind) {
        case ByteField::Kind::bytes:
            return "field";
        case ByteField::Kind::first:
            return "field first";
        case ByteField::Kind::length:
            return "field length";
        case ByteField::Kind::masking_key:
            return "field key";
        case ByteField::Kind::payload_data:
            return "field payload";
    }
    return "field";
}

/// Each field under its bytes; masked payload data both ways.
void put_ruler(Html& html, std::vector<ByteField> const& fields) {
    auto const ruler = html.in("div", {{"class", "ruler"}});
    for (auto const& field : fields) {
        auto const part = html.in("div", {{"class", class_of(field.kind)}});
        html.put("code", field.hex);
        if (!field.unmasked.empty()) {
            auto const clear = html.in("span", {{"class", "clear"}});
            html.text("unmasked ");
            html.put("code", field.unmasked);
        }
        html.put("small", field.means);
    }
}

std::string dump_line(wire::ByteView bytes, std::size_t at) {
    constexpr std::size_t width = 16;
    auto const part = bytes.subspan(at, std::min(width, bytes.size() - at));
    std::string readable;
    for (auto const byte : part) {
        auto const c = std::to_integer<char>(byte);
        readable += c >= ' ' && c <= '~' ? c : '.';
    }
    return fmt::format("{:08x}  {:<47}  {}", at, spaced_hex(part), readable);
}

/// All bytes that were kept, for what is too long for the ruler.
void put_dump(Html& html, wire::ByteView bytes) {
    constexpr std::size_t most = 1024;
    auto const shown = std::min(most, bytes.size());
    auto const details = html.in("details", {{"class", "dump"}});
    html.put("summary", shown == bytes.size()
                            ? fmt::format("All {} bytes", bytes.size())
                            : fmt::format("The first {} of {} bytes", shown, bytes.size()));
    auto const block = html.in("pre", {{"tabindex", "0"}});
    for (std::size_t at = 0; at < shown; at += 16) {
        html.text(dump_line(bytes.first(shown), at));
        html.line_end();
    }
}

void put_bytes(Html& html, Entry const& entry) {
    if (entry.kind == play::EntryKind::http)
        return put_head_lines(html, wire::as_text(entry.bytes));
    auto const fields = byte_fields(entry, spelled_out);
    if (fields.empty()) return;
    put_ruler(html, fields);
    constexpr std::size_t longest_header = 14;
    if (entry.bytes.size() > spelled_out + longest_header) put_dump(html, entry.bytes);
}

void put_line(Html& html, Entry const& entry) {
    auto const direction = names::direction.of(entry.direction);
    auto const flag = names::flag.of(entry.flag);
    auto const line = html.in("li", {{"class", fmt::format("{} {}", direction, flag)}});
    auto time = fmt::format("{}", entry.time.count());
    if (entry.connection != 0) time += fmt::format(" #{}", entry.connection + 1);
    html.put("span", {{"class", "time"}}, time);
    auto const what = html.in("div");
    {
        auto const words = html.in("p");
        if (entry.direction == Direction::send) html.put("span", {{"class", "way"}}, "us → peer ");
        if (entry.direction == Direction::recv) html.put("span", {{"class", "way"}}, "peer → us ");
        html.text(entry.words);
        if (!flag.empty()) html.put("b", {{"class", "flag"}}, flag);
    }
    put_bytes(html, entry);
    if (entry.omitted != 0)
        html.put("small", fmt::format("{} bytes of it are not kept", entry.omitted));
}

}  // namespace

void put_transcript(Page const& page, play::Result const& result) {
    auto& html = page.html;
    auto const story = html.in("div", {{"class", "wire"}});
    {
        auto const lanes = html.in("p", {{"class", "lanes"}, {"aria-hidden", "true"}});
        for (auto const* const name : {"µs", "us → peer", "peer → us"}) html.put("span", name);
    }
    auto const list = html.in("ol");
    for (auto const& entry : result.transcript.entries) put_line(html, entry);
}

}  // namespace wsproof::report
