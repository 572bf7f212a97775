#include "tests/net/hearing.hpp"

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::net::testing {

using namespace std::chrono_literals;

Heard hear(play::Peer& peer, std::chrono::milliseconds time) {
    Heard heard;
    auto const deadline = peer.now() + time;
    while (true) {
        auto const received = peer.receive(deadline);
        heard.end = received.kind;
        if (received.kind != play::Received::Kind::bytes) return heard;
        heard.text += wire::as_text(received.data);
    }
}

std::string why_unreachable(TargetOptions const& options) {
    try {
        auto const peer = connector(options)();
        // TLS 1.3 lets a client finish before the server has judged its certificate.
        return peer->receive(peer->now() + 5s).kind == play::Received::Kind::reset ? "dropped"
                                                                                   : "connected";
    } catch (play::Unreachable const& error) {
        return error.what();
    }
}

}  // namespace wsproof::net::testing
