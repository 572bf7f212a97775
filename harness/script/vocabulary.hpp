// The closed lists of words that cases may use beyond the grammar (docs/case-language.md).
#pragma once

#include <array>
#include <string_view>

namespace wsproof::script {

/// Words for `needs`: what calibration can find out about a target.
inline constexpr std::array<std::string_view, 10> need_names{"echo",
                                                             "echo-binary",
                                                             "tls",
                                                             "permessage-deflate",
                                                             "context-takeover",
                                                             "origin-policy",
                                                             "subprotocol",
                                                             "close-reply",
                                                             "pings",
                                                             "shutdown"};

/// What `${target.…}` may name; the player fills it in.
inline constexpr std::array<std::string_view, 24> target_words{"host",
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
                                                               "origin_without_last"};

/// What else the player fills in: the key of the request under way and the accept value that fits
/// it.
inline constexpr std::array<std::string_view, 2> player_words{"key", "accept"};

}  // namespace wsproof::script
