#include "harness/play/endpoint_peer.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <utility>

namespace wsproof::play {
namespace {

using reference::Fault;
using namespace std::chrono_literals;

/// What only a mutant's connections share: the process, and its slots for connections.
struct House {
    std::atomic<bool> down = false;
    std::atomic<std::size_t> newest = 0;
    static constexpr std::size_t slots = 16;
    static constexpr auto patience = 1s;  ///< of those that forget idle connections
};

/// The transport of one endpoint: nothing takes time but waiting.
class EndpointPeer final : public Peer {
public:
    EndpointPeer(wire::Role role, reference::Options options, reference::Faults faults,
                 std::shared_ptr<House> house)
        : endpoint_(role, std::move(options), faults),
          faults_(faults),
          house_(std::move(house)),
          number_(++house_->newest) {}

    void send(std::span<std::byte const> bytes) override {
        if (closed() || is_deaf()) return;  // what arrives behind the end is lost
        endpoint_.receive(bytes);
        echo();
    }

    Received receive(Deadline deadline) override {
        auto const began = now_;
        for (;;) {
            if (reset_) return {Received::Kind::reset};
            if (house_->down) return {Received::Kind::eof};
            if (auto output = endpoint_.take_output(); !output.empty())
                return {Received::Kind::bytes, std::move(output)};
            if (endpoint_.transport_should_close()) return {Received::Kind::eof};
            auto const due = endpoint_.next_deadline();
            if (!due || now_ + *due > deadline) break;
            pass(*due);
        }
        if (deadline > now_) pass(deadline - now_);
        idle_ = std::max(idle_, now_ - began);
        return {};
    }

    void half_close() override { end(); }

    void reset() override {
        end();
        reset_ = true;
    }

    Clock::time_point now() const override { return now_; }
    void sleep(std::chrono::milliseconds time) override { pass(time); }

private:
    void pass(Clock::duration time) {
        now_ += time;
        endpoint_.time_passed(std::chrono::duration_cast<std::chrono::milliseconds>(time));
    }

    bool closed() const { return ended_ || house_->down || endpoint_.transport_should_close(); }

    bool is_deaf() const {
        if (faults_.has(Fault::forgets_idle_connections) && idle_ >= House::patience) return true;
        return faults_.has(Fault::forgets_older_connections) &&
               number_ + House::slots <= house_->newest;
    }

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
            auto const* failed = std::get_if<reference::event::Failed>(&event);
            if (failed != nullptr && failed->code == wire::status::message_too_big &&
                faults_.has(Fault::crashes_beyond_its_limits))
                house_->down = true;
        }
    }

    reference::Endpoint endpoint_;
    reference::Faults faults_;
    std::shared_ptr<House> house_;
    std::size_t number_;
    Clock::duration idle_{0};
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
    auto house = std::make_shared<House>();
    return [role, options = std::move(options), faults, house]() -> std::unique_ptr<Peer> {
        if (house->down) throw Unreachable{"connection refused"};
        return std::make_unique<EndpointPeer>(role, options, faults, house);
    };
}

}  // namespace wsproof::play
