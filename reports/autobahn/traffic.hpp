// What a transcript tells in the shapes of Autobahn's per-case files: events, statistics, wire log.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "harness/play/player.hpp"

namespace wsproof::report::autobahn {

using Json = nlohmann::json;  ///< keys sorted, as Autobahn writes them

struct Traffic {
    Json received = Json::array();  ///< events: ["message", text, is binary], ["pong", text]
    Json rx_frame_stats = Json::object();
    Json tx_frame_stats = Json::object();
    Json rx_octet_stats = Json::object();
    Json tx_octet_stats = Json::object();
    Json wirelog = Json::array();
    std::string request = "?";
    std::string response = "?";
    std::optional<std::string> local_close_reason = std::nullopt;
    std::optional<std::string> remote_close_reason = std::nullopt;
};

/// All empty when the transcript was not kept.
Traffic traffic_of(play::Result const& result);

}  // namespace wsproof::report::autobahn
