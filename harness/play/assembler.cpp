#include "harness/play/assembler.hpp"

#include <utility>

#include "harness/play/reader.hpp"

namespace wsproof::play {

std::optional<Assembler::Assembled> Assembler::add(wire::FrameHeader const& header,
                                                   wire::ByteView payload) {
    if (header.opcode != wire::Opcode::continuation) {
        message_ = Message{header.opcode};
        message_is_compressed_ = compressed() && header.rsv1;
        under_way_ = true;
    }
    if (!under_way_) return std::nullopt;  // a continuation of nothing: the watch tells
    if (message_.payload.size() + payload.size() > longest_frame) {
        message_.corrupt = true;
    } else {
        wire::append(message_.payload, payload);
    }
    if (!header.fin) return std::nullopt;
    under_way_ = false;
    return complete();
}

Assembler::Assembled Assembler::complete() {
    Assembled assembled{std::exchange(message_, {})};
    if (message_is_compressed_ && !assembled.message.corrupt) inflate(assembled);
    return assembled;
}

void Assembler::inflate(Assembled& assembled) {
    // No distance reaches beyond 32,768 bytes: only smaller windows have to be looked after.
    if (compression_->window_bits < 15)
        assembled.walk = wire::walk_blocks(assembled.message.payload);
    wire::Bytes out;
    auto status = inflated_ >= inflated_bound_
                      ? wire::InflateStatus::too_big
                      : inflater_.feed(assembled.message.payload, out, longest_frame);
    if (status == wire::InflateStatus::ok) status = inflater_.finish(out, longest_frame);
    inflated_ += out.size();
    assembled.inflates = status != wire::InflateStatus::corrupt;
    assembled.message.corrupt = status != wire::InflateStatus::ok;
    assembled.message.payload = std::move(out);
    if (!compression_->takes_context_over || assembled.message.corrupt) inflater_.reset();
}

}  // namespace wsproof::play
