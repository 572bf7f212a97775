#include "reports/html/frame.hpp"

#include <fmt/format.h>

#include "reports/digest.hpp"

namespace wsproof::report {
namespace {

std::string joined(Asset const& first, std::vector<Asset> const& more) {
    std::string all{first.text};
    for (auto const& asset : more) all += asset.text;
    return all;
}

std::string source_words(Assets assets, std::string_view asset) {
    return assets == Assets::external ? "'self'" : fmt::format("'sha256-{}'", sha256_base64(asset));
}

/// Nothing is loaded from anywhere, and only what we wrote counts as style or runs.
std::string content_security_policy(Frame const& frame) {
    auto const scripts = frame.assets == Assets::none
                             ? std::string("'none'")
                             : source_words(frame.assets, script_of(frame));
    return fmt::format(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; "
        "form-action 'none'",
        source_words(frame.assets, style_sheet(frame)), scripts);
}

/// A file name as a relative address: "a:b#1" is "a%3ab%231".
std::string as_address(std::string_view name) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string address;
    for (char const c : name)
        address += plain.find(c) != std::string_view::npos
                       ? std::string(1, c)
                       : fmt::format("%{:02x}", static_cast<unsigned char>(c));
    return address;
}

void put_head(Html& html, Frame const& frame) {
    auto const head = html.in("head");
    html.lone("meta", {{"charset", "utf-8"}});
    html.lone("meta", {{"http-equiv", "Content-Security-Policy"},
                       {"content", content_security_policy(frame)}});
    html.lone("meta", {{"name", "viewport"}, {"content", "width=device-width,initial-scale=1"}});
    html.lone("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    html.lone("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
    html.put("title", frame.title);
    if (frame.assets == Assets::external)
        html.lone("link", {{"rel", "stylesheet"}, {"href", as_address(frame.stem) + ".css"}});
    else
        html.style({style_sheet(frame)});
}

void put_script(Html& html, Frame const& frame) {
    if (frame.assets == Assets::external)
        html.put("script", {{"src", as_address(frame.stem) + ".js"}}, "");
    else if (frame.assets == Assets::inlined)
        html.script({script_of(frame)});
}

}  // namespace

std::string framed_page(Frame const& frame, std::function<void(Html&)> const& put_body) {
    Html html;
    {
        auto const root = html.in("html", {{"lang", "en"}});
        put_head(html, frame);
        auto const body = html.in("body");
        html.put("a", {{"class", "skip"}, {"href", "#main"}}, "Skip to the content");
        put_body(html);
        put_script(html, frame);
    }
    return html.take();
}

void put_keys(Html& html, Keys const& keys) {
    auto const dialog = html.in("dialog", {{"id", "keys"}, {"aria-labelledby", "keys-name"}});
    html.put("h2", {{"id", "keys-name"}}, "Keys");
    {
        auto const list = html.in("dl");
        for (auto const& [key, words] : keys) {
            html.put("dt", key);
            html.put("dd", words);
        }
    }
    auto const form = html.in("form", {{"method", "dialog"}});
    html.put("button", "Close");
}

std::string style_sheet(Frame const& frame) {
    return joined(frame_style, frame.styles);
}

std::string script_of(Frame const& frame) {
    return joined(frame_script, frame.scripts);
}

}  // namespace wsproof::report
