// Tokens that are good for one connection: each opening handshake gets a fresh one, whatever it is
// that issues them (docs/auth.md).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "harness/play/peer.hpp"

namespace wsproof::play {

/// What stands in requests for a fresh ticket. "{ticket-LABEL}" is the same ticket wherever it
/// stands.
inline constexpr std::string_view ticket_mark = "{ticket}";

/// Draws tickets; from any thread.
class Tickets {
public:
    /// `draw` gives one that nobody has used, or throws Unreachable.
    explicit Tickets(std::function<std::string()> draw) : draw_(std::move(draw)) {}

    std::string fresh();
    std::string labelled(std::string const& label);

private:
    std::mutex mutex_ = {};
    std::function<std::string()> draw_;
    std::map<std::string, std::string> labelled_ = {};
};

/// Connections that put tickets for the marks in the head of a request, and hide them where the
/// peer repeats them: no transcript has one.
Connect with_tickets(Connect connect, std::shared_ptr<Tickets> tickets);

}  // namespace wsproof::play
