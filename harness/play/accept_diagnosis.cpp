#include "harness/play/accept_diagnosis.hpp"

#include <algorithm>
#include <array>

#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::play {
namespace {

using wire::base64_encode;
using wire::guid;

std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

wire::Bytes hash(std::string_view text) {
    return wire::sha1(wire::as_bytes(text));
}

std::string hashed(std::string const& text) {
    return base64_encode(hash(text));
}

std::string without(std::string text, char unwanted) {
    std::erase(text, unwanted);
    return text;
}

/// The alphabet of RFC 4648 5, with or without padding.
std::string url_safe(std::string text) {
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

std::string decoded_key_hashed(std::string_view key) {
    auto const decoded = wire::base64_decode(key);
    return decoded ? hashed(wire::to_text(decoded->bytes) + std::string{guid}) : std::string{};
}

struct Mistake {
    std::string value;
    std::string_view words;
};

/// Values that servers in the field have sent, each with the mistake that makes it.
std::array<Mistake, 19> mistakes(std::string_view key) {
    std::string const k{key};
    std::string const g{guid};
    auto const right = wire::accept_value(key);
    auto const digest = hash(k + g);
    auto const hex = wire::to_hex(digest);
    return {{
        {wire::accept_value(key, guid.substr(1)),
         "hashed the key with a GUID that lacks its first digit (58EAFA5-…)"},
        {wire::accept_value(key, lower(guid)), "hashed the key with the GUID in lower case"},
        {wire::accept_value(key, without(g, '-')), "hashed the key with a GUID without its dashes"},
        {wire::accept_value(key, "{" + g + "}"), "hashed the key with a GUID in braces"},
        {wire::accept_value(key, g.substr(0, g.size() - 1)),
         "hashed the key with a GUID that lacks its last digit"},
        {hex, "wrote the SHA-1 in hexadecimal digits instead of base64"},
        {base64_encode(wire::as_bytes(hex)), "took base64 of the hexadecimal digits of the SHA-1"},
        {decoded_key_hashed(key),
         "decoded the key from base64 first instead of hashing it as it is spelled"},
        {hashed(k), "hashed the key without the GUID"},
        {hashed(g), "hashed the GUID without the key"},
        {hashed(g + k), "put the GUID before the key"},
        {hashed(k + " " + g), "put a blank between key and GUID"},
        {hashed(k + g + "\n"), "hashed a line end with key and GUID"},
        {hashed(k + g + "\r\n"), "hashed a line end with key and GUID"},
        {hashed(without(k, '=') + g), "dropped the padding of the key before hashing it"},
        {base64_encode(wire::as_bytes(k + g)), "took base64 of key and GUID without hashing them"},
        {k, "sent the key back"},
        {url_safe(right), "used the URL-safe alphabet of base64"},
        {without(right, '='), "dropped the padding of base64"},
    }};
}

}  // namespace

std::string diagnose_accept(std::string_view key, std::string_view got) {
    // The one fixed value that circulates is the example of 1.3.
    constexpr std::string_view example = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    if (got.empty()) return {};
    if (got == example) return "sent a fixed value, that of the example in RFC 6455 1.3";
    for (auto const& [value, words] : mistakes(key)) {
        if (!value.empty() && got == value) return std::string{words};
    }
    for (auto const& [value, words] : mistakes(key)) {
        if (value.empty() || !wire::equals_ignoring_case(got, value)) continue;
        return std::string{words} + ", in another letter case";
    }
    if (wire::equals_ignoring_case(got, wire::accept_value(key))) {
        return "changed the letter case of the value";
    }
    if (got == url_safe(without(wire::accept_value(key), '='))) {
        return "used the URL-safe alphabet of base64 and dropped the padding";
    }
    return {};
}

}  // namespace wsproof::play
