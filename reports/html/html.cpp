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

/// A text as JSON writes it; what cannot be seen is \\xNN already.
void append_json(std::string& to, std::string_view text) {
    to += '"';
    for (char const c : printable(text)) {
        if (c == '"' || c == '\\') to += '\\';
        to += c;
    }
    to += '"';
}

/// Tags after which a line end would be seen as a blank.
bool is_inline(std::string_view tag) {
    constexpr std::array<std::string_view, 9> tags{"a",     "b",    "code", "i",       "li",
                                                   "small", "span", "time", "template"};
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

}  // namespace

Html::Html(Form form) : form_(form) {
    if (form_ == Form::page) out_ = "<!doctype html>\n";
}

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
    out_ += form_ == Form::page ? '\n' : ']';
}

void Html::text(std::string_view text) {
    if (text.empty()) return;
    if (form_ == Form::page) return append_escaped(out_, text);
    out_ += ',';
    append_json(out_, text);
}

void Html::line_end() {
    out_ += form_ == Form::page ? "\n" : ",\"\\n\"";
}

void Html::packed(std::string_view base64) {
    assert(base64.find_first_of("<&\"") == std::string_view::npos);
    out_ += base64;
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
    if (form_ == Form::tree) return open_in_tree(tag, attributes);
    out_ += '<';
    out_ += tag.text();
    for (auto const& [name, value, when] : attributes) {
        if (!when) continue;
        out_ += ' ';
        out_ += name.text();
        out_ += "=\"";
        append_escaped(out_, value);
        out_ += '"';
    }
    out_ += '>';
}

void Html::open_in_tree(Name tag, Attributes attributes) {
    if (!open_tags_.empty()) out_ += ',';
    out_ += "[\"";
    out_ += tag.text();
    out_ += '"';
    out_ += ",{";
    std::string_view separator;
    for (auto const& [name, value, when] : attributes) {
        if (!when) continue;
        out_ += separator;
        separator = ",";
        append_json(out_, name.text());
        out_ += ':';
        append_json(out_, value);
    }
    out_ += '}';
}

void Html::close() {
    assert(!open_tags_.empty());
    auto const tag = open_tags_.back();
    open_tags_.pop_back();
    if (form_ == Form::tree) {
        out_ += ']';
        return;
    }
    out_ += "</";
    out_ += tag;
    out_ += is_inline(tag) ? ">" : ">\n";
}

}  // namespace wsproof::report
