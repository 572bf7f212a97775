#include "reference_impl/protocol/authentication.hpp"

#include <algorithm>

namespace wsproof::reference {
namespace {

using Scheme = Authentication::Scheme;

constexpr std::size_t longest_token = 4096;

/// The values of a name among "name=value" pairs.
std::vector<std::string> values_in(std::string_view pairs, char separator, std::string_view name) {
    std::vector<std::string> values;
    while (!pairs.empty()) {
        auto const end = std::min(pairs.find(separator), pairs.size());
        auto const pair = wire::trim(pairs.substr(0, end));
        auto const equals = pair.find('=');
        if (pair.substr(0, equals) == name && equals != std::string_view::npos)
            values.emplace_back(pair.substr(equals + 1));
        pairs.remove_prefix(std::min(end + 1, pairs.size()));
    }
    return values;
}

/// RFC 9110 11.1, 11.4: "Bearer TOKEN", the scheme in any case.
std::vector<std::string> credentials_in(Fields const& fields) {
    std::vector<std::string> tokens;
    for (auto const& value : fields.values("Authorization")) {
        auto const blank = std::min(value.find(' '), value.size());
        auto const scheme = value.substr(0, blank);
        bool const with_case = fields.lacks(Fault::compares_auth_scheme_with_case);
        bool const known =
            with_case ? scheme == "Bearer" : wire::equals_ignoring_case(scheme, "Bearer");
        tokens.emplace_back(known ? wire::trim(std::string_view{value}.substr(blank)) : "");
    }
    return tokens;
}

std::string_view without_signature(std::string_view token) {
    return token.substr(0, token.rfind('.'));
}

std::string_view claims_of(std::string_view token) {
    auto const rest = without_signature(token);
    return rest.substr(std::min(rest.find('.'), rest.size()));
}

}  // namespace

std::vector<std::string> tokens_of(RequestFacts const& f) {
    auto const& policy = f.options.authentication;
    std::vector<std::string> tokens;
    switch (policy.scheme) {
        case Scheme::query: {
            auto const& target = f.request.target;
            auto const query = target.substr(std::min(target.find('?'), target.size() - 1) + 1);
            return values_in(query, '&', policy.name);
        }
        case Scheme::cookie:
            for (auto const& value : f.fields.values("Cookie"))
                for (auto& token : values_in(value, ';', policy.name))
                    tokens.push_back(std::move(token));
            return tokens;
        case Scheme::header:
            return credentials_in(f.fields);
        case Scheme::subprotocol:
            for (auto const& offered : subprotocols_in(f.fields))
                if (std::ranges::count(f.options.subprotocols, offered) == 0)
                    tokens.push_back(offered);
            return tokens;
        case Scheme::none:
        case Scheme::first_message:
            break;
    }
    return tokens;
}

bool is_odd_token(std::string_view token) {
    return token.size() > longest_token || std::ranges::any_of(token, [](char c) {
               bool const is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
               bool const is_digit = c >= '0' && c <= '9';
               return !is_letter && !is_digit &&
                      std::string_view{"-._~"}.find(c) == std::string_view::npos;
           });
}

bool asks_for_header(RequestFacts const& f) {
    return f.options.authentication.scheme == Scheme::header;
}

bool presents_a_token(RequestFacts const& f) {
    auto const scheme = f.options.authentication.scheme;
    if (scheme == Scheme::none || scheme == Scheme::first_message) return true;
    return std::ranges::any_of(tokens_of(f), [](auto const& token) { return !token.empty(); });
}

/// Of several tokens none is taken: who reads the request before us may have looked at another one.
bool presents_the_token(RequestFacts const& f) {
    auto const& policy = f.options.authentication;
    auto const tokens = tokens_of(f);
    if (!presents_a_token(f) || tokens.empty()) return true;  // another rule's business
    Faults faults;
    for (auto const fault : {Fault::takes_the_beginning_of_tokens, Fault::takes_unsigned_tokens,
                             Fault::ignores_signatures_of_tokens, Fault::takes_expired_tokens,
                             Fault::takes_tickets_twice})
        if (f.fields.lacks(fault)) faults.add(fault);
    auto const fits = [&](auto const& token) { return is_the_token(token, policy, faults); };
    if (tokens.size() > 1 && f.fields.lacks(Fault::takes_first_of_two_tokens))
        return fits(tokens.front());
    if (tokens.size() > 1 && f.fields.lacks(Fault::takes_last_of_two_tokens))
        return fits(tokens.back());
    return tokens.size() == 1 && fits(tokens.front());
}

bool is_the_token(std::string_view token, Authentication const& policy, Faults const& faults) {
    if (policy.tickets)
        return policy.tickets->redeem(token, faults.has(Fault::takes_tickets_twice));
    std::string_view const ours = policy.token;
    if (token == ours || token.empty()) return token == ours;
    if (faults.has(Fault::takes_the_beginning_of_tokens) && ours.starts_with(token)) return true;
    if (faults.has(Fault::takes_expired_tokens) && token == policy.expired_token) return true;
    if (faults.has(Fault::ignores_signatures_of_tokens) &&
        without_signature(token) == without_signature(ours) && !token.ends_with('.'))
        return true;
    return faults.has(Fault::takes_unsigned_tokens) && token.ends_with('.') &&
           claims_of(token) == claims_of(ours);
}

std::string TicketBook::issue() {
    std::lock_guard const lock(mutex_);
    return *open_.insert("ticket-" + std::to_string(++issued_)).first;
}

bool TicketBook::redeem(std::string_view ticket, bool keep) {
    std::lock_guard const lock(mutex_);
    auto const found = open_.find(ticket);
    if (found == open_.end()) return false;
    if (!keep) open_.erase(found);
    return true;
}

std::string set_cookie(Authentication const& policy, Faults const& faults) {
    auto name = policy.name;
    auto const misnamed = faults.has(Fault::sets_cookies_without_prefix) ||
                          faults.has(Fault::sets_cookies_for_the_parent_domain);
    if (name.starts_with("__Host-") && misnamed) name.erase(0, 7);
    auto cookie = name + "=fresh-session; Path=/";
    if (!faults.has(Fault::sets_cookies_without_secure)) cookie += "; Secure";
    if (!faults.has(Fault::sets_cookies_without_http_only)) cookie += "; HttpOnly";
    if (faults.has(Fault::sets_cookies_for_every_site)) return cookie + "; SameSite=None";
    if (!faults.has(Fault::sets_cookies_without_same_site)) cookie += "; SameSite=Lax";
    if (faults.has(Fault::sets_host_cookies_with_a_domain) ||
        faults.has(Fault::sets_cookies_for_the_parent_domain))
        cookie += "; Domain=good.example";
    return cookie;
}

}  // namespace wsproof::reference
