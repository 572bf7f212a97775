#include "harness/play/writer.hpp"

#include <algorithm>
#include <utility>

namespace wsproof::play {
namespace {

constexpr std::size_t bytewise_limit = 4096;  // beyond it single bytes only cost time
constexpr std::size_t piece_beyond = 1024;
constexpr std::size_t held_limit = 1U << 20U;

}  // namespace

void Writer::write(wire::ByteView bytes, Cut cut) {
    if (bytes.empty()) return;
    if (cut.chop != 0) {
        flush();
        return in_pieces(bytes, cut.chop, cut.gap);
    }
    switch (delivery_) {
        case Delivery::whole:
            if (bytes.size() > held_limit) {  // no one write anyway
                flush();
                return peer_.send(bytes);
            }
            wire::append(held_, bytes);
            return holding_ ? void() : flush();
        case Delivery::bytewise: {
            auto const single = std::min(bytes.size(), bytewise_limit);
            in_pieces(bytes.first(single), 1, cut.gap);
            return in_pieces(bytes.subspan(single), piece_beyond, cut.gap);
        }
        case Delivery::coalesced:
            wire::append(held_, bytes);
            if (held_.size() > held_limit) flush();
            return;
    }
}

void Writer::release() {
    holding_ = false;
    if (delivery_ != Delivery::coalesced) flush();
}

void Writer::flush() {
    if (held_.empty()) return;
    auto const bytes = std::exchange(held_, {});
    peer_.send(bytes);
}

void Writer::in_pieces(wire::ByteView bytes, std::size_t size, std::chrono::milliseconds gap) {
    while (!bytes.empty()) {
        auto const piece = bytes.first(std::min(size, bytes.size()));
        peer_.send(piece);
        bytes = bytes.subspan(piece.size());
        if (!bytes.empty() && gap.count() > 0) peer_.sleep(gap);
    }
}

}  // namespace wsproof::play
