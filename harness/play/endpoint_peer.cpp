#include "harness/play/endpoint_peer.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wsproof::play {
namespace {

using reference::Fault;
using namespace std::chrono_literals;

class EndpointPeer;

/// What the connections of a server share: the process, its slots for connections, and, where it
/// can be told to stop, its clock.
struct House {
    std::atomic<bool> down = false;
    std::atomic<std::size_t> newest = 0;
    static constexpr std::size_t slots = 16;
    static constexpr auto patience = 1s;  ///< of those that forget idle connections

    // A house that can be told to stop is for one thread.
    reference::Faults faults = {};
    std::optional<std::chrono::milliseconds> grace = std::nullopt;  ///< nothing: it cannot
    Clock::time_point now{};
    std::optional<Clock::time_point> second_sweep = std::nullopt;  ///< set when it was told
    std::vector<EndpointPeer*> tenants = {};

    bool is_stopping() const { return second_sweep.has_value(); }
    bool is_sweep_due_by(Clock::time_point time) const;
    void pass_until(Clock::time_point time);
    void tell();
    std::optional<std::string> exit_words() const;

private:
    void terminate();
    bool swept_ = false;
    bool told_twice_ = false;
};

/// The transport of one endpoint: nothing takes time but waiting.
class EndpointPeer final : public Peer {
public:
    EndpointPeer(wire::Role role, reference::Options options, reference::Faults faults,
                 std::shared_ptr<House> house)
        : endpoint_(role, std::move(options), faults),
          faults_(faults),
          house_(std::move(house)),
          number_(++house_->newest),
          is_late_(house_->is_stopping()) {
        if (house_->grace) house_->tenants.push_back(this);
    }
    ~EndpointPeer() override {
        if (house_->grace) std::erase(house_->tenants, this);
    }
    EndpointPeer(EndpointPeer const&) = delete;
    EndpointPeer& operator=(EndpointPeer const&) = delete;

    void send(std::span<std::byte const> bytes) override {
        if (closed() || is_deaf()) return;  // what arrives behind the end is lost
        endpoint_.receive(bytes);
        echo();
    }

    Received receive(Deadline deadline) override {
        auto const began = now();
        for (;;) {
            if (reset_) return {Received::Kind::reset};
            if (house_->down) return {Received::Kind::eof};
            if (auto output = endpoint_.take_output(); !output.empty())
                return {Received::Kind::bytes, std::move(output)};
            // A mutant lets newcomers in and drops them.
            auto const dropped = is_late_ && endpoint_.state() == reference::State::open;
            if (dropped || endpoint_.transport_should_close()) return {Received::Kind::eof};
            auto const due = due_by(deadline);
            pass_until(due.value_or(deadline));
            if (due) continue;
            idle_ = std::max(idle_, deadline - began);
            return {};
        }
    }

    void half_close() override { end(); }

    void reset() override {
        end();
        reset_ = true;
    }

    Clock::time_point now() const override { return house_->grace ? house_->now : now_; }
    void sleep(std::chrono::milliseconds time) override { pass_until(now() + time); }

    void go_away() { endpoint_.go_away(); }
    void terminate() { endpoint_.terminate(); }
    bool is_over() { return closed() || (is_late_ && !endpoint_.has_output()); }

private:
    /// When something happens on this side by itself, if that is before the deadline.
    std::optional<Clock::time_point> due_by(Clock::time_point deadline) const {
        auto first = Clock::time_point::max();
        if (auto const own = endpoint_.next_deadline()) first = now() + *own;
        if (house_->is_sweep_due_by(deadline)) first = std::min(first, *house_->second_sweep);
        return first <= deadline ? std::optional{first} : std::nullopt;
    }

    bool closed() const { return ended_ || house_->down || endpoint_.transport_should_close(); }

    bool is_deaf() const {
        if (faults_.has(Fault::forgets_idle_connections) && idle_ >= House::patience) return true;
        return faults_.has(Fault::forgets_older_connections) &&
               number_ + House::slots <= house_->newest;
    }

    void pass_until(Clock::time_point time) {
        auto const passing = std::max(time, now()) - now();
        if (house_->grace)
            house_->pass_until(time);
        else
            now_ += passing;
        endpoint_.time_passed(std::chrono::duration_cast<std::chrono::milliseconds>(passing));
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
    bool is_late_;
    Clock::duration idle_{0};
    Clock::time_point now_{};
    bool ended_ = false;
    bool reset_ = false;
};

// ---- stopping --------------------------------------------------------------------------------

bool House::is_sweep_due_by(Clock::time_point time) const {
    return second_sweep && !swept_ && *second_sweep <= time;
}

void House::pass_until(Clock::time_point time) {
    now = std::max(now, time);
    if (is_sweep_due_by(now)) terminate();
}

/// The first sweep; who is told again does not wait for the second.
void House::tell() {
    if (is_stopping()) {
        told_twice_ = true;
        if (faults.has(Fault::crashes_at_second_shutdown)) down = true;
        return terminate();
    }
    second_sweep = now + *grace;
    for (auto* tenant : tenants) tenant->go_away();
}

void House::terminate() {
    swept_ = true;
    for (auto* tenant : tenants) tenant->terminate();
}

std::optional<std::string> House::exit_words() const {
    constexpr auto crash = "was killed by signal 11 (SIGSEGV)";
    auto const over =
        std::ranges::all_of(tenants, [](EndpointPeer* tenant) { return tenant->is_over(); });
    if (!is_stopping() || !over || faults.has(Fault::stays_after_shutdown)) return std::nullopt;
    auto const crashed = told_twice_ && faults.has(Fault::crashes_at_second_shutdown);
    return crashed || faults.has(Fault::crashes_at_shutdown) ? crash : "exited with 0";
}

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

namespace {

Connect into(std::shared_ptr<House> house, wire::Role role, reference::Options options,
             reference::Faults faults) {
    return [role, options = std::move(options), faults,
            house = std::move(house)]() -> std::unique_ptr<Peer> {
        auto const shut = house->is_stopping() && !faults.has(Fault::lets_newcomers_in_at_shutdown);
        if (house->down || shut) throw Unreachable{"connection refused"};
        return std::make_unique<EndpointPeer>(role, options, faults, house);
    };
}

}  // namespace

Connect to_reference(wire::Role role, reference::Options options, reference::Faults faults) {
    return into(std::make_shared<House>(), role, std::move(options), faults);
}

Stoppable to_stoppable_reference(reference::Options options, reference::Faults faults) {
    auto house = std::make_shared<House>();
    Stopping stopping{.sees_process = true};
    house->faults = faults;
    house->grace = stopping.grace;
    stopping.tell = [house]() -> std::optional<std::string> {
        house->tell();
        return std::nullopt;
    };
    stopping.exit_words = [house] { return house->exit_words(); };
    return {into(house, wire::Role::server, std::move(options), faults), std::move(stopping)};
}

}  // namespace wsproof::play
