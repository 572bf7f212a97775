#include "reports/redact.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/masking.hpp"

namespace wsproof::report {
namespace {

constexpr std::array<std::string_view, 3> secret_fields{"authorization", "proxy-authorization",
                                                        "cookie"};
/// Shorter values are no secrets, and would be found everywhere.
constexpr std::size_t shortest_secret = 4;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = lower(c);
    return result;
}

std::string_view after_blanks(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
}

/// Where the line that `from` lies in ends, be its end a real one or one made visible.
std::size_t line_end(std::string_view text, std::size_t from) {
    constexpr std::array<std::string_view, 6> ends{"\r", "\n", "\\r", "\\n", "\\x0d", "\\x0a"};
    auto nearest = text.size();
    for (auto const end : ends) nearest = std::min(nearest, text.find(end, from));
    return nearest;
}

/// The value of every secret field of an HTTP head, in whatever form the head is written.
std::string without_fields(std::string_view head) {
    std::string result(head);
    for (auto const field : secret_fields) {
        auto const name = std::string(field) + ":";
        std::size_t from = 0;
        while ((from = lower(result).find(name, from)) != std::string::npos) {
            from += name.size();
            auto const end = line_end(result, from);
            result.replace(from, end - from, " " + std::string(redacted_mark));
        }
    }
    return result;
}

/// "ws://user:password@host/" without the password.
std::string without_password(std::string_view text) {
    std::string result(text);
    auto const scheme = result.find("://");
    if (scheme == std::string::npos) return result;
    auto const authority = scheme + 3;
    auto const end = std::min(result.find_first_of("/?# ", authority), result.size());
    auto const at = result.rfind('@', end);
    if (at == std::string::npos || at < authority) return result;
    auto const colon = result.find(':', authority);
    if (colon >= at) return result;
    return result.replace(colon + 1, at - colon - 1, redacted_mark);
}

enum class Follows { nothing, header, secret };

Follows follows(std::string_view option) {
    if (option == "-H" || option == "--header") return Follows::header;
    constexpr std::array<std::string_view, 8> secret{
        "-u",           "--user", "-b",           "--cookie",
        "--proxy-user", "-U",     "--auth-token", "--auth-expired-token"};
    return std::find(secret.begin(), secret.end(), option) == secret.end() ? Follows::nothing
                                                                           : Follows::secret;
}

std::string option_value(Follows kind, std::string const& value) {
    if (kind == Follows::secret) return std::string(redacted_mark);
    return kind == Follows::header ? without_fields(value) : value;
}

/// "--header=…" and "-H…" carry the value in the same word.
std::string joined_option(std::string const& word) {
    auto const equals = word.find('=');
    if (word.starts_with("--") && equals != std::string::npos)
        return word.substr(0, equals + 1) +
               option_value(follows(word.substr(0, equals)), word.substr(equals + 1));
    if (word.size() > 2 && word[0] == '-' && word[1] != '-')
        return word.substr(0, 2) + option_value(follows(word.substr(0, 2)), word.substr(2));
    return word;
}

/// What is left of a line after the place where bytes were left out: it may be the end of a secret.
void drop_line_after_cut(std::string& head) {
    auto const cut = head.size() / 2;
    auto const end = line_end(head, cut);
    auto const start = head.rfind('\n', cut);
    auto const from = start == std::string::npos ? 0 : start + 1;
    head.replace(from, end - from, redacted_mark);
}

}  // namespace

bool is_secret_field(std::string_view name) {
    return std::find(secret_fields.begin(), secret_fields.end(), lower(name)) !=
           secret_fields.end();
}

Redactor::Redactor(play::Setting const& setting) : secrets_(setting.secrets) {
    for (auto const& field : setting.headers) {
        if (!is_secret_field(field.name) || field.value == redacted_mark) continue;
        secrets_.push_back(field.value);
        if (lower(field.name) == "cookie") add_cookies(field.value);
        auto const blank = field.value.find(' ');  // "Bearer …": the credentials alone
        if (blank != std::string::npos)
            secrets_.emplace_back(after_blanks(std::string_view(field.value).substr(blank)));
    }
    // The longest first: one may be the beginning of another.
    std::ranges::stable_sort(secrets_, std::ranges::greater{}, &std::string::size);
    std::erase_if(secrets_,
                  [](std::string const& secret) { return secret.size() < shortest_secret; });
}

/// A peer may repeat the value of one alone.
void Redactor::add_cookies(std::string_view cookies) {
    constexpr std::size_t shortest_value = 8;  // "dark" is a word that stands anywhere
    while (!cookies.empty()) {
        auto const end = std::min(cookies.find(';'), cookies.size());
        auto const pair = cookies.substr(0, end);
        auto const equals = pair.find('=');
        if (equals != std::string_view::npos && pair.size() - equals > shortest_value)
            secrets_.emplace_back(pair.substr(equals + 1));
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
    }
}

/// Words are cut with an ellipsis: what stands before one may be the beginning of a secret.
void Redactor::hide_cut_secrets(std::string& text) const {
    constexpr std::string_view ellipsis = "…";
    std::size_t at = 0;
    while ((at = text.find(ellipsis, at)) != std::string::npos) {
        for (auto const& secret : secrets_)
            for (auto size = std::min(secret.size(), at); size >= shortest_secret; --size)
                if (text.compare(at - size, size, secret, 0, size) == 0) {
                    text.replace(at - size, size, redacted_mark);
                    at = at - size + redacted_mark.size();
                    break;
                }
        at += ellipsis.size();
    }
}

std::string Redactor::text(std::string_view words) const {
    std::string result(words);
    for (auto const& secret : secrets_) {
        replace_all(result, secret, redacted_mark);
        replace_all(result, printable(secret), redacted_mark);
    }
    hide_cut_secrets(result);
    return without_password(result);
}

std::string Redactor::same_length(std::string_view words) const {
    std::string result(words);
    for (auto const& secret : secrets_)
        replace_all(result, secret, std::string(secret.size(), '*'));
    return result;
}

std::vector<std::string> Redactor::arguments(std::vector<std::string> const& words) const {
    std::vector<std::string> result;
    auto pending = Follows::nothing;
    for (auto const& word : words) {
        auto const kind = std::exchange(pending, Follows::nothing);
        if (kind == Follows::nothing) pending = follows(word);
        auto const shown =
            kind == Follows::nothing ? joined_option(word) : option_value(kind, word);
        result.push_back(text(without_fields(shown)));
    }
    return result;
}

std::vector<wire::HeaderField> Redactor::headers(std::vector<wire::HeaderField> fields) const {
    for (auto& field : fields)
        field.value = is_secret_field(field.name) ? std::string(redacted_mark) : text(field.value);
    return fields;
}

run::Profile Redactor::profile(run::Profile profile) const {
    for (auto* const words :
         {&profile.unreachable_reason, &profile.server_software, &profile.greeting,
          &profile.accepted_extension, &profile.accepted_subprotocol})
        *words = text(*words);
    return profile;
}

play::Result Redactor::result(play::Result result) const {
    result.reason = text(result.reason);
    result.actual = text(result.actual);
    result.signature = text(result.signature);
    for (auto& note : result.notes) note = text(note);
    for (auto& words : result.expected) words = text(words);
    for (auto& breach : result.breaches) breach.reason = text(breach.reason);
    for (auto& one : result.transcript.entries) entry(one);
    for (auto& arrival : result.transcript.arrivals) {
        // The same length: judging again must see the heads end where they ended.
        arrival.data = wire::to_bytes(same_length(wire::as_text(arrival.data)));
    }
    return result;
}

/// A masked frame has its masking key with it: who has the bytes has the message.
void Redactor::masked_frame(play::Entry& entry) const {
    auto const decoded = wire::decode_header(entry.bytes);
    if (!decoded || !decoded->header.masking_key || decoded->size > entry.bytes.size()) return;
    // Of a long one the beginning and the end are kept; they are masked from another place on.
    auto const end = entry.omitted == 0 ? entry.bytes.size() : entry.bytes.size() / 2;
    if (decoded->size > end) return;
    auto const payload = std::span{entry.bytes}.subspan(decoded->size, end - decoded->size);
    wire::mask(payload, *decoded->header.masking_key);
    auto const hidden = same_length(wire::as_text(payload));
    std::ranges::copy(wire::as_bytes(hidden), payload.begin());
    wire::mask(payload, *decoded->header.masking_key);
}

void Redactor::entry(play::Entry& entry) const {
    if (entry.kind == play::EntryKind::frame) masked_frame(entry);
    entry.words = text(entry.words);
    std::string bytes(wire::as_text(entry.bytes));
    bool const fresh = bytes.find(redacted_mark) == std::string::npos;
    for (auto const& secret : secrets_) replace_all(bytes, secret, redacted_mark);
    if (entry.kind == play::EntryKind::http) {
        entry.words = without_fields(entry.words);
        if (entry.omitted != 0 && fresh) drop_line_after_cut(bytes);
        bytes = without_fields(bytes);
    }
    entry.bytes = wire::to_bytes(bytes);
}

}  // namespace wsproof::report
