#include "reference_impl/protocol/frame_writer.hpp"

#include <algorithm>
#include <span>

namespace wsproof::reference {

using wire::Bytes;
using wire::ByteView;
using wire::FrameHeader;
using wire::LengthForm;
using wire::Opcode;

FrameWriter::FrameWriter(wire::Role role, std::uint64_t seed, Faults const& faults)
    : role_{role}, random_{seed}, faults_{faults}, honest_{!faults.any()} {}

void FrameWriter::write_control(Opcode opcode, ByteView payload, Bytes& to) {
    auto const header = wire::header_for(opcode, payload.size());
    bool const answers = opcode == Opcode::pong;
    if (faults_.has(Fault::sends_long_control) && answers) return write_long(opcode, payload, to);
    if (faults_.has(Fault::fragments_control) && answers)
        return write_fragments(header, payload, to);
    write(header, payload, to);
}

void FrameWriter::write_message(Opcode opcode, bool rsv1, ByteView payload, Bytes& to) {
    auto header = wire::header_for(opcode, payload.size());
    header.rsv1 = rsv1;
    if (faults_.has(Fault::sets_rsv1_on_continuation) && rsv1)
        return write_fragments(header, payload, to);
    if (faults_.has(Fault::never_ends_messages)) header.fin = false;
    write(header, payload, to);
}

void FrameWriter::write(FrameHeader header, ByteView payload, Bytes& to) {
    if (role_ == wire::Role::client) header.masking_key = random_.masking_key();
    if (!honest_) distort(header);
    wire::encode_header(header, to);
    auto const begin = to.size();
    wire::append(to, payload);
    if (header.masking_key) wire::mask(std::span{to}.subspan(begin), *header.masking_key);
}

/// Two frames where one is due; the second repeats the reserved bits of the first.
void FrameWriter::write_fragments(FrameHeader header, ByteView payload, Bytes& to) {
    auto const first = payload.first(payload.size() / 2);
    auto const rest = payload.subspan(first.size());
    auto second = wire::header_for(Opcode::continuation, rest.size());
    second.rsv1 = header.rsv1;
    auto head = wire::header_for(header.opcode, first.size());
    head.rsv1 = header.rsv1;
    head.fin = false;
    write(head, first, to);
    write(second, rest, to);
}

/// More than a control frame may hold (5.5).
void FrameWriter::write_long(Opcode opcode, ByteView payload, Bytes& to) {
    Bytes longer{payload.begin(), payload.end()};
    longer.resize(126);
    write(wire::header_for(opcode, longer.size()), longer, to);
}

/// The mistakes that mutants make as senders.
void FrameWriter::distort(FrameHeader& header) const {
    bool const is_data = !is_control(header.opcode);
    if (faults_.has(Fault::masks_its_frames))
        header.masking_key = wire::MaskingKey{std::byte{0x5A}};
    if (faults_.has(Fault::leaves_frames_unmasked)) header.masking_key.reset();
    if (faults_.has(Fault::sends_reserved_bits)) header.rsv2 = true;
    if (faults_.has(Fault::sends_rsv1_unasked) && is_data) header.rsv1 = true;
    if (faults_.has(Fault::sends_reserved_opcodes) && is_data) header.opcode = Opcode{0x3};
    if (faults_.has(Fault::compresses_control) && !is_data) header.rsv1 = true;
    if (faults_.has(Fault::sends_non_minimal_lengths))
        header.length_form = std::max(header.length_form, LengthForm::bits_16);
}

}  // namespace wsproof::reference
