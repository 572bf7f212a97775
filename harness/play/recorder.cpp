#include "harness/play/recorder.hpp"

#include <algorithm>
#include <utility>

#include "harness/play/words.hpp"

namespace wsproof::play {

void Recorder::add(Entry entry, wire::ByteView bytes) {
    if (full()) {
        ++left_out_;
        return;
    }
    auto const room = bounds_.transcript - std::min(bounds_.transcript, kept_);
    auto const keep = std::min({bytes.size(), bounds_.entry, room});
    auto const front = keep == bytes.size() ? keep : keep / 2;
    wire::append(entry.bytes, bytes.first(front));
    wire::append(entry.bytes, bytes.last(keep - front));
    entry.omitted = bytes.size() - keep;
    kept_ += keep;
    transcript_.entries.push_back(std::move(entry));
}

void Recorder::add(Arrival arrival) {
    if (!transcript_.complete) return;
    arrived_ += arrival.data.size() + 8;  // so that a drip of empty pieces is bounded too
    if (arrived_ > bounds_.transcript) {
        transcript_.complete = false;
        transcript_.arrivals = {};
        return;
    }
    transcript_.arrivals.push_back(std::move(arrival));
}

void Recorder::fold(Mark const& mark, Entry line) {
    transcript_.entries.resize(mark.entries);
    kept_ = mark.kept;
    left_out_ = mark.left_out;
    add(std::move(line));
}

void Recorder::forget_triggers() {
    for (auto& entry : transcript_.entries)
        if (entry.flag == Flag::trigger) entry.flag = Flag::none;
}

Transcript Recorder::take() {
    if (left_out_ != 0) {
        auto const last = transcript_.entries.back().time;
        transcript_.entries.push_back(
            Entry{.time = last, .words = grouped(left_out_) + " more entries, not kept"});
        left_out_ = 0;
    }
    return std::exchange(transcript_, {});
}

}  // namespace wsproof::play
