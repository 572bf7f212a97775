// The reference in the place of the target: what each frame comes to that a session sends it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/outcomes.hpp"
#include "harness/play/encode.hpp"
#include "harness/play/random.hpp"
#include "harness/script/case.hpp"
#include "reference_impl/protocol/endpoint.hpp"

namespace wsproof::fuzz {

/// What a frame, or several, came to.
struct Told {
    std::vector<Delivered> messages = {};
    std::vector<wire::Bytes> pings = {};
    bool close = false;
    std::optional<wire::StatusCode> close_code = std::nullopt;
    struct Failure {
        reference::Fault fault;
        wire::StatusCode code;
        std::string says;  ///< "the opcode is reserved (5.2)"
    };
    std::optional<Failure> failure = std::nullopt;
    bool unclear = false;  ///< the reference refuses what others may take

    bool is_end() const { return close || failure || unclear; }
};

/// Its application echoes. The connection is open from the start.
class ReferenceInPlace {
public:
    /// `extension`: what was agreed on, "permessage-deflate" or nothing.
    explicit ReferenceInPlace(std::string const& extension);

    Told feed(script::FrameOutput const& frame);

    bool message_under_way() const { return under_way_ != wire::Opcode::continuation; }
    wire::Opcode under_way() const { return under_way_; }
    bool deflate() const { return deflate_; }
    wire::Bytes payload(script::FrameOutput const& frame) const {
        return encoding_.payload(frame.payload);
    }

private:
    bool is_clear_deflate(script::FrameOutput const& frame, Told const& told);
    void take(reference::Event& event, Told& told);
    void note_message(script::FrameOutput const& frame, Told const& told);

    play::Setting setting_ = {};
    play::Encoding encoding_{setting_, wire::Role::client, 0};
    play::Random random_{0};
    reference::Endpoint endpoint_;
    bool deflate_;
    bool is_compressed_ = false;                           ///< the message under way
    wire::Bytes compressed_ = {};                          ///< its payload data so far
    wire::Opcode under_way_ = wire::Opcode::continuation;  ///< which stands for none
};

/// The state in which a frame came, the frame, and what came of it, in one number.
std::uint64_t packed(script::FrameOutput const& frame, std::size_t size, wire::Opcode under_way,
                     bool deflate, Told const& told);

}  // namespace wsproof::fuzz
