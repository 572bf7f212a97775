#include "harness/play/authentication.hpp"

#include <algorithm>
#include <array>

#include "harness/play/random.hpp"
#include "harness/play/tickets.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/http_head.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::play {
namespace {

/// "eyJ…" is what every JSON object becomes in base64url (RFC 7515 3.1).
bool is_jwt(std::string_view token) {
    return token.starts_with("eyJ") && std::ranges::count(token, '.') == 2;
}

/// The same claims under {"alg":"none"} and without a signature (RFC 7519 6.1).
std::string unsigned_jwt(std::string_view token) {
    if (!is_jwt(token)) return {};
    auto const claims = token.substr(token.find('.'));
    return "eyJhbGciOiJub25lIn0" + std::string{claims.substr(0, claims.rfind('.') + 1)};
}

/// Another token of the same length and alphabet: of a JWT the signature is another one.
std::string changed(std::string token) {
    auto& character = token.size() > 4 ? token[token.size() - 4] : token.front();
    character = character == 'A' ? 'B' : 'A';
    return token;
}

struct TokenKind {
    std::string suffix;  ///< of the word
    std::string token;
};

/// The good token and what a careless comparison takes for it.
std::vector<TokenKind> kinds_of(Authentication const& by, std::uint64_t seed) {
    return {{"", by.token},
            {"_unknown", "wsproof" + Random{seed}.token()},
            {"_truncated", by.token.substr(0, by.token.size() - 1)},
            {"_changed", changed(by.token)},
            {"_unsigned", unsigned_jwt(by.token)},
            {"_expired", by.expired_token}};
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

/// The target without this parameter of its query.
std::string without_parameter(std::string_view target, std::string_view name) {
    std::string kept{target.substr(0, target.find('?'))};
    auto query = target.substr(std::min(kept.size() + 1, target.size()));
    char separator = '?';
    while (!query.empty()) {
        auto const end = std::min(query.find('&'), query.size());
        auto const pair = query.substr(0, end);
        if (pair.substr(0, pair.find('=')) != name) {
            kept += separator + std::string{pair};
            separator = '&';
        }
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return kept;
}

class AuthWords {
public:
    AuthWords(Setting& setting, Authentication const& by) : setting_(setting), by_(by) {}

    void add() {
        for (auto const& [suffix, token] : kinds_of(by_, setting_.run_seed)) {
            put("auth_token" + suffix, token);
            bool const is_secret = suffix != "_unknown" && by_.token != ticket_mark;
            if (is_secret && !token.empty()) setting_.secrets.push_back(token);
        }
        if (by_.token == ticket_mark) put("auth_ticket", by_.token);
        for (auto const scheme : by_.schemes) add(scheme);
    }

private:
    void put(std::string const& name, std::string value) {
        if (!value.empty()) setting_.words[name] = std::move(value);
    }

    void add(AuthScheme scheme) {
        switch (scheme) {
            case AuthScheme::first_message:
                return add_message();
            case AuthScheme::query:
                return add_query();
            case AuthScheme::cookie:
                return add_cookie();
            case AuthScheme::header:
                return add_header();
            case AuthScheme::subprotocol:
                return add_offer();
        }
    }

    void add_message() {
        for (auto const& [suffix, token] : kinds_of(by_, setting_.run_seed))
            if (!token.empty())
                put("auth_message" + suffix, replaced(by_.message, "{token}", token));
        auto& messages = setting_.opening_messages;
        auto const& good = setting_.words["auth_message"];
        if (std::ranges::count(messages, good) == 0) messages.insert(messages.begin(), good);
    }

    void add_query() {
        auto const missing = without_parameter(setting_.resource_name, by_.parameter);
        auto const separator = missing.find('?') == std::string::npos ? "?" : "&";
        auto const before = missing + separator + by_.parameter + "=";
        auto const path = missing.substr(0, missing.find('?'));
        auto const elsewhere = path.ends_with('/') ? path + "wsproof-elsewhere" : path + "/";
        put("auth_parameter", by_.parameter);
        put("auth_query_missing", missing);
        put("auth_query_before", before);
        put("auth_query_elsewhere", elsewhere + before.substr(path.size()));
        setting_.resource_name = before + by_.token;
    }

    void add_cookie() {
        auto const field = std::ranges::find_if(setting_.headers, [](auto const& header) {
            return wire::equals_ignoring_case(header.name, "Cookie");
        });
        std::string before;
        for (auto const& pair :
             field == setting_.headers.end() ? std::vector<std::string>{} : pairs_of(field->value))
            if (pair.substr(0, pair.find('=')) != by_.cookie) before += pair + "; ";
        before += by_.cookie + "=";
        put("auth_cookie_before", before);
        setting_.session_cookie = by_.cookie;
        if (field != setting_.headers.end())
            field->value = before + by_.token;
        else
            setting_.headers.push_back({"Cookie", before + by_.token});
    }

    static std::vector<std::string> pairs_of(std::string_view cookies) {
        std::vector<std::string> pairs;
        while (!cookies.empty()) {
            auto const end = std::min(cookies.find(';'), cookies.size());
            if (auto const pair = wire::trim(cookies.substr(0, end)); !pair.empty())
                pairs.emplace_back(pair);
            cookies.remove_prefix(std::min(end + 1, cookies.size()));
        }
        return pairs;
    }

    void add_header() {
        auto const field = std::ranges::find_if(setting_.headers, [](auto const& header) {
            return wire::equals_ignoring_case(header.name, "Authorization");
        });
        std::string scheme = "Bearer";
        if (field != setting_.headers.end())
            scheme = field->value.substr(0, field->value.find(' '));
        else
            setting_.headers.push_back({"Authorization", scheme + " " + by_.token});
        put("auth_header_before", scheme + " ");
        std::string other;
        for (char const c : scheme)
            other += (c >= 'A' && c <= 'Z') ? static_cast<char>(c ^ 0x20) : c;
        put("auth_header_in_other_case", other + " " + by_.token);
    }

    void add_offer() {
        std::string before;
        for (auto const& name : setting_.subprotocols) before += name + ", ";
        for (auto const& [suffix, token] : kinds_of(by_, setting_.run_seed))
            if (!token.empty()) put("auth_offer" + suffix, before + token);
        setting_.offered_token = by_.token;
    }

    Setting& setting_;
    Authentication const& by_;
};

struct NeedWord {
    std::string_view need;
    std::string_view word;
};

constexpr std::array need_words{
    NeedWord{"auth-first-message", "auth_message"}, NeedWord{"auth-query", "auth_query_before"},
    NeedWord{"auth-cookie", "auth_cookie_before"},  NeedWord{"auth-header", "auth_header_before"},
    NeedWord{"auth-ticket", "auth_ticket"},         NeedWord{"auth-subprotocol", "auth_offer"},
    NeedWord{"login-url", "login_target"}};

}  // namespace

void authenticate(Setting& setting, Authentication const& by) {
    if (by.token.empty()) return;
    AuthWords(setting, by).add();
}

std::string word_of_need(std::string_view need) {
    auto const found = std::ranges::find(need_words, need, &NeedWord::need);
    return found == need_words.end() ? std::string{} : std::string{found->word};
}

}  // namespace wsproof::play
