#include "reference_impl/protocol/assembly.hpp"

#include <limits>
#include <utility>

namespace wsproof::reference {

Assembly::Assembly(std::size_t max_message_size, std::size_t max_fragments, Faults const& faults)
    : max_message_size_{max_message_size},
      max_fragments_{max_fragments},
      faults_{faults},
      text_{faults} {
    if (faults.has(Fault::accepts_too_big_messages) ||
        faults.has(Fault::limits_compressed_bytes_alone))
        max_message_size_ = std::numeric_limits<std::size_t>::max();
}

std::optional<Violation> Assembly::add(FramePiece const& piece) {
    bool const starts_message = piece.opcode != wire::Opcode::continuation || !under_way_;
    if (piece.begins && starts_message) begin(piece);
    if (piece.begins && ++fragments_ > max_fragments_ && max_fragments_ != 0)
        progress_.too_big = true;
    add_payload(piece.payload);
    if (piece.ends && piece.fin) end();
    if (piece.ends && !piece.fin && compressed_ &&
        faults_.has(Fault::inflates_fragments_one_by_one))
        note(deflate_->finish(message_.data, inflated_bound()));
    if (progress_.deflate_corrupt && faults_.has(Fault::swallows_corrupt_messages)) {
        deflate_->forget();
        drop();
        return std::nullopt;
    }
    if (auto broken = broken_rule(judged(piece), faults_)) return broken;
    ready_ = progress_.ended;
    return std::nullopt;
}

/// 5.6: only the whole message must be UTF-8; a frame may end inside a character.
MessageProgress Assembly::judged(FramePiece const& piece) const {
    auto progress = progress_;
    if (faults_.has(Fault::validates_utf8_per_frame) && piece.ends) {
        progress.ended = true;
        progress.utf8_complete = text_.complete();
    }
    return progress;
}

std::optional<Message> Assembly::take() {
    if (!std::exchange(ready_, false)) return std::nullopt;
    under_way_ = false;
    return std::exchange(message_, Message{});
}

void Assembly::drop() {
    message_ = {};
    under_way_ = false;
    ready_ = false;
}

Message Assembly::cut_short() {
    under_way_ = false;
    return std::exchange(message_, Message{});
}

void Assembly::begin(FramePiece const& piece) {
    bool const is_text = piece.opcode == wire::Opcode::text;
    message_.kind = is_text ? MessageKind::text : MessageKind::binary;
    message_.data.clear();
    under_way_ = true;
    fragments_ = 0;
    compressed_ = piece.rsv1 && deflate_ != nullptr;
    if (faults_.has(Fault::delivers_compressed_bytes)) compressed_ = false;
    if (faults_.has(Fault::inflates_uncompressed_messages)) compressed_ = deflate_ != nullptr;
    progress_ = {.is_text = is_text};
    if (faults_.has(Fault::checks_utf8_of_binary)) progress_.is_text = true;
    if (faults_.has(Fault::skips_utf8_of_compressed) && compressed_) progress_.is_text = false;
    if (!faults_.has(Fault::keeps_utf8_state_between_messages)) text_.reset();
    if (deflate_ != nullptr && !compressed_ &&
        faults_.has(Fault::resets_context_at_uncompressed_messages))
        deflate_->forget();
}

void Assembly::add_payload(wire::ByteView payload) {
    if (payload.empty()) return;
    auto const from = message_.data.size();
    if (compressed_) {
        note(deflate_->inflate(payload, message_.data, inflated_bound()));
        if (faults_.has(Fault::checks_compressed_bytes_as_utf8)) {
            progress_.utf8_possible = text_.feed(payload);
            return;
        }
    } else {
        wire::append(message_.data, payload);
        // Beside compressed messages the table of headers allows for what compression adds.
        if (message_.data.size() > max_message_size_ && !faults_.has(Fault::limits_frames_alone))
            progress_.too_big = true;
    }
    check(from);
}

void Assembly::end() {
    auto const from = message_.data.size();
    if (compressed_ && !progress_.deflate_corrupt && !progress_.too_big)
        note(deflate_->finish(message_.data, inflated_bound()));
    if (compressed_ && message_.data.empty() &&
        faults_.has(Fault::resets_context_at_empty_messages))
        deflate_->forget();
    check(from);
    progress_.ended = true;
    progress_.utf8_complete =
        text_.complete() || faults_.has(Fault::keeps_utf8_state_between_messages);
}

/// How many bytes the message may have when the next piece is inflated.
std::size_t Assembly::inflated_bound() const noexcept {
    if (!faults_.has(Fault::limits_inflated_fragments_alone)) return max_message_size_;
    return message_.data.size() + max_message_size_;
}

void Assembly::check(std::size_t from) {
    if (!progress_.is_text) return;
    progress_.utf8_possible = text_.feed(wire::ByteView{message_.data}.subspan(from));
}

void Assembly::note(wire::InflateStatus status) {
    if (status == wire::InflateStatus::corrupt) progress_.deflate_corrupt = true;
    if (status == wire::InflateStatus::too_big) progress_.too_big = true;
}

}  // namespace wsproof::reference
