// What becomes of a session that went wrong: played again, made small, told once.
#include <algorithm>
#include <chrono>
#include <utility>

#include "fuzz/campaign_run.hpp"
#include "fuzz/shrink.hpp"
#include "harness/run/evidence.hpp"

namespace wsproof::fuzz {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr milliseconds most_to_minimize{8000};
constexpr milliseconds least_to_minimize{1000};
constexpr milliseconds to_confirm{3000};  // once it is small
constexpr std::size_t most_doubts = 3;

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
Campaign::Attempt Campaign::attempt(Session const& session, std::uint64_t number,
                                    play::Setting const& setting) {
    give_way();
    if (exit_words()) return {};
    Numbered made{number, session, model_.judge(session, number)};
    auto result = play::play(made.judged.variant, setting, connect_);
    auto signature = signature_of(made.judged, result, gate_);
    Lock const lock(mutex_);
    if (has_enough()) return {};
    remember({std::move(made), !signature.empty()});
    return {std::move(signature), std::move(result)};
}

/// As in a run: a case says nothing where its legal neighbour goes wrong as well.
bool Campaign::has_good_twin(Session const& session) {
    give_way();
    auto const* const twin = session.base == nullptr ? nullptr : catalogue_.twin_of(*session.base);
    return twin == nullptr || run::is_good_twin(play::play(*twin, hasty_, connect_).verdict);
}

void Campaign::examine(Numbered const& made, play::Result const& result,
                       std::string const& signature) {
    if (!has_good_twin(made.session)) return;
    Finding const seen{.signature = signature, .session = made.number, .result = result};
    auto finding = seen;
    finding.confirmed = attempt(made.session, made.number, hasty_).signature == signature;
    if (finding.confirmed) {
        work_out(finding, made, hasty_);
        if (!finding.confirmed) {
            // The haste, or what the others did meanwhile, had its share in it.
            Alone const alone(*this);
            finding = seen;
            if (!was_enough()) work_out(finding, made, setting_);
        }
    } else {
        describe(finding, made.judged, plan_.seed);
    }
    // What was tried meanwhile, or what somebody else tried, has ended the target: nothing of this
    // is to be relied on.
    Lock const lock(mutex_);
    if (exit_words() || (!finding.confirmed && ++doubts_[signature] < most_doubts)) {
        times_.erase(signature);
        return;
    }
    if (!has_enough()) keep(std::move(finding));
}

/// Makes the finding small and gives it its name, under which it has to come again while nothing
/// else runs: as with whoever plays its file.
void Campaign::work_out(Finding& finding, Numbered made, play::Setting const& setting) {
    if (plan_.minimize && !is_excused(finding)) minimize(finding, made, setting);
    finding.faults = faults_like(made.judged, setting_, finding.signature, gate_);
    describe(finding, made.judged, plan_.seed);
    auto judged = std::move(made.judged);
    judged.variant = finding.variant;
    judged.variant.id = finding.id;
    {
        Alone const alone(*this);
        if (was_enough()) return;
        auto result = play::play(judged.variant, setting_, connect_);
        finding.confirmed = signature_of(judged, result, gate_) == finding.signature;
        if (finding.confirmed) finding.result = std::move(result);
    }
}

/// Nobody who set a time waits much longer for a finding of its last seconds; it may be less small.
milliseconds Campaign::time_to_minimize() const {
    if (!plan_.time) return most_to_minimize;
    auto const left = *plan_.time - duration_cast<milliseconds>(play::Clock::now() - began_);
    return std::clamp(left - to_confirm, least_to_minimize, most_to_minimize);
}

/// A case of the catalogue is small already; where the model finds the same in what it sends, it
/// gets smaller still.
void Campaign::minimize(Finding& finding, Numbered& made, play::Setting const& setting) {
    auto const until = play::Clock::now() + time_to_minimize();
    StillDoes const still_does = [&](Session const& candidate) {
        if (play::Clock::now() >= until) return false;
        auto tried = attempt(candidate, made.number, setting);
        if (tried.signature != finding.signature) return false;
        finding.result = std::move(tried.result);
        return true;
    };
    if (made.session.base != nullptr) {
        auto without_base = session_of(*made.session.base);
        auto tried = without_base ? attempt(*without_base, made.number, setting) : Attempt{};
        if (!tried.signature.empty()) {
            made.session = *std::move(without_base);
            finding.signature = std::move(tried.signature);
            finding.result = std::move(tried.result);
        }
    }
    made.session = shrink(std::move(made.session), still_does, plan_.most_tries);
    made.judged = model_.judge(made.session, made.number);
}

bool Campaign::is_excused(Finding const& finding) const {
    return plan_.is_known && plan_.is_known(finding.signature);
}

bool Campaign::was_enough() {
    Lock const lock(mutex_);
    return has_enough();
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
    finding.result.variant = finding.variant.id;
    finding.known = is_excused(finding);
    if (observer_.on_finding) observer_.on_finding(finding);
    outcome_.findings.push_back(std::move(finding));
}

}  // namespace wsproof::fuzz
