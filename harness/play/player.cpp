#include "harness/play/player.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "harness/play/ending.hpp"
#include "harness/play/nobody.hpp"
#include "harness/play/performance.hpp"

namespace wsproof::play {

Result play(script::Variant const& variant, Setting const& setting, Connect const& connect) {
    try {
        return Performance{variant, setting, connect}.run();
    } catch (std::exception const& error) {
        Result result{.variant = variant.id};
        result.reason = error.what();
        return result;
    }
}

Judgement because(std::string reason, std::string kind) {
    return {.verdict = Verdict::fail, .reason = reason, .actual = reason, .kind = std::move(kind)};
}

namespace {

bool looks_for_repetition(script::Step const& step) {
    auto const* const expect = std::get_if<script::Expect>(&step.action);
    return expect != nullptr &&
           std::ranges::any_of(expect->any_of, [](script::Outcome const& outcome) {
               return std::holds_alternative<script::RepeatsPattern>(outcome.pattern);
           });
}

bool is_judged(script::Step const& step) {
    return std::holds_alternative<script::Expect>(step.action) ||
           std::holds_alternative<script::Exchange>(step.action) ||
           std::holds_alternative<script::Alive>(step.action);
}

}  // namespace

Performance::Performance(script::Variant const& variant, Setting const& setting,
                         Connect const& connect)
    : variant_(variant),
      connect_(connect),
      stage_(setting, case_seed(setting.run_seed, variant.id)),
      tokens_(case_seed(setting.run_seed + 1, variant.id)) {
    stage_.in_the_clear = variant.in_the_clear;
    stage_.lets_talk = variant.has_need("auth-first-message") || variant.has_need("canary");
    stage_.looks_into_content = std::ranges::any_of(variant.steps, looks_for_repetition);
    // A case that sends nothing of its own is about what the peer does by itself.
    judging_ = std::ranges::none_of(variant.steps, script::sends);
}

// ---- walking ---------------------------------------------------------------------------------

void Performance::walk() {
    for (auto const& step : variant_.steps) {
        step_ = &step;
        result_.decided_at = step.at;
        std::visit([this](auto const& action) { perform(action); }, step.action);
        if (is_judged(step)) answered_ = triggered_ = true;
    }
}

Result Performance::run() {
    result_.variant = variant_.id;
    try {
        walk();
        conclude(std::move(so_far_));
    } catch (Failed& failed) {
        // A command that did nothing is no fault of the target.
        if (failed.judgement.timed_out && still_lets_in()) {
            failed.judgement.verdict = Verdict::inconclusive;
            result_.not_told =
                "the target lets new connections in as before: does the shutdown command reach it?";
            failed.judgement.reason += "; " + result_.not_told;
        }
        conclude(std::move(failed.judgement));
    } catch (Inconclusive& inconclusive) {
        inconclusive.judgement.verdict = Verdict::inconclusive;
        conclude(std::move(inconclusive.judgement));
    } catch (Skipped& skipped) {
        result_.skip_reason = skipped.skip_reason;
        conclude(
            {.verdict = Verdict::skipped, .reason = skipped.words, .kind = skipped.skip_reason});
    } catch (UnknownWord const& unknown) {
        result_.skip_reason = "config";
        conclude({.verdict = Verdict::skipped, .reason = unknown.what(), .kind = "config"});
    } catch (Unreachable const& unreachable) {
        result_.unreachable = true;
        result_.close.tcp = CloseRecord::Tcp::refused;
        conclude({.verdict = Verdict::inconclusive,
                  .reason = unreachable.what(),
                  .actual = "no connection",
                  .kind = "no connection"});
    } catch (std::exception const& error) {
        conclude({.verdict = Verdict::broken, .reason = error.what(), .kind = "broken"});
    }
    return std::move(result_);
}

Connection& Performance::connection() {
    if (auto const found = connections_.find(step_->on); found != connections_.end())
        return found->second;
    auto const index = dialled_++;
    auto const now = elapsed();
    return connections_.try_emplace(step_->on, dial(index), stage_, index, now).first->second;
}

std::unique_ptr<Peer> Performance::dial(std::size_t index) {
    try {
        bool const clear = variant_.in_the_clear && stage_.setting.in_the_clear;
        bool const login = variant_.at_login && stage_.setting.login;
        if (login) return stage_.setting.login();
        return clear ? stage_.setting.in_the_clear() : connect_();
    } catch (Unreachable const& unreachable) {
        note_unreachable(index, unreachable.what());
        // Whoever stops may refuse newcomers by refusing their connections.
        if (stage_.told_to_stop) return nobody();
        throw;
    }
}

void Performance::note_unreachable(std::size_t index, std::string const& words) {
    auto const now = elapsed();
    stage_.recorder.add(Arrival{now, index, Arrival::Kind::unreachable, wire::to_bytes(words)});
    stage_.recorder.add(
        Entry{.time = now, .connection = index, .kind = EntryKind::tcp, .words = words});
}

std::chrono::microseconds Performance::elapsed() const {
    auto latest = over_;
    for (auto const& [on, connection] : connections_)
        latest = std::max(latest, connection.elapsed());
    return latest;
}

void Performance::fail(Judgement judgement) const {
    if (judging_) throw Failed{std::move(judgement)};
    throw Inconclusive{std::move(judgement)};
}

/// A step that went well; the least good one decides.
void Performance::take(Judgement judgement) {
    if (judgement.verdict == Verdict::fail) fail(std::move(judgement));
    if (!judging_) return;
    constexpr auto rank = [](Verdict verdict) {
        return verdict == Verdict::lenient ? 2 : (verdict == Verdict::note ? 1 : 0);
    };
    auto notes = std::exchange(so_far_.notes, {});
    std::ranges::copy(judgement.notes, std::back_inserter(notes));
    auto const wrong_code = so_far_.wrong_code || judgement.wrong_code;
    if (rank(judgement.verdict) >= rank(so_far_.verdict)) so_far_ = std::move(judgement);
    so_far_.notes = std::move(notes);
    so_far_.wrong_code = wrong_code;
}

// ---- the end ---------------------------------------------------------------------------------

void Performance::conclude(Judgement judgement) {
    auto const undecided =
        judgement.verdict == Verdict::inconclusive || judgement.verdict == Verdict::broken;
    try {
        for (auto& [on, it] : connections_) {
            if (!undecided) close_politely(it, stage_, !judgement.timed_out);
        }
    } catch (std::exception const& error) {
        judgement = {.verdict = Verdict::broken, .reason = error.what(), .kind = "broken"};
    }
    result_.breaches = std::move(stage_.breaches);
    auto const own = std::ranges::find(result_.breaches, variant_.rule, &Breach::rule);
    auto const judged = judgement.verdict != Verdict::fail &&
                        judgement.verdict != Verdict::broken &&
                        judgement.verdict != Verdict::skipped;
    if (own != result_.breaches.end() && judged) {
        judgement.verdict = Verdict::fail;
        judgement.reason = fmt::format("the {} {}", peer(), own->reason);
        judgement.actual = own->reason;
        judgement.kind = "breach of " + own->rule;
    }
    report(std::move(judgement));
}

/// RFC 6455 10.2 is about servers that are not meant for every page.
bool Performance::is_left_to_the_owner(Verdict verdict) const {
    auto const departs = verdict == Verdict::fail || verdict == Verdict::lenient;
    return variant_.has_need("origin-policy") && departs && !setting().origin_check_expected;
}

void Performance::report(Judgement judgement) {
    if (is_left_to_the_owner(judgement.verdict)) {
        judgement.verdict = Verdict::note;
        judgement.reason += "; whether this server is meant for certain sites its owner knows";
    }
    result_.verdict = judgement.verdict;
    result_.reason =
        judgement.reason.empty() ? "every step went as it should" : std::move(judgement.reason);
    result_.expected = std::move(judgement.expected);
    result_.actual = std::move(judgement.actual);
    for (auto& note : judgement.notes) {
        if (std::ranges::count(result_.notes, note) == 0) result_.notes.push_back(std::move(note));
    }
    if (result_.verdict != Verdict::pass)
        result_.signature = fmt::format("{}: {}", variant_.case_id, judgement.kind);
    if (auto const found = connections_.find(step_ == nullptr ? 0 : step_->on);
        found != connections_.end()) {
        result_.ending = ending_of(found->second, judgement.wrong_code);
        result_.close = close_record(found->second);
    }
    result_.duration = elapsed();
    stage_.recorder.add(
        Entry{.time = result_.duration,
              .kind = EntryKind::verdict,
              .words = fmt::format("{}: {}", name_of(result_.verdict), result_.reason)});
    result_.transcript = stage_.recorder.take();
}

}  // namespace wsproof::play
