#include <fmt/format.h>

#include "reports/html/parts.hpp"
#include "reports/names.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using play::Direction;
using play::Entry;

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
        html.text(line);
        if (!has_end) continue;
        if (!carriage_return) html.put("i", " bare LF");
        html.line_end();
    }
}

void put_bytes(Html& html, Entry const& entry) {
    if (entry.kind == play::EntryKind::http)
        return put_head_lines(html, wire::as_text(entry.bytes));
    auto const fields = byte_fields(entry, 48);
    if (fields.empty()) return;
    auto const ruler = html.in("div", {{"class", "ruler"}});
    for (auto const& field : fields) {
        auto const part = html.in("span");
        html.text(field.hex);
        html.put("small", field.means);
    }
}

void put_entry(Html& html, Entry const& entry) {
    if (!entry.words.empty()) html.put("p", entry.words);
    put_bytes(html, entry);
    if (entry.omitted != 0)
        html.put("small", fmt::format("{} bytes of it are not kept", entry.omitted));
    if (entry.flag != play::Flag::none) {
        auto const flag = names::flag.of(entry.flag);
        html.put("b", {{"class", fmt::format("flag {}", flag)}}, flag);
    }
}

void put_time(Html& html, Entry const& entry) {
    auto time = fmt::format("{}", entry.time.count());
    if (entry.connection != 0) time += fmt::format(" #{}", entry.connection + 1);
    html.put("td", time);
}

void put_line(Html& html, Entry const& entry) {
    auto const row = html.in("tr");
    put_time(html, entry);
    if (entry.direction == Direction::local)
        return html.put("td", {{"colspan", "2"}, {"class", "local"}}, entry.words);
    if (entry.direction == Direction::recv) html.put("td", "");
    {
        auto const cell = html.in("td");
        put_entry(html, entry);
    }
    if (entry.direction == Direction::send) html.put("td", "");
}

}  // namespace

void put_transcript(Page const& page, play::Result const& result) {
    auto& html = page.html;
    if (result.transcript.entries.empty()) {
        if (result.verdict != play::Verdict::skipped)
            html.put("p", {{"class", "meta"}}, "The transcript was not kept.");
        return;
    }
    auto const scroll = html.in("div", {{"class", "scroll"}});
    auto const table = html.in("table", {{"class", "wire"}});
    {
        auto const head = html.in("thead");
        auto const row = html.in("tr");
        html.put("th", "µs");
        html.put("th", "us → peer");
        html.put("th", "peer → us");
    }
    auto const body = html.in("tbody");
    for (auto const& entry : result.transcript.entries) put_line(html, entry);
}

}  // namespace wsproof::report
