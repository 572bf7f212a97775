#include "harness/play/endpoint_peer.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace wsproof::play {
namespace {

/// The transport of one endpoint: nothing takes time but waiting.
class EndpointPeer final : public Peer {
public:
    EndpointPeer(wire::Role role, reference::Options options, reference::Faults faults)
        : endpoint_(role, std::move(options), faults) {}

    void send(std::span<std::byte const> bytes) override {
        if (closed()) return;  // what arrives behind the end is lost
        endpoint_.receive(bytes);
        echo();
    }

    Received receive(Deadline deadline) override {
        if (reset_) return {Received::Kind::reset};
        if (auto output = endpoint_.take_output(); !output.empty()) {
            return {Received::Kind::bytes, std::move(output)};
        }
        if (endpoint_.transport_should_close()) return {Received::Kind::eof};
        now_ = std::max(now_, deadline);
        return {};
    }

    void half_close() override { end(); }

    void reset() override {
        end();
        reset_ = true;
    }

    Clock::time_point now() const override { return now_; }
    void sleep(std::chrono::milliseconds time) override { now_ += time; }

private:
    bool closed() const { return ended_ || endpoint_.transport_should_close(); }

    void end() {
        if (std::exchange(ended_, true)) return;
        endpoint_.receive_end();
        echo();
    }

    /// The application: sends every message back.
    void echo() {
        for (auto& event : endpoint_.take_events()) {
            if (auto* received = std::get_if<reference::event::Received>(&event)) {
                endpoint_.send(received->message);
            }
        }
    }

    reference::Endpoint endpoint_;
    Clock::time_point now_{};
    bool ended_ = false;
    bool reset_ = false;
};

/// What no TLS handshake can begin with comes to an end before any endpoint hears of it.
class SecurePort final : public Peer {
public:
    explicit SecurePort(reference::Faults const& faults) : faults_{faults} {}

    void send(std::span<std::byte const> bytes) override { begun_ = begun_ || !bytes.empty(); }

    Received receive(Deadline deadline) override {
        using reference::Fault;
        constexpr std::array alert{std::byte{0x15}, std::byte{0x03}, std::byte{0x03},
                                   std::byte{0x00}, std::byte{0x02}, std::byte{0x02},
                                   std::byte{0x28}};  // fatal, handshake_failure
        if (begun_ && !told_) {
            told_ = true;
            return {Received::Kind::bytes, {alert.begin(), alert.end()}};
        }
        bool const stays = faults_.has(Fault::keeps_tcp_open_after_a_failed_tls_handshake);
        if ((told_ && !stays) || ended_) return {Received::Kind::eof};
        now_ = std::max(now_, deadline);
        return {};
    }

    void half_close() override { ended_ = true; }
    void reset() override { ended_ = true; }
    Clock::time_point now() const override { return now_; }
    void sleep(std::chrono::milliseconds time) override { now_ += time; }

private:
    reference::Faults faults_;
    Clock::time_point now_{};
    bool begun_ = false;
    bool told_ = false;
    bool ended_ = false;
};

}  // namespace

Connect to_secure_port(reference::Options options, reference::Faults faults) {
    if (faults.has(reference::Fault::opens_in_the_clear_on_a_secure_port))
        return to_reference(wire::Role::server, std::move(options), faults);
    return [faults]() -> std::unique_ptr<Peer> { return std::make_unique<SecurePort>(faults); };
}

Connect to_reference(wire::Role role, reference::Options options, reference::Faults faults) {
    return [role, options = std::move(options), faults]() -> std::unique_ptr<Peer> {
        return std::make_unique<EndpointPeer>(role, options, faults);
    };
}

}  // namespace wsproof::play
