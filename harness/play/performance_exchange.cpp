// The verb `exchange`: message after message, each sent when the echo of the one before has come.
#include <fmt/format.h>

#include <algorithm>

#include "harness/play/performance.hpp"
#include "harness/play/words.hpp"

namespace wsproof::play {
namespace {

constexpr std::size_t window = 32768;  // bytes, the largest of DEFLATE
constexpr std::size_t shown = 2;       // messages that the transcript shows, if all is well

/// Whether another message is due when `sent` have come back, of so many bytes in all.
bool goes_on(script::Exchange const& exchange, Depth depth, std::size_t sent, std::size_t bytes) {
    if (sent == exchange.times) return false;
    switch (depth) {
        case Depth::brief:
            return sent < 2 || (sent < 128 && bytes <= window + window / 4);
        case Depth::normal:
            return sent < 4 || (sent < 256 && bytes < 4 * window);
        case Depth::full:
            break;
    }
    return true;
}

/// What may come in answer to a message: it, or the word that it is too big (10.4, 7.4.1). Whoever
/// just drops TCP has lost a legal message.
script::Expect echo_of(wire::Opcode opcode, wire::Bytes const& message) {
    script::Outcome const echo{script::MessagePattern{opcode, {script::Hex{message}}}};
    script::Outcome const too_big{script::ClosePattern{{1009}}, script::Grade::note,
                                  "accepts only smaller messages"};
    script::Outcome const policy{script::ClosePattern{{1008}}, script::Grade::lenient,
                                 "calls a policy what 1009 would say"};
    return {{echo, too_big, policy}};
}

}  // namespace

void Performance::perform(script::Exchange const& exchange) {
    auto& it = connection();
    kept_.erase(step_->on);  // what came before cannot be an answer to this
    if (exchange.compressed && it.open() && !it.own_compression()) {
        throw Skipped{"needs-capability:permessage-deflate",
                      fmt::format("the {} did not agree to permessage-deflate", peer())};
    }
    judging_ = true;
    std::size_t sent = 0;
    std::size_t bytes = 0;
    Recorder::Mark mark;
    while (goes_on(exchange, setting().depth, sent, bytes)) {
        auto const began = it.elapsed();
        auto const message = stage_.encoding.payload(exchange.payload, sent);
        it.ask_for(message.size());
        send_nth(exchange, sent, message, it);
        Judgement otherwise;
        if (!echoed(exchange.opcode, message, it, otherwise)) {
            auto const which =
                fmt::format("message {} of {}: ", grouped(sent + 1), grouped(exchange.times));
            otherwise.reason.insert(0, which);
            take(std::move(otherwise));
            return;
        }
        stage_.work += it.elapsed() - began;  // each message has the time of the step
        bytes += message.size();
        if (++sent == shown) mark = stage_.recorder.mark();
        if (sent > shown) {
            auto words = fmt::format("{} more messages and their echoes", grouped(sent - shown));
            stage_.recorder.fold(
                mark, {.time = it.elapsed(), .connection = it.index(), .words = std::move(words)});
        }
    }
    take({.reason =
              fmt::format("every one of {} messages came back as it was sent", grouped(sent))});
}

void Performance::send_nth(script::Exchange const& exchange, std::size_t nth,
                           wire::Bytes const& message, Connection& it) {
    script::FrameOutput const shape{
        .opcode = exchange.opcode, .rsv1 = exchange.compressed, .fragments = exchange.fragments};
    Sending sending{.by_case = true, .flag = triggered_ ? Flag::none : Flag::trigger};
    triggered_ = true;
    auto const send = [&](wire::ByteView payload) {
        encode_fragments(shape, payload, stage_.encoding, stage_.scripted,
                         [&](wire::ByteView frame) {
                             it.send_frame(frame, sending);
                             sending.flag = Flag::none;
                         });
    };
    it.hold();  // the frames of a message are one write
    if (exchange.compressed) {
        auto const& agreed = it.own_compression();
        auto const bits = agreed ? agreed->window_bits : 15;
        auto const* const data = std::get_if<script::Data>(&exchange.payload.form);
        if (data != nullptr) {
            send(*script::compressed_slice(*data, nth, bits));
        } else {
            send(wire::Deflater(bits).compress(message));
        }
    } else {
        send(message);
    }
    it.release();
}

/// Waits for the echo; what comes instead becomes the judgement.
bool Performance::echoed(wire::Opcode opcode, wire::Bytes const& message, Connection& it,
                         Judgement& otherwise) {
    auto const event = it.next(it.deadline_in(stage_.scaled(step_->within)));
    auto const* const frame = event ? event->as<Frame>() : nullptr;
    auto const* const answer = frame != nullptr && frame->message ? &*frame->message : nullptr;
    if (answer != nullptr && answer->opcode == opcode && !answer->corrupt &&
        wire::equal(answer->payload, message)) {
        return true;
    }
    auto const expect = echo_of(opcode, message);
    Expectation expectation{expect, stage_, it, it.elapsed()};
    auto judgement =
        event ? expectation.offer(*event) : expectation.time_over(stage_.scaled(step_->within));
    if (!judgement) judgement = await(expectation, it);
    auto const is_echo = judgement->verdict == Verdict::pass;
    otherwise = std::move(*judgement);
    return is_echo;
}

}  // namespace wsproof::play
