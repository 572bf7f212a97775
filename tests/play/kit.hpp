// Small peers made by hand, and cases written as JSON: what the tests of the player need.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/play/player.hpp"
#include "reference_impl/wire/frame.hpp"

namespace wsproof::play::kit {

/// A transport in virtual time whose other end is a function.
class FakePeer : public Peer {
public:
    void send(std::span<std::byte const> bytes) override;
    Received receive(Deadline deadline) override;
    void half_close() override { half_closed = true; }
    void reset() override { was_reset = true; }
    Clock::time_point now() const override { return time; }
    void sleep(std::chrono::milliseconds pause) override { time += pause; }

    void say(std::string_view bytes);
    void say(wire::Bytes bytes);
    void say_frame(wire::Opcode opcode, std::string_view payload);
    void say_close(std::uint16_t code);
    void end(Received::Kind how = Received::Kind::eof);
    /// What follows comes so much later.
    void pause(std::chrono::milliseconds time);

    std::function<void(FakePeer&)> on_bytes = {};  ///< called after every write
    std::string got = {};
    std::vector<std::size_t> writes = {};
    bool half_closed = false;
    bool was_reset = false;
    Clock::time_point time{};

private:
    struct Item {
        Received received = {};
        std::chrono::milliseconds delay{0};
    };
    std::deque<Item> items_ = {};
    std::chrono::milliseconds delay_{0};
};

struct SeenFrame {
    wire::FrameHeader header = {};
    std::string payload = {};
};

/// A server that accepts every opening handshake and does what `react` says with each frame.
using React = std::function<void(FakePeer&, SeenFrame const&)>;
Connect server(React react, std::string extra_fields = {});

/// React of a server that echoes messages, answers pings and closes properly.
void behave(FakePeer& peer, SeenFrame const& frame);

/// A server that answers the request with these bytes (`${accept}` is filled in), then does as
/// told.
Connect answering(std::string response, std::function<void(FakePeer&)> then = {});

/// The steps of a plain exchange.
constexpr std::string_view echo =
    R"(["open", {"send": {"text": "Hello"}}, {"expect": {"text": "Hello"}}])";

/// Steps that end with a frame which the peer has to fail the connection over.
constexpr std::string_view violation =
    R"(["open", "alive", {"send": {"text": "x", "rsv2": true}}, {"expect": {"failed": 1002}}])";

/// Behaves until the violation comes, then does something else.
React until_violation(std::function<void(FakePeer&)> then);

/// Goes on as if nothing had happened.
void ignore_violation(FakePeer& peer, SeenFrame const& frame);

wire::Bytes hex(std::string_view digits);

/// The only variant of a case given as JSON: `steps` alone.
script::Variant variant(std::string_view steps, std::string_view rule = "6455/5.5.2/ping-answered");

Result run(std::string_view steps, Connect const& connect, Setting const& setting = {},
           std::string_view rule = "6455/5.5.2/ping-answered");

/// "fail: expected …": what a test compares and prints.
std::string told(Result const& result);
bool has_breach(Result const& result, std::string_view rule);

}  // namespace wsproof::play::kit
