// The verbs `expect` and `alive`.
#include "harness/play/performance.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace wsproof::play {
namespace {

constexpr std::size_t kept_events = 1024;

/// Whoever opens a connection only to close it does so within this; a pong tells sooner.
constexpr std::chrono::milliseconds time_for_a_change_of_mind{1000};

bool is_fence(Frame const& frame, wire::Opcode opcode, wire::Bytes const& token) {
    if (opcode == wire::Opcode::ping) {
        return frame.header.opcode == wire::Opcode::pong && frame.payload == token;
    }
    return frame.message && frame.message->opcode == opcode && frame.message->payload == token;
}

}  // namespace

void Performance::perform(script::Expect const& expect) {
    auto& it = connection();
    if (expect.to_auth_timeout) stage_.case_time += time_of(expect);
    Expectation expectation{expect, stage_, it, it.elapsed()};
    auto& kept = kept_[step_->on];
    for (auto event = kept.begin(); event != kept.end(); ++event) {
        if (!expectation.fits(*event)) continue;
        auto judgement = expectation.offer(*event);
        event = kept.erase(event);
        if (judgement) return take(std::move(*judgement));
        if (event == kept.end()) break;
    }
    if (expectation.is_about_the_end()) it.answer_close();
    auto const is_about_the_opening = as_client() && !it.open() && !it.refused() && !it.end();
    auto judgement = await(expectation, it);
    if (is_about_the_opening) note_admission(it);
    take(std::move(judgement));
    // The case allowed it, or it would be over.
    if (as_client() && !it.open() && (it.refused() || it.end())) refused_.insert(step_->on);
}

void Performance::note_admission(Connection const& it) {
    result_.status = it.status();
    if (it.refused()) {
        result_.admission = Admission::refused;
    } else if (it.open()) {
        auto const ended = it.close_received() || it.end();
        result_.admission = ended ? Admission::closed_at_once : Admission::let_in;
    } else if (it.end()) {
        result_.admission = Admission::dropped;
    }
}

Judgement Performance::await(Expectation& expectation, Connection& it) {
    auto const within = time_of(expectation.step());
    auto const began = it.elapsed();
    // Whoever has sent its Close may take its time to end TCP (2.1, docs/verdicts.md), where the
    // case does not ask for the time itself.
    auto const patience = it.deadline_in(stage_.time_allowed());
    auto const about_time = step_->of_grace != 0 || expectation.may_be_silent();
    auto const deadline = it.close_received() && !about_time ? patience : it.deadline_in(within);
    auto const& meanwhile = expectation.step().meanwhile;
    auto again = meanwhile ? it.deadline_in(meanwhile->every) : Deadline::max();
    // "Still alive" would decide: a ping tells before the time is over.
    auto fence = judging_ && !stage_.told_to_stop && setting().answers_pings &&
                 expectation.is_about_the_end() && !expectation.may_be_answered();
    auto ending = false;
    auto asked = false;
    auto until = fence ? it.deadline_in(within / 2) : deadline;
    while (true) {
        auto const event = it.next(std::min(until, again));
        if (!event && again < until) {
            again += meanwhile->every;
            if (it.open() && !it.end()) emit(meanwhile->output, it, {});
            continue;
        }
        if (!event && !fence) {
            using std::chrono::milliseconds;
            return expectation.time_over(
                std::chrono::duration_cast<milliseconds>(it.elapsed() - began));
        }
        if (!event) {
            fence = false;
            until = deadline;
            if (it.may_speak()) send_fence(expectation, it);
            continue;
        }
        if (auto judgement = expectation.offer(*event)) return std::move(*judgement);
        if (expectation.awaits_a_sign_of_life() && !asked) {
            asked = true;
            until = std::min(deadline, it.deadline_in(stage_.scaled(time_for_a_change_of_mind)));
            if (setting().answers_pings && it.may_speak()) send_fence(expectation, it);
        }
        if (ending || !expectation.awaits_the_end()) continue;
        ending = true;
        fence = false;
        it.answer_close();
        until = patience;
    }
}

void Performance::send_fence(Expectation& expectation, Connection& it) {
    auto const token = wire::to_bytes(tokens_.token());
    expectation.fence(token);
    it.send_own(wire::Opcode::ping, token);
}

/// Of a step that is as long as the owner says: a little more, since clocks differ. A slow line
/// does not make the server's own clock slower.
std::chrono::milliseconds Performance::time_of(script::Expect const& expect) {
    if (!expect.to_auth_timeout) return time_of_step();
    auto const time = setting().auth_timeout;
    return time + stage_.scaled(std::max(time / 5, std::chrono::milliseconds{500}));
}

void Performance::perform(script::Alive const&) {
    if (refused_.contains(step_->on)) return;  // nothing there that could be alive
    auto& it = connection();
    auto const token = wire::to_bytes(tokens_.token());
    auto const opcode = setting().answers_pings ? wire::Opcode::ping
                        : setting().echoes_text ? wire::Opcode::text
                                                : wire::Opcode::binary;
    if (opcode != wire::Opcode::ping) {
        if (!setting().echoes_text && !setting().echoes_binary) {
            throw Skipped{"needs-echo",
                          fmt::format("the {} answers neither pings nor messages", peer())};
        }
        if (!it.outgoing().between_messages()) {
            throw Skipped{"needs-capability:pings",
                          fmt::format("only a ping can ask here whether the {} is alive", peer())};
        }
    }
    await_fence(it, opcode, token);
}

void Performance::await_fence(Connection& it, wire::Opcode opcode, wire::Bytes const& token) {
    auto const by_ping = opcode == wire::Opcode::ping;
    auto const expected = by_ping ? "a pong for a ping" : "the echo of a message";
    auto const within = stage_.scaled(step_->within);
    // Whoever has sent its Close may take its time to end TCP (2.1, docs/verdicts.md).
    auto const patience = it.deadline_in(stage_.time_allowed());
    auto const deadline = it.close_received() ? patience : it.deadline_in(within);
    auto asked = false;
    auto const ask = [&] {
        asked = true;
        if (it.open() && !it.end()) it.send_own(opcode, token);
    };
    // A Ping right behind one of the case is another question: of two Pings a peer may answer the
    // later one alone (5.5.3). That is for the cases to ask.
    if (!by_ping || !it.outgoing().awaits_pong()) ask();
    auto const half = it.deadline_in(within / 2);
    auto const wrong = [&](std::string const& deed, std::string kind) {
        auto judgement =
            because(fmt::format("expected {}; the {} {}", expected, peer(), deed), std::move(kind));
        judgement.actual = deed;
        judgement.expected = {expected};
        return judgement;
    };
    while (true) {
        auto event = it.next(asked ? deadline : half);
        if (!event && !asked) {
            ask();
            continue;
        }
        if (!event) {
            auto judgement =
                wrong(fmt::format("did not answer within {} ms", within.count()), "no answer");
            judgement.timed_out = true;
            fail(std::move(judgement));
        }
        auto const* frame = event->as<Frame>();
        if (frame == nullptr || event->is_close()) {
            fail(wrong(deed_in_words(*event, it.peer_role()), kind_in_words(*event)));
        }
        if (is_fence(*frame, opcode, token)) break;
        auto const asked_for = frame->header.opcode == wire::Opcode::pong &&
                               it.outgoing().take_answered_ping(frame->payload);
        auto& kept = kept_[step_->on];
        if ((asked_for || frame->message) && kept.size() < kept_events)
            kept.push_back(std::move(*event));
        if (!asked && !it.outgoing().awaits_pong()) ask();
    }
    it.outgoing().forget_messages();
    take({.reason = fmt::format("the {} is alive: it sent {}", peer(), expected)});
}

}  // namespace wsproof::play
