// The verbs `send` and `wait`.
#include <algorithm>
#include <utility>

#include "harness/play/opening.hpp"
#include "harness/play/performance.hpp"

namespace wsproof::play {

void Performance::perform(script::Send const& send) {
    auto& it = connection();
    kept_.erase(step_->on);  // what came before cannot be an answer to this
    judging_ = true;
    if (std::exchange(answered_, false) && so_far_.verdict == Verdict::pass) {
        // The answer to what was sent before was right: from here on this is in question.
        stage_.recorder.forget_triggers();
        triggered_ = false;
    }
    Sending sending{.by_case = true, .flag = triggered_ ? Flag::none : Flag::trigger};
    sending.cut = {send.chop, stage_.scaled(send.gap)};
    it.hold();  // several outputs are one write
    for (auto const& output : send.outputs) emit(output, it, sending);
    it.release();
}

void Performance::emit(script::Output const& output, Connection& it, Sending const& sending) {
    auto const& encoding = stage_.encoding;
    if (auto const* frame = std::get_if<script::FrameOutput>(&output)) {
        send_frames(*frame, it, sending);
    } else if (auto const* request = std::get_if<script::RequestOutput>(&output)) {
        stage_.encoding.key = fresh_key(stage_.scripted);
        it.send_head(encode(*request, {}, encoding), sending);
    } else if (auto const* response = std::get_if<script::ResponseOutput>(&output)) {
        it.send_head(encode(*response, {}, await_request(it), encoding), sending);
    } else if (auto const* bytes = std::get_if<script::BytesOutput>(&output)) {
        if (!it.open())
            stage_.encoding.key = as_client() ? fresh_key(stage_.scripted) : received_key(it);
        if (!it.open() && !as_client()) await_request(it);  // ${accept} may stand in the bytes
        it.send_bytes(encoding.payload(bytes->bytes), sending);
    } else if (std::holds_alternative<script::DeafOutput>(output)) {
        it.turn_deaf();
    } else if (std::holds_alternative<script::EofOutput>(output)) {
        it.half_close(sending.flag);
    } else {
        it.reset(sending.flag);
    }
}

/// Held against what was agreed on: a peer is not judged by what it need not understand. The flag
/// is that of the first frame.
void Performance::send_frames(script::FrameOutput const& output, Connection& it, Sending sending) {
    auto const send_one = [&](wire::ByteView frame) {
        if (auto const obstacle = it.obstacle_to(frame)) {
            it.release();
            throw Skipped{"needs-capability:" + obstacle->capability, obstacle->words};
        }
        it.send_frame(frame, sending);
        sending.flag = Flag::none;
    };
    // A long payload is not kept beside its frame.
    if (output.fragments == 0) return send_one(encode(output, stage_.encoding, stage_.scripted));
    auto const payload = stage_.encoding.payload(output.payload);
    encode_fragments(output, payload, stage_.encoding, stage_.scripted, send_one);
}

void Performance::perform(script::Wait const& wait) {
    auto& it = connection();
    auto const time = stage_.scaled(wait.time);
    it.sleep(std::min(time, setting().case_time));
}

}  // namespace wsproof::play
