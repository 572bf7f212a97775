// One `expect`: its outcomes against what comes, until one fits or nothing can any more.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/play/connection.hpp"
#include "harness/play/match.hpp"
#include "harness/play/verdict.hpp"
#include "harness/script/case.hpp"

namespace wsproof::play {

/// What a step, and in the end a case, comes to.
struct Judgement {
    Verdict verdict = Verdict::pass;
    std::string reason = {};
    std::string actual = {};
    std::string kind = {};  ///< `actual` without what differs from run to run
    std::vector<std::string> expected = {};
    std::vector<std::string> notes = {};
    bool wrong_code = false;  ///< failed the connection with a code that does not fit
    bool timed_out = false;
};

class Expectation {
public:
    /// `started`: when the step began.
    Expectation(script::Expect const& expect, Stage const& stage, Connection& connection,
                std::chrono::microseconds started);

    /// Takes an event into account; a judgement when it settles the matter.
    std::optional<Judgement> offer(Event const& event);
    /// True when the event belongs to an outcome: what came earlier may fit, but never contradicts.
    bool fits(Event const& event) const;
    /// Nothing (more) came in time.
    Judgement time_over(std::chrono::milliseconds waited) const;

    script::Expect const& step() const noexcept { return expect_; }
    /// A Close frame has come that fits if the end of the transport follows.
    bool awaits_the_end() const noexcept { return begun_ && !opened_; }
    /// A 101 has come that fits if the connection is closed before a ping is answered.
    bool awaits_a_sign_of_life() const noexcept { return opened_.has_value(); }
    /// A Close frame of an earlier step may have to be answered before this step can fit.
    /// Where silence fits too nothing is done to bring the end about.
    bool is_about_the_end() const noexcept { return interest_.end && !interest_.silence; }
    /// That nothing comes is among the outcomes.
    bool may_be_silent() const noexcept { return interest_.silence; }
    /// A message fits too: who works on it may answer a later ping first.
    bool may_be_answered() const noexcept { return interest_.messages; }
    /// The data of such a ping; its pong means that the peer went on.
    void fence(wire::Bytes token) { fence_ = std::move(token); }

private:
    struct Choice {
        std::size_t outcome = 0;
        Fit fit = Fit::no;
    };
    std::optional<Choice> choose(Event const& event) const;
    std::optional<Judgement> offer_opened(Event const& event) const;
    Judgement settle_opened() const;
    void note_answered_ping(Event const& event);
    bool tick_off(Event const& event);
    std::optional<Judgement> completed_all(Event const& event);
    bool is_answer_to_fence(Event const& event) const;
    bool is_contradiction(Event const& event);
    bool passes_over(Frame const& frame);
    bool answers_behind(Frame const& pong) const;
    Judgement settle(Choice choice, Event const& event) const;
    Judgement settle_end(Event const& end) const;
    Judgement contradict(std::string deed, std::string kind) const;
    Judgement judged(Choice choice, std::string deed, std::string kind) const;
    std::string peer() const;

    script::Expect const& expect_;
    Stage const& stage_;
    Connection& connection_;
    std::chrono::microseconds started_;
    Interest interest_ = {};
    std::vector<std::vector<bool>> ticked_ = {};  ///< members of `all`, per outcome
    std::optional<Event> held_ = std::nullopt;    ///< the first that an `all` took
    std::optional<Choice> begun_ = std::nullopt;
    std::optional<Event> opened_ = std::nullopt;  ///< the 101 that has begun it
    std::string begun_by_ = {};
    std::string begun_kind_ = {};
    wire::Bytes fence_ = {};
    std::vector<std::string> notes_ = {};
};

}  // namespace wsproof::play
