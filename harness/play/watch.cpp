#include "harness/play/watch.hpp"

#include <fmt/format.h>

#include "harness/play/words.hpp"
#include "reference_impl/wire/close_status.hpp"
#include "reference_impl/wire/utf8.hpp"

namespace wsproof::play {

std::vector<Defect> Watch::frame(wire::FrameHeader const& header, wire::ByteView payload) {
    std::vector<Defect> defects;
    auto const is_close = header.opcode == wire::Opcode::close;
    check_header(header, defects);
    check_reserved_bits(header, defects);
    if (!wire::is_control(header.opcode)) check_sequence(header, defects);
    if (is_close) check_close(payload, defects);
    // 5.5.1 bans data frames after Close; what other control frames may do there it leaves open.
    if (closed_ && (is_close || !wire::is_control(header.opcode))) {
        defects.push_back({"6455/5.5.1/nothing-after-close",
                           fmt::format("sent {} after its Close frame",
                                       is_close ? "another Close frame" : "a data frame")});
    }
    closed_ = closed_ || is_close;
    return defects;
}

void Watch::check_header(wire::FrameHeader const& header, std::vector<Defect>& to) const {
    auto const name = wire::name_of(header.opcode);
    auto const masked = header.masking_key.has_value();
    if (peer_ == wire::Role::server && masked) {
        to.push_back({"6455/5.1/server-never-masks", fmt::format("masked a {} frame", name)});
    }
    if (peer_ == wire::Role::client && !masked) {
        to.push_back({"6455/5.1/client-masks-every-frame",
                      fmt::format("sent a {} frame without masking it", name)});
    }
    if (!wire::is_defined(header.opcode)) {
        to.push_back({"6455/5.2/defined-opcodes-only",
                      fmt::format("sent a frame with the reserved opcode {:#x}",
                                  static_cast<unsigned>(header.opcode))});
    }
    if (header.length_form != wire::minimal_form(header.payload_length)) {
        to.push_back({"6455/5.2/minimal-length",
                      fmt::format("wrote the payload length {} in {} bits", header.payload_length,
                                  header.length_form == wire::LengthForm::bits_64 ? 64 : 16)});
    }
    if (!wire::is_control(header.opcode)) return;
    if (!header.fin) {
        to.push_back({"6455/5.5/control-frame-unfragmented",
                      fmt::format("sent a {} frame with FIN 0", name)});
    }
    if (header.payload_length > 125) {
        to.push_back({"6455/5.5/control-frame-short",
                      fmt::format("sent a {} frame of {} bytes", name, header.payload_length)});
    }
}

void Watch::check_reserved_bits(wire::FrameHeader const& header, std::vector<Defect>& to) const {
    auto const name = wire::name_of(header.opcode);
    auto const foreign_rsv1 = header.rsv1 && !compression_;
    if (foreign_rsv1 || header.rsv2 || header.rsv3) {
        to.push_back({"6455/5.2/rsv-clear-unless-negotiated",
                      fmt::format("set RSV{} in a {} frame, no extension defines it",
                                  foreign_rsv1 ? 1 : (header.rsv2 ? 2 : 3), name)});
    }
    auto const first = header.opcode == wire::Opcode::text || header.opcode == wire::Opcode::binary;
    if (header.rsv1 && compression_ && !first) {
        to.push_back({"7692/6.1/rsv1-only-on-first-data-frame",
                      fmt::format("set RSV1 in a {} frame", name)});
    }
}

void Watch::check_sequence(wire::FrameHeader const& header, std::vector<Defect>& to) {
    auto const continues = header.opcode == wire::Opcode::continuation;
    if (continues && !message_under_way_) {
        to.push_back({"6455/5.4/fragments-in-sequence",
                      "sent a continuation frame with no message to continue"});
    }
    if (!continues && message_under_way_) {
        to.push_back({"6455/5.4/fragments-in-sequence",
                      fmt::format("began a {} message before the fragmented one was finished",
                                  wire::name_of(header.opcode))});
    }
    message_under_way_ = !header.fin;
}

void Watch::check_close(wire::ByteView payload, std::vector<Defect>& to) const {
    if (payload.size() == 1) {
        to.push_back({"6455/5.5.1/close-body-form", "sent a Close frame with a body of one byte"});
    }
    auto const code = close_code_of(payload);
    if (!code) return;
    if (!wire::is_valid_utf8(payload.subspan(2))) {
        to.push_back(
            {"6455/5.5.1/close-body-form", "sent a Close frame whose reason is not valid UTF-8: " +
                                               payload_in_words(payload.subspan(2))});
    }
    if (wire::is_reserved_for_apis(*code)) {
        to.push_back({"6455/7.4.1/reserved-codes-not-sent",
                      fmt::format("sent a Close frame with the reserved code {}", *code)});
    } else if (!wire::may_be_sent(*code) && code != close_sent_) {
        to.push_back(
            {"6455/7.4.2/close-code-sendable",
             fmt::format("sent a Close frame with the code {}, which nothing defines", *code)});
    }
}

std::vector<Defect> Watch::message(Assembler::Assembled const& assembled) const {
    std::vector<Defect> defects;
    if (!assembled.inflates) {
        defects.push_back(
            {"7692/7.2.1/payload-inflates", "sent a compressed message that cannot be inflated"});
    }
    auto const& message = assembled.message;
    if (message.opcode == wire::Opcode::text && !message.corrupt) {
        wire::Utf8Validator validator;
        if (!validator.feed(message.payload) || !validator.complete()) {
            auto const at = validator.error_position().value_or(message.payload.size());
            defects.push_back(
                {"6455/8.1/text-is-utf8",
                 fmt::format("sent a text message that is not valid UTF-8 at byte {}", at)});
        }
    }
    if (peer_ == wire::Role::server && compression_ && assembled.walk) {
        auto const window = std::uint32_t{1} << static_cast<unsigned>(compression_->window_bits);
        if (assembled.walk->longest_distance > window) {
            defects.push_back({"7692/7.1.2.1/server-window-honoured",
                               fmt::format("refers back {} bytes in a window of {}",
                                           assembled.walk->longest_distance, window)});
        }
    }
    return defects;
}

}  // namespace wsproof::play
