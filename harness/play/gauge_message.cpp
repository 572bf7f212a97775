// Messages of a size: how they are sent, and how their echo is awaited.
#include <fmt/format.h>

#include <algorithm>

#include "harness/play/gauge.hpp"
#include "harness/play/opening.hpp"
#include "harness/play/words.hpp"
#include "reference_impl/wire/deflate.hpp"

namespace wsproof::play {
namespace {

/// Small, so that a limit on the size of a frame alone is told from one on messages.
constexpr std::size_t fragment_size = 16U << 10U;
constexpr std::size_t compressed_fragments = 4;

/// Payload data that shows where it was cut.
constexpr std::string_view filling =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.";
static_assert(filling.size() == 64);

wire::Bytes filler(std::uint64_t size) {
    wire::Bytes bytes(static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::byte>(filling[i % filling.size()]);
    return bytes;
}

bool is_filler(wire::ByteView bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if (bytes[i] != static_cast<std::byte>(filling[i % filling.size()])) return false;
    return true;
}

/// Bytes of payload data in a message of that many fragments.
std::uint64_t payload_of(script::Limit limit, std::uint64_t size) {
    return limit == script::Limit::empty_fragments ? 1 : size;
}

/// In how many frames a message goes, and how many bytes of it each takes.
struct Cutting {
    std::uint64_t frames = 1;
    std::size_t each = 0;
};

Cutting cutting_of(script::Limit limit, std::uint64_t size, std::size_t on_wire) {
    switch (limit) {
        case script::Limit::message_size:
            return {(size + fragment_size - 1) / fragment_size, fragment_size};
        case script::Limit::compressed_fragments_size:
            return {compressed_fragments, std::max<std::size_t>(1, on_wire / compressed_fragments)};
        case script::Limit::fragments:
        case script::Limit::empty_fragments:
            return {size, 1};
        default:
            return {1, on_wire};
    }
}

}  // namespace

using How = Try::How;

Try Gauge::say(Connection& it, script::Limit limit, std::uint64_t size) {
    Wishes const wishes{.extension = is_compressed(limit) ? "permessage-deflate" : ""};
    if (auto const opened = open(it, {}, {}, wishes); opened.how != How::taken)
        return {How::unreachable, opened.status, opened.deed, opened.kind};
    if (is_compressed(limit) && !it.own_compression())
        return {How::unreachable, std::nullopt, "did not agree to permessage-deflate again",
                "no permessage-deflate"};
    if (is_compressed(limit)) it.ask_for(static_cast<std::size_t>(size));
    it.send_bytes(message_of(limit, size), {.by_case = true, .flag = Flag::trigger});
    auto const token = wire::to_bytes(tokens_.token());
    // What stands behind the message is read when the message was.
    if (stage_.setting.answers_pings && it.may_speak()) it.send_own(wire::Opcode::ping, token);
    return await_echo(it, payload_of(limit, size), token);
}

wire::Bytes Gauge::message_of(script::Limit limit, std::uint64_t size) {
    auto payload = filler(payload_of(limit, size));
    if (is_compressed(limit)) payload = wire::Deflater{}.compress(payload);
    auto const cutting = cutting_of(limit, size, payload.size());
    wire::Bytes bytes;
    bytes.reserve(payload.size() + static_cast<std::size_t>(cutting.frames) * 14);
    auto left = wire::ByteView{payload};
    for (std::uint64_t i = 0; i < cutting.frames; ++i) {
        bool const last = i + 1 == cutting.frames;
        auto const rest = is_compressed(limit) && last;  // what division left over goes with it
        auto const piece = rest ? left : left.first(std::min(left.size(), cutting.each));
        left = left.subspan(piece.size());
        wire::FrameHeader header;
        header.opcode = i == 0 ? message_opcode() : wire::Opcode::continuation;
        header.fin = last;
        header.rsv1 = i == 0 && is_compressed(limit);
        append_frame(bytes, header, piece);
    }
    return bytes;
}

Try Gauge::await_echo(Connection& it, std::uint64_t size, wire::Bytes const& token) {
    auto const& setting = stage_.setting;
    auto echoed = !setting.echoes_text && !setting.echoes_binary;
    auto fenced = !setting.answers_pings;
    auto const deadline = it.deadline_in(within_);
    while (!echoed || !fenced) {
        auto const event = it.next(deadline);
        auto const* frame = event ? event->as<Frame>() : nullptr;
        if (frame == nullptr || event->is_close()) return unexpected(event, it);
        auto const is_pong = frame->header.opcode == wire::Opcode::pong;
        fenced = fenced || (is_pong && frame->payload == token);
        if (!frame->message || echoed || passes_over(*frame->message)) continue;
        auto const& payload = frame->message->payload;
        echoed = payload.size() == size && frame->message->opcode == message_opcode() &&
                 is_filler(payload);
        if (echoed) continue;
        auto const cut = payload.size() < size && is_filler(payload);
        if (!cut) return unexpected(event, it);
        return {How::wrong, std::nullopt,
                fmt::format("echoed {} of {} bytes", grouped(payload.size()), grouped(size)),
                "part of an echo"};
    }
    return {};
}

}  // namespace wsproof::play
