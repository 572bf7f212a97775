#include "harness/play/gauge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/play/opening.hpp"
#include "harness/play/words.hpp"

namespace wsproof::play {
namespace {

using How = Try::How;
using script::Limit;

constexpr std::size_t fragment_size = 64U << 10U;

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
std::uint64_t payload_of(Limit limit, std::uint64_t size) {
    return limit == Limit::empty_fragments ? 1 : size;
}

}  // namespace

Gauge::Gauge(script::Measure const& measure, std::chrono::milliseconds within, Stage& stage,
             Random& tokens, Dial dial, Over over)
    : measure_(measure),
      within_(within),
      stage_(stage),
      tokens_(tokens),
      dial_(std::move(dial)),
      over_(std::move(over)) {}

Gauge::Measured Gauge::measure() {
    switch (measure_.limit) {
        case Limit::frame_size:
        case Limit::message_size:
        case Limit::fragments:
        case Limit::empty_fragments:
        case Limit::header_field_size:
        case Limit::header_fields:
        case Limit::request_line_size:
            return seek();
        case Limit::connections:
            return hold_connections();
        case Limit::idle_time:
            return idle();
        case Limit::messages_per_second:
        case Limit::pings_per_second:
            return exchange();
        case Limit::connections_per_second:
            return come_and_go();
    }
    return {};
}

Gauge::Measured Gauge::seek() {
    auto const found =
        bisect(measure_.least, measure_.most, [this](std::uint64_t size) { return attempt(size); });
    return {.value = found.taken,
            .status = found.refusal.status,
            .at_least = found.taken && !found.beyond,
            .judgement = judge_size(measure_, found)};
}

Try Gauge::attempt(std::uint64_t size) {
    auto const about_the_head = measure_.limit == Limit::header_field_size ||
                                measure_.limit == Limit::header_fields ||
                                measure_.limit == Limit::request_line_size;
    try {
        auto const it = dial_();
        auto tried = about_the_head ? ask(*it, size) : say(*it, size);
        part(*it, tried.how == How::taken);
        return tried;
    } catch (Unreachable const& unreachable) {
        return {How::unreachable, std::nullopt, unreachable.what(), "no connection"};
    }
}

Try Gauge::ask(Connection& it, std::uint64_t size) {
    auto const number = static_cast<std::size_t>(size);
    if (measure_.limit == Limit::header_field_size)
        return open(it, {}, "X-Filler: " + std::string(number, 'x') + "\r\n");
    if (measure_.limit == Limit::header_fields) {
        std::string lines;
        for (std::size_t i = 1; i <= number; ++i) lines += fmt::format("X-{}: x\r\n", i);
        return open(it, {}, lines);
    }
    constexpr std::string_view around = "GET  HTTP/1.1";
    auto target = stage_.setting.resource_name;
    target += target.find('?') == std::string::npos ? "?x=" : "&x=";
    auto const length = std::max(number, around.size()) - around.size();
    if (target.size() < length) target.append(length - target.size(), 'x');
    return open(it, {.target = target});
}

Try Gauge::say(Connection& it, std::uint64_t size) {
    if (auto const opened = open(it, {}); opened.how != How::taken)
        return {How::unreachable, opened.status, opened.deed, opened.kind};
    it.send_bytes(message_of(size), {.by_case = true, .flag = Flag::trigger});
    auto const token = wire::to_bytes(tokens_.token());
    // What stands behind the message is read when the message was.
    if (stage_.setting.answers_pings && it.may_speak()) it.send_own(wire::Opcode::ping, token);
    return await_echo(it, payload_of(measure_.limit, size), token);
}

wire::Bytes Gauge::message_of(std::uint64_t size) {
    wire::Bytes bytes;
    auto const opcode = message_opcode();
    auto const payload = filler(payload_of(measure_.limit, size));
    auto const fragments = measure_.limit == Limit::message_size
                               ? (size + fragment_size - 1) / fragment_size
                               : (measure_.limit == Limit::frame_size ? 1 : size);
    auto const each = measure_.limit == Limit::message_size ? fragment_size
                      : measure_.limit == Limit::frame_size ? payload.size()
                                                            : std::size_t{1};
    bytes.reserve(payload.size() + static_cast<std::size_t>(fragments) * 14);
    auto left = wire::ByteView{payload};
    for (std::uint64_t i = 0; i < fragments; ++i) {
        auto const piece = left.first(std::min(left.size(), each));
        left = left.subspan(piece.size());
        append_frame(bytes, i == 0 ? opcode : wire::Opcode::continuation, i + 1 == fragments,
                     piece);
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
