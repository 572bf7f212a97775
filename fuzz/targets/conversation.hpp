// An endpoint behind its opening handshake with an application that echoes, and everything that it
// says, taken apart.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "fuzz/targets/input.hpp"
#include "reference_impl/protocol/endpoint.hpp"
#include "reference_impl/wire/frame.hpp"

namespace wsproof::fuzz {

/// Messages are bounded, so that limits are met and a bomb costs no more than other inputs.
inline constexpr std::size_t small_message_size = 4096;

struct EndpointChoice {
    wire::Role role = wire::Role::server;
    reference::Options options = {};
};
/// bit 0: a client; bit 1: permessage-deflate; 2 and 3: no context takeover of server and client;
/// 4: windows of 9 bits.
EndpointChoice endpoint_of(unsigned choices);

struct Frame {
    wire::FrameHeader header = {};
    wire::Bytes payload = {};  ///< unmasked
};

class Conversation {
public:
    explicit Conversation(EndpointChoice const& choice, reference::Faults const& faults = {});

    void receive(wire::ByteView bytes);
    void end();

    reference::Endpoint& endpoint() { return endpoint_; }
    std::vector<reference::Event> const& events() const { return events_; }
    wire::Bytes const& output() const { return output_; }
    /// Every frame of the output; what is no legal frame of the endpoint's role violates.
    std::vector<Frame> frames() const;

private:
    void answer();

    EndpointChoice choice_;
    reference::Endpoint endpoint_;
    std::vector<reference::Event> events_ = {};
    wire::Bytes output_ = {};
};

std::string in_words(reference::Event const& event);
std::string in_words(Frame const& frame);

}  // namespace wsproof::fuzz
