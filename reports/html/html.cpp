#include "reports/html/html.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "reports/model.hpp"

namespace wsproof::report {
namespace {

void append_escaped(std::string& to, std::string_view text) {
    for (char const c : printable(text)) {
        switch (c) {
            case '<':
                to += "&lt;";
                break;
            case '>':
                to += "&gt;";
                break;
            case '&':
                to += "&amp;";
                break;
            case '"':
                to += "&quot;";
                break;
            case '\'':
                to += "&#39;";
                break;
            default:
                to += c;
        }
    }
}

/// Tags after which a line end would be seen as a blank.
bool is_inline(std::string_view tag) {
    constexpr std::array<std::string_view, 6> tags{"a", "b", "code", "i", "small", "span"};
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

}  // namespace

Html::Html() : out_("<!doctype html>\n") {}

Html::Element Html::in(Name tag, Attributes attributes) {
    open(tag, attributes);
    open_tags_.push_back(tag.text());
    return Element(*this);
}

void Html::put(Name tag, Attributes attributes, std::string_view content) {
    auto const element = in(tag, attributes);
    text(content);
}

void Html::lone(Name tag, Attributes attributes) {
    open(tag, attributes);
    out_ += '\n';
}

void Html::text(std::string_view text) {
    append_escaped(out_, text);
}

void Html::style(Asset const& asset) {
    out_ += "<style>";
    out_ += asset.text;
    out_ += "</style>\n";
}

void Html::script(Asset const& asset) {
    out_ += "<script>";
    out_ += asset.text;
    out_ += "</script>\n";
}

void Html::open(Name tag, Attributes attributes) {
    out_ += '<';
    out_ += tag.text();
    for (auto const& [name, value] : attributes) {
        out_ += ' ';
        out_ += name.text();
        out_ += "=\"";
        append_escaped(out_, value);
        out_ += '"';
    }
    out_ += '>';
}

void Html::close() {
    assert(!open_tags_.empty());
    auto const tag = open_tags_.back();
    open_tags_.pop_back();
    out_ += "</";
    out_ += tag;
    out_ += is_inline(tag) ? ">" : ">\n";
}

}  // namespace wsproof::report
