#include "harness/play/outgoing.hpp"

#include <algorithm>

#include "harness/play/words.hpp"
#include "reference_impl/wire/masking.hpp"

namespace wsproof::play {
namespace {

constexpr std::size_t kept_payload = 128 * 1024;
constexpr std::size_t kept_pings = 20'000;
constexpr std::size_t kept_messages = 64;

}  // namespace

void Outgoing::add(wire::ByteView bytes, bool by_case) {
    while (!bytes.empty()) {
        if (left_ != 0) {
            auto const size =
                static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
            if (payload_.size() + size <= kept_payload) wire::append(payload_, bytes.first(size));
            left_ -= size;
            bytes = bytes.subspan(size);
            if (left_ == 0) finish_frame();
            continue;
        }
        by_case_ = by_case;
        if (by_case) ping_sent_last_.reset();
        header_.push_back(bytes.front());
        bytes = bytes.subspan(1);
        if (auto const decoded = wire::decode_header(header_)) take_header(*decoded);
    }
}

void Outgoing::take_header(wire::DecodedHeader const& decoded) {
    header_.clear();
    payload_.clear();
    frame_ = decoded.header;
    left_ = frame_.payload_length;
    if (left_ == 0) finish_frame();
}

void Outgoing::finish_frame() {
    auto const opcode = frame_.opcode;
    auto const whole = payload_.size() == frame_.payload_length;
    if (frame_.masking_key && whole) wire::mask(payload_, *frame_.masking_key);
    if (!wire::is_control(opcode)) finish_fragment();
    if (opcode == wire::Opcode::ping && by_case_ && whole && pings_.size() < kept_pings) {
        pings_.push_back(payload_);
        awaits_pong_ = true;
        ping_sent_last_ = payload_;
    }
    auto const masked_right = frame_.masking_key.has_value() == (ours_ == wire::Role::client);
    auto const plain = frame_.fin && !frame_.rsv1 && !frame_.rsv2 && !frame_.rsv3;
    if (opcode == wire::Opcode::close && !close_sent_) {
        close_sent_ = masked_right && plain && frame_.payload_length <= 125;
        close_code_ = close_code_of(payload_);
    }
    payload_.clear();
}

void Outgoing::finish_fragment() {
    if (!message_under_way_) message_.clear();
    if (message_.size() + payload_.size() <= kept_payload) wire::append(message_, payload_);
    message_under_way_ = !frame_.fin;
    if (frame_.fin && by_case_ && messages_.size() < kept_messages) messages_.push_back(message_);
}

bool Outgoing::sent_message(wire::ByteView payload) const {
    return std::ranges::any_of(
        messages_, [&](wire::Bytes const& sent) { return std::ranges::equal(sent, payload); });
}

bool Outgoing::take_answered_ping(wire::ByteView data) {
    auto const found = std::ranges::find_if(
        pings_, [&](wire::Bytes const& ping) { return std::ranges::equal(ping, data); });
    if (found == pings_.end()) return false;
    if (*found == pings_.back()) awaits_pong_ = false;
    pings_.erase(found);
    return true;
}

}  // namespace wsproof::play
