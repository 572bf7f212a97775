// The closed lists of words that cases may use beyond the grammar (docs/case-language.md).
#pragma once

#include <array>
#include <string_view>

namespace wsproof::script {

/// Words for `needs`: what calibration can find out about a target.
inline constexpr std::array<std::string_view, 19> need_names{
    "echo", "echo-binary", "tls", "permessage-deflate", "context-takeover", "origin-policy",
    "subprotocol", "close-reply", "pings", "shutdown",
    // What only the owner of a target can say (docs/auth.md).
    "auth-first-message", "auth-query", "auth-cookie", "auth-header", "auth-subprotocol",
    "auth-ticket", "auth-timeout", "canary", "login-url"};

/// What `${target.…}` may name; the player fills it in.
inline constexpr std::array<std::string_view, 55> target_words{"host",
                                                               "hostname",
                                                               "port",
                                                               "resource_name",
                                                               "scheme",
                                                               "subprotocol",
                                                               "other_subprotocol",
                                                               "subprotocol_in_other_case",
                                                               "origin",
                                                               "other_origin",
                                                               "other_origin_label",
                                                               "origin_host",
                                                               "origin_name",
                                                               "origin_scheme",
                                                               "origin_other_scheme",
                                                               "origin_other_port",
                                                               "origin_parent",
                                                               "origin_label",
                                                               "origin_other_top_level",
                                                               "origin_with_a_wild_dot",
                                                               "origin_with_wild_dots",
                                                               "origin_with_hyphens",
                                                               "origin_without_first",
                                                               "origin_without_last",
                                                               "auth_ticket",
                                                               "auth_timeout",
                                                               "canary_send",
                                                               "canary_expect",
                                                               "login_host",
                                                               "login_target",
                                                               "auth_token",
                                                               "auth_token_unknown",
                                                               "auth_token_truncated",
                                                               "auth_token_changed",
                                                               "auth_token_unsigned",
                                                               "auth_token_expired",
                                                               "auth_message",
                                                               "auth_message_unknown",
                                                               "auth_message_truncated",
                                                               "auth_message_changed",
                                                               "auth_message_unsigned",
                                                               "auth_message_expired",
                                                               "auth_offer",
                                                               "auth_offer_unknown",
                                                               "auth_offer_truncated",
                                                               "auth_offer_changed",
                                                               "auth_offer_unsigned",
                                                               "auth_offer_expired",
                                                               "auth_header_before",
                                                               "auth_header_in_other_case",
                                                               "auth_cookie_before",
                                                               "auth_parameter",
                                                               "auth_query_before",
                                                               "auth_query_missing",
                                                               "auth_query_elsewhere"};

/// `within` as the time that the owner of the target gives who does not authenticate.
inline constexpr std::string_view auth_timeout_word = "${target.auth_timeout}";

/// What `{ "every": … }` may ask of the cookies that a response sets
/// (harness/play/cookie_check.cpp).
inline constexpr std::array<std::string_view, 7> cookie_properties{
    "name", "Secure", "HttpOnly", "SameSite", "prefix", "kept-prefix", "host-only"};

/// What else the player fills in: the key of the request under way and the accept value that fits
/// it.
inline constexpr std::array<std::string_view, 2> player_words{"key", "accept"};

}  // namespace wsproof::script
