// How many connections, for how long, and how much in a second.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "harness/play/gauge.hpp"
#include "harness/play/words.hpp"

namespace wsproof::play {
namespace {

using How = Try::How;
using script::Limit;
using std::chrono::microseconds;

constexpr std::size_t batch = 16;

}  // namespace

// ---- connections held open -------------------------------------------------------------------

Gauge::Measured Gauge::hold_connections() {
    std::vector<Dialled> held;
    Try refusal;
    while (held.size() < measure_.most) {
        Dialled it;
        refusal = dial_and_open(it);
        if (refusal.how != How::taken) {
            if (it) part(*it, false);
            break;
        }
        held.push_back(std::move(it));
    }
    auto const tried = held.size() + (refusal.how == How::taken ? 0U : 1U);
    auto const alive = all_alive(held);
    Search found{.refusal = refusal};
    if (!held.empty()) found.taken = held.size();
    if (refusal.how != How::taken) found.beyond = tried;
    if (alive.how != How::taken) {
        // Whoever lets go of older ones for the sake of newer ones says so.
        found.beyond = tried;
        found.refusal = alive;
    }
    for (auto const& it : held) part(*it, false);
    return {.value = found.taken,
            .status = found.refusal.status,
            .at_least = found.taken && !found.beyond,
            .judgement = judge_size(measure_, found)};
}

/// Those that were let go are taken out; one that is silent is wrong.
Try Gauge::all_alive(std::vector<Dialled>& held) {
    Try worst;
    std::vector<std::size_t> ended;
    for (std::size_t i = 0; i < held.size(); ++i) {
        auto const tried = await_fence(*held[i], wire::to_bytes(tokens_.token()));
        if (tried.how == How::silent) {
            return {How::wrong, std::nullopt,
                    fmt::format("no longer answers on connection {}", grouped(i + 1)),
                    "connection without an answer"};
        }
        if (tried.how == How::taken) continue;
        worst = tried;
        part(*held[i], false);
        ended.push_back(i);
    }
    for (auto const i : ended) held[i].reset();
    std::erase(held, nullptr);
    return worst;
}

// ---- idle ------------------------------------------------------------------------------------

Gauge::Measured Gauge::idle() {
    Dialled it;
    auto stop = dial_and_open(it);
    if (stop.how != How::taken) return rated(0, microseconds{0}, stop);
    auto const began = it->arrived();
    auto const deadline =
        it->deadline_in(std::chrono::milliseconds{static_cast<std::int64_t>(measure_.most)});
    while (auto const event = it->next(deadline)) {
        auto const* frame = event->as<Frame>();
        if (frame != nullptr && !event->is_close()) continue;
        stop = unexpected(event, *it);
        break;
    }
    auto const kept = std::chrono::duration_cast<std::chrono::milliseconds>(it->arrived() - began);
    if (stop.how == How::taken) stop = await_fence(*it, wire::to_bytes(tokens_.token()));
    if (stop.how == How::silent) stop.how = How::wrong;
    Search found{.taken = static_cast<std::uint64_t>(kept.count()), .refusal = stop};
    if (stop.how != How::taken) found.beyond = *found.taken + 1;
    if (stop.how == How::taken) found.taken = measure_.most;
    part(*it, stop.how == How::taken);
    return {.value = found.taken,
            .status = stop.status,
            .at_least = stop.how == How::taken,
            .judgement = judge_size(measure_, found)};
}

// ---- rates -----------------------------------------------------------------------------------

Gauge::Measured Gauge::exchange() {
    Dialled it;
    auto stop = dial_and_open(it);
    if (stop.how != How::taken) return rated(0, microseconds{0}, stop);
    auto const began = it->arrived();
    std::uint64_t done = 0;
    while (done < measure_.most && stop.how == How::taken) {
        auto const count =
            static_cast<std::size_t>(std::min<std::uint64_t>(batch, measure_.most - done));
        stop = exchange_batch(*it, count);
        if (stop.how == How::taken) done += count;
    }
    auto const time = it->arrived() - began;
    part(*it, stop.how == How::taken);
    return rated(done, time, stop);
}

/// Messages come back one by one; of several Pings only the last has to be answered (RFC 6455
/// 5.5.3).
Try Gauge::exchange_batch(Connection& it, std::size_t count) {
    auto const by_ping = measure_.limit == Limit::pings_per_second;
    auto const opcode = by_ping ? wire::Opcode::ping : message_opcode();
    std::vector<wire::Bytes> tokens;
    wire::Bytes bytes;
    for (std::size_t i = 0; i < count; ++i) {
        tokens.push_back(wire::to_bytes(tokens_.token()));
        append_frame(bytes, wire::FrameHeader{.opcode = opcode}, tokens.back());
    }
    it.send_bytes(bytes, {});
    auto const deadline = it.deadline_in(within_);
    for (std::size_t next = 0; next < count;) {
        auto const event = it.next(deadline);
        auto const* frame = event ? event->as<Frame>() : nullptr;
        if (frame == nullptr || event->is_close()) return unexpected(event, it);
        if (by_ping && frame->header.opcode == wire::Opcode::pong) {
            auto const found = std::ranges::find(tokens, frame->payload);
            if (found == tokens.end()) return unexpected(event, it);
            next = static_cast<std::size_t>(found - tokens.begin()) + 1;
        }
        if (by_ping || !frame->message) continue;
        if (frame->message->payload == tokens[next]) {
            ++next;
        } else if (!passes_over(*frame->message)) {
            return unexpected(event, it);
        }
    }
    return {};
}

Gauge::Measured Gauge::come_and_go() {
    Try stop;
    std::uint64_t done = 0;
    std::optional<microseconds> began;
    microseconds ended{0};
    while (done < measure_.most && stop.how == How::taken) {
        Dialled it;
        stop = dial_and_open(it);
        if (!it) break;
        if (!began) began = it->arrived();
        if (stop.how == How::taken) stop = close(*it);
        ended = it->arrived();
        over_(*it);
        done += stop.how == How::taken ? 1U : 0U;
    }
    return rated(done, began ? ended - *began : microseconds{0}, stop);
}

/// The closing handshake as it should be: a Close frame, then the end of TCP (RFC 6455 7.1.1).
Try Gauge::close(Connection& it) {
    constexpr std::array normal_closure{std::byte{0x03}, std::byte{0xE8}};
    it.send_own(wire::Opcode::close, normal_closure);
    auto const deadline = it.deadline_in(within_);
    while (true) {
        auto const event = it.next(deadline);
        if (!event) return unexpected(event, it);
        if (event->as<Frame>() != nullptr) continue;
        return event->as<End>() != nullptr && it.close_received() ? Try{} : unexpected(event, it);
    }
}

Gauge::Measured Gauge::rated(std::uint64_t done, microseconds time, Try const& stop) const {
    auto const seconds = std::max(1e-6, std::chrono::duration<double>(time).count());
    auto const rate = static_cast<std::uint64_t>(static_cast<double>(done) / seconds);
    Measured measured{.status = stop.status, .judgement = judge_rate(measure_, rate, done, stop)};
    if (done != 0) measured.value = rate;
    return measured;
}

}  // namespace wsproof::play
