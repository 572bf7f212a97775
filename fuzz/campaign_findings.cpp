// What becomes of a session that went wrong: played again, made small, told once.
#include <algorithm>
#include <chrono>
#include <utility>

#include "fuzz/campaign_run.hpp"
#include "fuzz/shrink.hpp"
#include "harness/run/evidence.hpp"

namespace wsproof::fuzz {
namespace {

constexpr std::chrono::seconds time_to_minimize{15};

}  // namespace

bool Campaign::is_known(std::string const& signature) {
    Lock const lock(mutex_);
    return times_.contains(signature);
}

bool Campaign::is_new(std::string const& signature) {
    Lock const lock(mutex_);
    return ++times_[signature] == 1;
}

/// Plays one more session; it may be the one that ends the target.
std::string Campaign::attempt(Session const& session, std::uint64_t number) {
    if (exit_words()) return {};
    Numbered made{number, session, model_.judge(session, number)};
    auto const result = play::play(made.judged.variant, setting_, connect_);
    auto signature = signature_of(made.judged, result, gate_);
    Lock const lock(mutex_);
    if (has_enough()) return {};
    remember({std::move(made), !signature.empty()});
    return signature;
}

/// As in a run: a case says nothing where its legal neighbour goes wrong as well.
bool Campaign::has_good_twin(Session const& session) {
    auto const* const twin = session.base == nullptr ? nullptr : catalogue_.twin_of(*session.base);
    return twin == nullptr || run::is_good_twin(play::play(*twin, setting_, connect_).verdict);
}

void Campaign::examine(Numbered const& made, play::Result const& result,
                       std::string const& signature) {
    if (!has_good_twin(made.session)) return;
    Finding finding{.signature = signature, .session = made.number, .result = result};
    auto judged = made.judged;
    finding.confirmed = attempt(made.session, made.number) == signature;
    if (finding.confirmed && plan_.minimize) {
        auto session = made.session;
        minimize(session, finding.signature, made.number);
        judged = model_.judge(session, made.number);
        finding.result = play::play(judged.variant, setting_, connect_);
    }
    // What was tried meanwhile, or what somebody else tried, has ended the target: nothing of this
    // is to be relied on.
    if (exit_words()) return forget(signature);
    report(std::move(finding), std::move(judged));
}

void Campaign::forget(std::string const& signature) {
    Lock const lock(mutex_);
    times_.erase(signature);
}

/// A case of the catalogue is small already; where the model finds the same in what it sends, it
/// gets smaller still.
void Campaign::minimize(Session& session, std::string& signature, std::uint64_t number) {
    auto const until = play::Clock::now() + time_to_minimize;
    StillDoes const still_does = [&](Session const& candidate) {
        return play::Clock::now() < until && attempt(candidate, number) == signature;
    };
    if (session.base != nullptr) {
        auto without_base = session_of(*session.base);
        auto other = without_base ? attempt(*without_base, number) : std::string{};
        if (!other.empty()) {
            session = *std::move(without_base);
            signature = std::move(other);
        }
    }
    session = shrink(std::move(session), still_does, plan_.most_tries);
}

void Campaign::report(Finding finding, Judged judged) {
    if (finding.confirmed && finding.harm == Harm::violation)
        finding.faults = faults_like(judged, setting_, finding.signature, gate_);
    describe(finding, judged, plan_.seed);
    if (finding.harm == Harm::violation) {
        // Under the name that its file gives it: the masking keys and the key of whoever replays
        // it.
        judged.variant = finding.variant;
        judged.variant.id = finding.id;
        auto result = play::play(judged.variant, setting_, connect_);
        finding.confirmed =
            finding.confirmed && signature_of(judged, result, gate_) == finding.signature;
        if (finding.confirmed) finding.result = std::move(result);
    }
    finding.result.variant = finding.variant.id;
    Lock const lock(mutex_);
    if (!has_enough()) keep(std::move(finding));
}

/// What is known already, or has the same cause, only counts once more. The lock is held.
void Campaign::keep(Finding finding) {
    for (auto& other : outcome_.findings) {
        bool const same_cause = !finding.faults.empty() && other.faults == finding.faults &&
                                other.variant.rule == finding.variant.rule;
        if (other.id != finding.id && !same_cause) continue;
        ++other.times;
        return;
    }
    if (observer_.on_finding) observer_.on_finding(finding);
    outcome_.findings.push_back(std::move(finding));
}

}  // namespace wsproof::fuzz
