#include "harness/play/expectation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "harness/play/words.hpp"

namespace wsproof::play {
namespace {

using script::Grade;

Verdict verdict_of(Grade grade, bool strict) {
    switch (grade) {
        case Grade::pass:
            return Verdict::pass;
        case Grade::lenient:
            return Verdict::lenient;
        case Grade::strict:
            return strict ? Verdict::fail : Verdict::lenient;
        case Grade::note:
            return Verdict::note;
        case Grade::fail:
            break;
    }
    return Verdict::fail;
}

/// An end behind what an `all` has taken is another one.
bool wants_nothing_before(script::Pattern const& pattern) {
    auto const* word = std::get_if<script::Word>(&pattern);
    return word != nullptr && (*word == script::Word::refused || *word == script::Word::eof ||
                               *word == script::Word::reset);
}

bool is_loose(Fit fit) {
    return fit == Fit::loosely || fit == Fit::begins_loosely;
}

}  // namespace

Expectation::Expectation(script::Expect const& expect, Stage const& stage, Connection& connection,
                         std::chrono::microseconds started)
    : expect_(expect), stage_(stage), connection_(connection), started_(started) {
    for (auto const& outcome : expect.any_of) {
        auto interest = interest_of(outcome.pattern);
        interest.messages = interest.messages && outcome.grade != Grade::fail;
        interest_.merge(interest);
        auto const* all = std::get_if<script::AllPattern>(&outcome.pattern);
        ticked_.emplace_back(all != nullptr ? all->patterns.size() : 0, false);
    }
}

std::optional<Judgement> Expectation::offer(Event const& event) {
    if (opened_) return offer_opened(event);
    if (begun_) {
        // Behind a Close frame only the end counts; what else comes is for the standing rules.
        if (event.as<End>() != nullptr) return settle_end(event);
        if (!connection_.end()) return std::nullopt;
        return contradict(deed_in_words(event, connection_.peer_role()), kind_in_words(event));
    }
    if (auto const choice = choose(event)) {
        note_answered_ping(event);
        if (choice->fit == Fit::begins || choice->fit == Fit::begins_loosely) {
            begun_ = choice;
            if (event.as<Response>() != nullptr) opened_ = event;
            begun_by_ = deed_in_words(event, connection_.peer_role());
            begun_kind_ = kind_in_words(event);
            return std::nullopt;
        }
        return settle(*choice, event);
    }
    if (tick_off(event)) {
        note_answered_ping(event);
        return completed_all(event);
    }
    if (is_answer_to_fence(event)) {
        return contradict("went on as if nothing had happened: it answered a later ping",
                          "went on");
    }
    if (!is_contradiction(event)) return std::nullopt;
    if (held_) {
        if (auto const choice = choose(*held_)) return settle(*choice, *held_);
    }
    return contradict(deed_in_words(event, connection_.peer_role()), kind_in_words(event));
}

/// So that no later fence waits for the answer.
void Expectation::note_answered_ping(Event const& event) {
    if (event.is_control(wire::Opcode::pong))
        connection_.outgoing().take_answered_ping(event.as<Frame>()->payload);
}

bool Expectation::fits(Event const& event) const {
    if (choose(event)) return true;
    return std::ranges::any_of(expect_.any_of, [&](script::Outcome const& outcome) {
        auto const* all = std::get_if<script::AllPattern>(&outcome.pattern);
        return all != nullptr && std::ranges::any_of(all->patterns, [&](auto const& member) {
                   return matches(member, event, stage_.encoding) == Fit::yes;
               });
    });
}

/// Is this connection meant to last? A Close frame or the end of the transport says no, the pong
/// for a ping of ours says yes; what else the peer has to say counts for neither.
std::optional<Judgement> Expectation::offer_opened(Event const& event) const {
    if (is_answer_to_fence(event)) return settle_opened();
    if (!event.is_close() && event.as<End>() == nullptr) return std::nullopt;
    return judged(
        *begun_,
        fmt::format("{} and then {}", begun_by_, deed_in_words(event, connection_.peer_role())),
        begun_kind_ + ", closed at once");
}

/// It was: the 101 is an outcome of its own, or none that is listed.
Judgement Expectation::settle_opened() const {
    for (std::size_t i = 0; i < expect_.any_of.size(); ++i) {
        auto const fit = matches(expect_.any_of[i].pattern, *opened_, stage_.encoding);
        if (fit == Fit::yes) return settle({i, fit}, *opened_);
    }
    return contradict(begun_by_, begun_kind_);
}

/// The first outcome that the event fits; one that it fits loosely only if there is no other.
std::optional<Expectation::Choice> Expectation::choose(Event const& event) const {
    std::optional<Choice> loose;
    for (std::size_t i = 0; i < expect_.any_of.size(); ++i) {
        if (held_ && wants_nothing_before(expect_.any_of[i].pattern)) continue;
        auto const fit = matches(expect_.any_of[i].pattern, event, stage_.encoding);
        if (fit == Fit::no) continue;
        if (!is_loose(fit)) return Choice{i, fit};
        if (!loose) loose = Choice{i, fit};
    }
    return loose;
}

/// Ticks the first open member of each `all` that the event fits.
bool Expectation::tick_off(Event const& event) {
    bool ticked = false;
    for (std::size_t i = 0; i < expect_.any_of.size(); ++i) {
        auto const* all = std::get_if<script::AllPattern>(&expect_.any_of[i].pattern);
        if (all == nullptr) continue;
        for (std::size_t member = 0; member < all->patterns.size(); ++member) {
            if (ticked_[i][member]) continue;
            auto const fit = matches(all->patterns[member], event, stage_.encoding);
            if (fit != Fit::yes && fit != Fit::begins) continue;
            ticked_[i][member] = ticked = true;
            break;
        }
    }
    return ticked;
}

std::optional<Judgement> Expectation::completed_all(Event const& event) {
    for (std::size_t i = 0; i < ticked_.size(); ++i) {
        auto const complete =
            !ticked_[i].empty() && std::ranges::all_of(ticked_[i], std::identity{});
        if (!complete) continue;
        auto const* all = std::get_if<script::AllPattern>(&expect_.any_of[i].pattern);
        return judged({i, Fit::yes}, "sent " + in_words(*all), kind_in_words(event));
    }
    if (!held_) held_ = event;
    return std::nullopt;
}

// ---- what nothing fits -----------------------------------------------------------------------

bool Expectation::is_answer_to_fence(Event const& event) const {
    return !fence_.empty() && event.is_control(wire::Opcode::pong) &&
           std::ranges::equal(fence_, event.as<Frame>()->payload);
}

bool Expectation::is_contradiction(Event const& event) {
    if (auto const* response = event.as<Response>())
        return !response->interim() || interest_.interim;
    if (event.as<Content>() != nullptr) return false;
    auto const* frame = event.as<Frame>();
    return frame == nullptr || !passes_over(*frame);
}

/// Frames that say nothing about what is expected here.
bool Expectation::passes_over(Frame const& frame) {
    auto const opcode = frame.header.opcode;
    if (opcode == wire::Opcode::close || !wire::is_defined(opcode)) return false;
    if (opcode == wire::Opcode::ping) return true;
    if (opcode == wire::Opcode::pong) return !interest_.pongs && !answers_behind(frame);
    if (!frame.message) return !interest_.fragments || interest_.pings || interest_.pongs;
    auto const& setting = stage_.setting;
    auto const& outgoing = connection_.outgoing();
    auto const echoes =
        frame.message->opcode == wire::Opcode::text ? setting.echoes_text : setting.echoes_binary;
    // 5.5.1: until it sends its own Close a peer may say what it has to say, a farewell for one.
    auto const may_say_farewell =
        (outgoing.close_sent() || stage_.told_to_stop) && !connection_.close_received();
    auto const speaks = setting.talks_unasked || may_say_farewell || stage_.lets_talk;
    if (!speaks && echoes) return false;
    // Where the end is expected, an echo means that it went on.
    if (speaks && interest_.end && outgoing.sent_message(frame.message->payload)) return false;
    notes_.push_back("a message of its own was passed over");
    return true;
}

/// The end is expected, and the last thing the case sent was a ping: it is the violation or stands
/// behind it, so that whoever answers it has gone on.
bool Expectation::answers_behind(Frame const& pong) const {
    auto const& last = connection_.outgoing().ping_sent_last();
    return interest_.end && !interest_.messages && last && std::ranges::equal(*last, pong.payload);
}

// ---- judging ---------------------------------------------------------------------------------

Judgement Expectation::settle(Choice choice, Event const& event) const {
    if (event.as<End>() != nullptr && connection_.close_received()) return settle_end(event);
    return judged(choice, deed_in_words(event, connection_.peer_role()), kind_in_words(event));
}

/// The transport ended behind a Close frame, of this step or an earlier one.
Judgement Expectation::settle_end(Event const& end) const {
    auto const choice = begun_ ? begun_ : choose(end);
    auto const role = connection_.peer_role();
    auto const deed =
        begun_ ? begun_by_ + " and " + deed_in_words(end, role) : deed_in_words(end, role);
    auto judgement = judged(*choice, deed, begun_ ? begun_kind_ : kind_in_words(end));
    // 7.1.1: the server ends TCP at once; how soon that is, the RFC does not say
    // (docs/verdicts.md).
    auto const& close = connection_.close_received();
    auto const late = close && role == wire::Role::server && connection_.outgoing().close_sent()
                          ? end.time - std::max(close->time, started_)
                          : std::chrono::microseconds{0};
    if (late > stage_.setting.close_time && judgement.verdict != Verdict::fail) {
        judgement.verdict = Verdict::lenient;
        judgement.notes.push_back(
            fmt::format("kept TCP open for {} ms after the Close frames",
                        grouped(static_cast<std::uint64_t>(late.count() / 1000))));
        judgement.reason = fmt::format("the {} {}: {}", peer(), deed, judgement.notes.back());
    }
    return judgement;
}

Judgement Expectation::judged(Choice choice, std::string deed, std::string kind) const {
    auto const& outcome = expect_.any_of[choice.outcome];
    auto judgement = contradict(std::move(deed), std::move(kind));
    judgement.verdict = verdict_of(outcome.grade, stage_.setting.strict);
    auto note = outcome.note;
    if (is_loose(choice.fit)) {
        auto const with_code = choice.fit == Fit::begins_loosely;
        judgement.wrong_code = with_code;
        if (judgement.verdict != Verdict::fail) judgement.verdict = Verdict::lenient;
        if (note.empty()) {
            note = with_code ? "another code would have been fitting"
                             : (connection_.open() ? "no Close frame came before"
                                                   : "no HTTP response came before");
        }
    }
    auto const told = fmt::format("the {} {}", peer(), judgement.actual);
    if (judgement.verdict == Verdict::fail) {
        if (!note.empty()) judgement.reason += ": " + note;
    } else {
        judgement.reason = note.empty() ? told : told + ": " + note;
        if (!note.empty()) judgement.notes.push_back(note);
    }
    return judgement;
}

Judgement Expectation::time_over(std::chrono::milliseconds waited) const {
    if (opened_) return settle_opened();
    for (std::size_t i = 0; i < expect_.any_of.size(); ++i) {
        auto const* word = std::get_if<script::Word>(&expect_.any_of[i].pattern);
        if (word != nullptr && *word == script::Word::silence && !begun_) {
            auto judgement = judged({i, Fit::yes}, "did nothing", "silence");
            judgement.timed_out = judgement.verdict == Verdict::fail;
            return judgement;
        }
    }
    if (held_ && !begun_) {
        if (auto const choice = choose(*held_)) return settle(*choice, *held_);
    }
    auto const time = grouped(static_cast<std::uint64_t>(waited.count()));
    auto judgement =
        begun_ ? contradict(fmt::format("{} but kept TCP open for {} ms", begun_by_, time),
                            begun_kind_ + ", TCP kept open")
               : contradict(fmt::format("did not react within {} ms", time), "no reaction");
    judgement.timed_out = true;
    return judgement;
}

Judgement Expectation::contradict(std::string deed, std::string kind) const {
    Judgement judgement;
    judgement.verdict = Verdict::fail;
    std::vector<std::string> asked;
    for (auto const& [pattern, grade, note] : expect_.any_of) {
        if (grade == Grade::fail) continue;
        auto const tolerated = grade == Grade::lenient || grade == Grade::strict;
        judgement.expected.push_back(in_words(pattern) + (tolerated ? " (lenient)" : ""));
        if (!tolerated) asked.push_back(in_words(pattern));
    }
    if (asked.empty()) asked = judgement.expected;
    judgement.reason =
        fmt::format("expected {}; the {} {}", fmt::join(asked, ", or "), peer(), deed);
    judgement.actual = std::move(deed);
    judgement.kind = std::move(kind);
    judgement.notes = notes_;
    return judgement;
}

std::string Expectation::peer() const {
    return connection_.peer_role() == wire::Role::server ? "server" : "client";
}

}  // namespace wsproof::play
