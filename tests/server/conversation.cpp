#include "tests/server/conversation.hpp"

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::server::testing {

using Kind = play::Received::Kind;

reference::Message text(std::string_view words) {
    return {reference::MessageKind::text, wire::to_bytes(words)};
}

reference::Message binary(std::string_view words) {
    return {reference::MessageKind::binary, wire::to_bytes(words)};
}

client::ClientOptions reach(Server const& server) {
    client::ClientOptions options;
    options.port = server.port();
    options.verify = false;
    return options;
}

std::string echo(client::Client& client, reference::Message const& message) {
    client.send(message);
    auto const received = next<reference::event::Received>(client);
    if (!received || received->message.kind != message.kind) return {};
    return wire::to_text(received->message.data);
}

std::unique_ptr<play::Peer> raw_peer(std::uint16_t port, net::TlsOptions const* tls) {
    net::TargetOptions options;
    options.url = {.tls = tls != nullptr, .host = "127.0.0.1", .port = port};
    if (tls != nullptr) options.tls = *tls;
    return net::connector(options)();
}

std::unique_ptr<play::Peer> opened_peer(std::uint16_t port, net::TlsOptions const* tls) {
    auto peer = raw_peer(port, tls);
    peer->send(wire::as_bytes(opening_request));
    std::string head;
    while (head.find("\r\n\r\n") == std::string::npos) {
        auto const received = peer->receive(peer->now() + patience);
        if (received.kind != Kind::bytes) throw std::runtime_error("no answer to the request");
        head += wire::as_text(received.data);
    }
    if (!head.starts_with("HTTP/1.1 101 ")) throw std::runtime_error("refused: " + head);
    return peer;
}

std::string frame(unsigned opcode, std::string_view payload) {
    std::string bytes{static_cast<char>(0x80U | opcode)};
    auto const size = payload.size();
    auto const add = [&](std::size_t value, unsigned count) {
        while (count-- > 0) bytes += static_cast<char>((value >> (8 * count)) & 0xFFU);
    };
    if (size <= 125) {
        add(0x80U | size, 1);
    } else if (size <= 0xFFFF) {
        add(0x80U | 126U, 1);
        add(size, 2);
    } else {
        add(0x80U | 127U, 1);
        add(size, 8);
    }
    bytes.append(4, '\0');
    return bytes.append(payload);
}

Heard hear_until_end(play::Peer& peer, std::chrono::milliseconds time) {
    Heard heard;
    auto const deadline = peer.now() + time;
    while (true) {
        auto const received = peer.receive(deadline);
        heard.end = received.kind;
        if (received.kind != Kind::bytes) return heard;
        heard.text += wire::as_text(received.data);
    }
}

std::string hear_bytes(play::Peer& peer, std::size_t count) {
    std::string heard;
    auto const deadline = peer.now() + patience;
    while (heard.size() < count) {
        auto const received = peer.receive(deadline);
        if (received.kind != Kind::bytes) break;
        heard += wire::as_text(received.data);
    }
    return heard;
}

}  // namespace wsproof::server::testing
