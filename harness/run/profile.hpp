// What calibration found out about a target: shown in the report, used to choose and play cases.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wsproof::run {

struct Profile {
    bool reachable = false;
    std::string unreachable_reason = {};  ///< one line with the cure
    bool opens = false;                   ///< a correct opening handshake gives a correct 101
    unsigned status = 0;                  ///< of the response to it
    std::string server_software = {};     ///< the Server field, escaped
    bool answers_pings = false;
    bool answers_close = false;
    bool echoes_text = false;
    bool echoes_binary = false;
    bool talks_unasked = false;
    std::string greeting = {};            ///< first unasked message, in words
    std::string accepted_extension = {};  ///< answer to an offer of permessage-deflate
    std::string accepted_subprotocol = {};
    std::optional<std::string> tls_version = std::nullopt;
    std::chrono::microseconds opening_time{0};      ///< median
    std::chrono::microseconds round_trip{0};        ///< median of a ping or an echo
    std::vector<std::string> capabilities() const;  ///< words that `needs` may ask for
};

}  // namespace wsproof::run
