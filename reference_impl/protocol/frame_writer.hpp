// Frames onto the wire as a sender owes them (RFC 6455 5.1, 5.2): masked by clients, in the fewest
// bytes, reserved bits clear.
#pragma once

#include <cstdint>

#include "reference_impl/protocol/fault.hpp"
#include "reference_impl/protocol/random.hpp"
#include "reference_impl/wire/bytes.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/role.hpp"

namespace wsproof::reference {

class FrameWriter {
public:
    FrameWriter(wire::Role role, std::uint64_t seed, Faults const& faults);

    void write_control(wire::Opcode opcode, wire::ByteView payload, wire::Bytes& to);
    /// A whole message in one frame; `rsv1` when its payload data is compressed (RFC 7692 6.1).
    void write_message(wire::Opcode opcode, bool rsv1, wire::ByteView payload, wire::Bytes& to);

private:
    void write(wire::FrameHeader header, wire::ByteView payload, wire::Bytes& to);
    void write_fragments(wire::FrameHeader header, wire::ByteView payload, wire::Bytes& to);
    void write_long(wire::Opcode opcode, wire::ByteView payload, wire::Bytes& to);
    void distort(wire::FrameHeader& header) const;

    wire::Role role_;
    Random random_;
    Faults faults_;
    bool honest_;
};

}  // namespace wsproof::reference
