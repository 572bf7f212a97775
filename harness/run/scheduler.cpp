#include "harness/run/scheduler.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "harness/run/evidence.hpp"

namespace wsproof::run {
namespace {

/// So many results without a single byte from the target, one after the other, and it may be gone.
constexpr std::size_t silent_results = 5;

std::size_t connections_of(script::Variant const& variant) {
    std::set<std::size_t> numbers;
    for (auto const& step : variant.steps) numbers.insert(step.on);
    return numbers.size();
}

}  // namespace

Scheduler::Scheduler(Plan const& plan, script::Catalogue const& catalogue, Profile const& profile,
                     play::Setting const& setting, play::Connect const& connect,
                     Observer const& observer)
    : plan_(plan),
      catalogue_(catalogue),
      profile_(profile),
      setting_(setting),
      connect_(connect),
      observer_(observer),
      nodes_(make_graph(plan.variants, catalogue)),
      open_nodes_(nodes_.size()) {
    progress_.total = static_cast<std::size_t>(std::ranges::count(nodes_, true, &Node::planned));
}

Outcome Scheduler::run() {
    if (!is_reachable()) {
        skip_rest("the target could not be reached", "target-lost");
    } else {
        settle_ruled_out();
        epoch_ = play::Clock::now();
        std::vector<std::thread> workers;
        for (unsigned n = 0; n < std::max(1U, plan_.jobs); ++n)
            workers.emplace_back([this] { work(); });
        coordinate();
        for (auto& worker : workers) worker.join();
        if (plan_.sanity && outcome_.state == State::complete && !told_to_stop_) sane_at_end();
    }
    for (auto& node : nodes_)
        if (node.planned) outcome_.results.push_back(std::move(node.result));
    return std::move(outcome_);
}

void Scheduler::settle_ruled_out() {
    Indices free;
    for (std::size_t index = 0; index < nodes_.size(); ++index)
        if (!nodes_[index].twin) free.push_back(index);
    for (auto const index : free) make_ready(index);
}

/// Ready to be played, unless there is no need to play it.
void Scheduler::make_ready(std::size_t index) {
    auto& node = nodes_[index];
    if (node.state == Node::State::done) return;
    auto const skip = plan_.skips.find(node.variant->id);
    if (skip != plan_.skips.end())
        return finish(index,
                      not_played(*node.variant, play::Verdict::skipped, skip->second, "config"));
    if (auto result = ruled_out(*node.variant, profile_, setting_))
        return finish(index, *std::move(result));
    node.state = Node::State::ready;
    ready_.insert(turn_of(index));
}

void Scheduler::work() {
    Lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [&] { return finished_ || startable(); });
        if (finished_) return;
        if (!may_start()) continue;
        if (told_to_stop_ && !has_come_back(lock)) continue;
        auto const index = *startable();
        auto& node = nodes_[index];
        ready_.erase(turn_of(index));
        node.state = Node::State::running;
        node.started = play::Clock::now();
        ++node.attempts;
        ++running_;
        alone_ = node.variant->exclusive || node.variant->stops_target();
        lock.unlock();
        auto result = play::play(*node.variant, setting_, connect_);
        lock.lock();
        --running_;
        alone_ = false;
        node.ended = play::Clock::now();
        arrived(index, std::move(result));
        wake_.notify_all();
    }
}

Scheduler::Turn Scheduler::turn_of(std::size_t index) const {
    auto const& node = nodes_[index];
    // Neighbours ask the same of a target: scattered, they do not wait for the same thing at once.
    constexpr std::size_t scatter = 0x9E3779B97F4A7C15U;
    auto const place = plan_.jobs > 1 ? index * scatter : index;
    if (node.variant->stops_target())
        return {true, ~connections_of(*node.variant), true, {}, index, index};
    return {false, 0, node.variant->exclusive, -node.own_time, place, index};
}

std::optional<std::size_t> Scheduler::startable() const {
    if (halted_ || stopping_ || alone_ || ready_.empty()) return std::nullopt;
    auto const& first = *ready_.begin();
    if (suspects_come_first()) return std::nullopt;
    if (first.exclusive && running_ > 0) return std::nullopt;
    return first.index;
}

bool Scheduler::may_start() {
    if (observer_.should_stop && observer_.should_stop())
        stop(State::interrupted, "the run was interrupted");
    else if (plan_.budget && play::Clock::now() - began_ >= *plan_.budget)
        stop(State::budget_spent, "the time budget is spent");
    return !stopping_;
}

void Scheduler::stop(State state, std::string words) {
    stopping_ = true;
    outcome_.state = state;
    outcome_.words = std::move(words);
    wake_.notify_all();
}

void Scheduler::arrived(std::size_t index, play::Result result) {
    auto& node = nodes_[index];
    if (node.variant->stops_target()) return arrived_at_the_end(index, std::move(result));
    if (node.twin && nodes_[*node.twin].result.verdict == play::Verdict::skipped)
        result.notes.push_back("its twin " + nodes_[*node.twin].variant->id + " was skipped");
    bool const suspicious = result.unreachable || is_unanswered(result);
    if (suspicious) {
        node.result = std::move(result);
        node.state = Node::State::waiting;
        suspects_.push_back(index);
        halted_ = halted_ || node.result.unreachable || suspects_.size() >= silent_results;
    } else {
        played(index, std::move(result));
    }
    if (exit_words()) halted_ = true;
    if (!suspicious && !halted_) release_suspects();
}

/// Once more, or it is done.
void Scheduler::played(std::size_t index, play::Result result) {
    auto& node = nodes_[index];
    node.plays.push_back(std::move(result));
    auto const repetition = node.planned ? plan_.repetition : Repetition{};
    if (!stopping_ && wants_another_play(repetition, node.plays)) return make_ready(index);
    finish(index, settled(repetition, std::exchange(node.plays, {})));
}

void Scheduler::finish(std::size_t index, play::Result result) {
    auto& node = nodes_[index];
    node.result = std::move(result);
    node.state = Node::State::done;
    --open_nodes_;
    if (node.planned) {
        ++progress_.done;
        if (node.result.verdict == play::Verdict::fail) ++progress_.failed;
        publish(node);
    }
    if (plan_.fail_fast && progress_.failed >= *plan_.fail_fast && !stopping_)
        stop(State::budget_spent, "stopped after the first failures, as --fail-fast asks");
    tell_dependents(index);
}

void Scheduler::publish(Node const& node) {
    if (observer_.on_result) observer_.on_result(node.result, progress_);
}

void Scheduler::tell_dependents(std::size_t index) {
    auto const& twin = nodes_[index];
    for (auto const dependent : twin.dependents) {
        if (nodes_[dependent].state == Node::State::done) continue;
        // A twin that was not played says nothing about the target: its neighbour stands on its
        // own. One that was skipped half-way found nobody alive.
        bool const not_played_at_all = twin.result.verdict == play::Verdict::skipped &&
                                       twin.result.transcript.arrivals.empty();
        bool const usable = is_good_twin(twin.result.verdict) || not_played_at_all;
        auto blind = ruled_out(*nodes_[dependent].variant, profile_, setting_);
        if (usable || (blind && blind->verdict == play::Verdict::skipped)) {
            make_ready(dependent);
            continue;
        }
        finish(dependent, not_played(*nodes_[dependent].variant, play::Verdict::inconclusive,
                                     "its twin " + twin.variant->id + " did not pass (" +
                                         std::string(play::name_of(twin.result.verdict)) +
                                         "), so nothing can be learned from it"));
    }
}

void Scheduler::skip_rest(std::string const& reason, std::string const& skip_reason) {
    for (std::size_t index = 0; index < nodes_.size(); ++index) {
        auto const& node = nodes_[index];
        if (node.state == Node::State::done) continue;
        // From behind, so that no twin that is skipped here makes its dependents ready.
        nodes_[index].dependents.clear();
        if (!node.plays.empty()) {
            finish(index, settled(plan_.repetition, std::exchange(nodes_[index].plays, {})));
            continue;
        }
        finish(index, not_played(*node.variant, play::Verdict::skipped, reason, skip_reason));
    }
    ready_.clear();
    suspects_.clear();
}

void Scheduler::coordinate() {
    Lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [&] {
            return running_ == 0 &&
                   (halted_ || stopping_ || ready_.empty() || suspects_come_first());
        });
        if (stopping_ || (!halted_ && suspects_.empty())) break;
        investigate(lock);
        wake_.notify_all();
    }
    if (stopping_) {
        release_suspects();
        skip_rest("the run ended before its turn came", "budget");
    }
    finished_ = true;
    wake_.notify_all();
}

void Scheduler::release_suspects() {
    for (auto const index : std::exchange(suspects_, {})) {
        auto& node = nodes_[index];
        bool const may_try = node.attempts < attempts_at_most + node.plays.size();
        if (node.result.unreachable && may_try && !stopping_)
            make_ready(index);
        else
            played(index, std::move(node.result));
    }
}

}  // namespace wsproof::run
