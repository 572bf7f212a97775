// The part of the scheduler that asks whether the target is still there, and which case ended it.
#include <algorithm>
#include <thread>
#include <utility>

#include "harness/run/conversation.hpp"
#include "harness/run/evidence.hpp"
#include "harness/run/scheduler.hpp"

namespace wsproof::run {
namespace {

using std::chrono::milliseconds;

constexpr unsigned restarts_at_most = 20;
constexpr std::string_view sanity_case = "opening/plain";

milliseconds opening_time(play::Setting const& setting) {
    return std::chrono::duration_cast<milliseconds>(milliseconds(2000) *
                                                    std::max(1.0, setting.time_scale));
}

/// True when a correct opening handshake is answered by HTTP at all.
bool answers(play::Setting const& setting, play::Connect const& connect) {
    try {
        Conversation conversation(setting, connect, setting.run_seed);
        return conversation.open({}, opening_time(setting)).kind == OpeningAnswer::Kind::response;
    } catch (play::Unreachable const&) {
        return false;
    }
}

std::string names(std::vector<Node> const& nodes, std::vector<std::size_t> const& indices) {
    std::string words;
    for (auto const index : indices)
        words += (words.empty() ? "" : " or ") + nodes[index].variant->id;
    return words;
}

bool was_played(Node const& node) {
    return node.attempts > 0 && node.state == Node::State::done && !node.result.unreachable;
}

}  // namespace

std::optional<std::string> Scheduler::exit_words() const {
    return observer_.target_exit ? observer_.target_exit() : std::nullopt;
}

bool Scheduler::is_there(Lock& lock) {
    lock.unlock();
    bool there = false;
    // A server that is busy, or that a supervisor starts again, deserves a second look.
    for (auto const pause : {milliseconds(0), milliseconds(100), milliseconds(500)}) {
        std::this_thread::sleep_for(pause);
        there = !exit_words() && answers(setting_, connect_);
        if (there || exit_words()) break;
    }
    lock.lock();
    return there;
}

void Scheduler::investigate(Lock& lock) {
    if (is_there(lock)) {
        halted_ = false;
        epoch_ = play::Clock::now();
        release_suspects();
        return;
    }
    auto const words = exit_words();
    lost(lock, words ? "it " + *words : std::string("it no longer answers"));
}

/// The variants that were under way when the target was last known to be alive: whatever started
/// last and was answered found it alive, so its end came during one of those.
Scheduler::Indices Scheduler::last_seen_with() const {
    auto alive_at = epoch_;
    for (auto const& node : nodes_)
        if (was_played(node)) alive_at = std::max(alive_at, node.started);
    auto first_silence = play::Clock::time_point::max();
    for (auto const index : suspects_)
        if (!nodes_[index].result.unreachable)
            first_silence = std::min(first_silence, nodes_[index].ended);
    Indices candidates;
    for (std::size_t index = 0; index < nodes_.size(); ++index) {
        auto const& node = nodes_[index];
        bool const suspect = std::ranges::find(suspects_, index) != suspects_.end();
        bool const silent = suspect && !node.result.unreachable && node.started <= first_silence;
        if (silent || (was_played(node) && node.ended >= alive_at)) candidates.push_back(index);
    }
    return candidates;
}

void Scheduler::lost(Lock& lock, std::string const& how) {
    auto const candidates = last_seen_with();
    outcome_.state = State::target_lost;
    std::optional<std::size_t> killer;
    // Without a process to look at, the network may be to blame: then nobody is accused.
    if (candidates.size() == 1 && exit_words()) killer = candidates.front();
    bool back = false;
    if (observer_.restart_target && restarts_ < restarts_at_most) {
        killer = find_killer(lock, candidates);
        back = restart(lock);
    }
    auto words = "the target was lost: " + how;
    if (killer) {
        words += ", during " + nodes_[*killer].variant->id;
        accuse(*killer, how);
    } else if (!candidates.empty()) {
        words += ", during " + names(nodes_, candidates);
    }
    if (outcome_.lost_at.empty() && !candidates.empty())
        outcome_.lost_at = nodes_[killer.value_or(candidates.front())].variant->id;
    outcome_.words += (outcome_.words.empty() ? "" : "; ") + words;
    // What was under way when the target went may show nothing but that.
    for (auto const index : candidates)
        if (index != killer) back ? reopen(index) : withdraw(index);
    if (back) {
        halted_ = false;
        epoch_ = play::Clock::now();
        return release_suspects();
    }
    stopping_ = true;
    skip_rest(words, "target-lost");
}

/// One after the other, alone, until one of them ends the target again.
std::optional<std::size_t> Scheduler::find_killer(Lock& lock, Indices const& candidates) {
    for (auto const index : candidates) {
        if (!restart(lock)) return std::nullopt;
        lock.unlock();
        static_cast<void>(play::play(*nodes_[index].variant, setting_, connect_));
        lock.lock();
        if (!is_there(lock)) return index;
    }
    return std::nullopt;
}

bool Scheduler::restart(Lock& lock) {
    if (!exit_words() && is_there(lock)) return true;
    if (restarts_ >= restarts_at_most) return false;
    ++restarts_;
    lock.unlock();
    bool const up = observer_.restart_target();
    lock.lock();
    return up;
}

/// A crash is a failure, however harmless the last bytes looked.
void Scheduler::accuse(std::size_t index, std::string const& how) {
    auto& node = nodes_[index];
    auto const suspect = std::ranges::find(suspects_, index);
    if (suspect != suspects_.end()) suspects_.erase(suspect);
    bool const was_failure = node.result.verdict == play::Verdict::fail;
    node.result.verdict = play::Verdict::fail;
    node.result.reason = "the target did not survive this case: " + how;
    node.result.signature = node.variant->case_id + ": target lost";
    if (node.state != Node::State::done) return finish(index, std::move(node.result));
    if (!node.planned) return;
    if (!was_failure) ++progress_.failed;
    publish(node);
}

/// To be played again, and with it whatever was decided by its result alone.
void Scheduler::reopen(std::size_t index) {
    auto& node = nodes_[index];
    if (node.state != Node::State::done ||
        node.attempts >= attempts_at_most + node.result.attempts - 1)
        return;
    for (auto const dependent : node.dependents)
        if (nodes_[dependent].attempts == 0) reopen(dependent);
    ++open_nodes_;
    if (node.planned) --progress_.done;
    if (node.planned && node.result.verdict == play::Verdict::fail) --progress_.failed;
    node.state = Node::State::waiting;
    bool const waits_for_twin = node.twin && nodes_[*node.twin].state != Node::State::done;
    if (!waits_for_twin) make_ready(index);
}

/// A failure that the loss of the target may explain is none.
void Scheduler::withdraw(std::size_t index) {
    auto& node = nodes_[index];
    if (node.state != Node::State::done || node.result.verdict != play::Verdict::fail) return;
    node.result.verdict = play::Verdict::inconclusive;
    node.result.reason = "the target was lost while this case was under way: " + node.result.reason;
    if (!node.planned) return;
    --progress_.failed;
    publish(node);
}

script::Variant const* Scheduler::sanity_variant() const {
    if (auto const* const plain = catalogue_.find(sanity_case)) return plain;
    auto const of_case = catalogue_.of_case(sanity_case);
    return of_case.empty() ? nullptr : of_case.front();
}

bool Scheduler::is_reachable() {
    if (!profile_.reachable) {
        outcome_.state = State::unreachable;
        outcome_.words = profile_.unreachable_reason;
        return false;
    }
    auto const* const sanity = sanity_variant();
    if (sanity == nullptr || !plan_.sanity) return true;
    auto const result = play::play(*sanity, setting_, connect_);
    if (is_good_twin(result.verdict)) return true;
    // A target that says 101, though wrongly, is reached: its mistakes are for the report.
    if (profile_.status == 101 && !result.unreachable && !is_unanswered(result)) return true;
    outcome_.state = State::unreachable;
    outcome_.words =
        profile_.unreachable_reason.empty() ? result.reason : profile_.unreachable_reason;
    return false;
}

void Scheduler::sane_at_end() {
    auto const* const sanity = sanity_variant();
    if (sanity == nullptr) return;
    auto result = play::play(*sanity, setting_, connect_);
    if (!result.unreachable && !is_unanswered(result)) return;
    Lock lock(mutex_);
    stopping_ = false;
    investigate(lock);
}

}  // namespace wsproof::run
