#include "harness/play/causes.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace wsproof::play {
namespace {

using Variants = std::vector<std::string>;

struct Seen {
    Observation const* observation;
    std::string right;  ///< the deed of a peer without faults
    bool is_right() const { return observation->deed == right; }
};

/// What a fault makes a peer do, as far as it is not right, and how much of it was done.
struct Candidate {
    std::string fault = {};
    Variants done = {};
    std::size_t not_done = 0;

    std::size_t count_in(std::set<std::string> const& left) const {
        return static_cast<std::size_t>(std::ranges::count_if(
            done, [&](auto const& variant) { return left.contains(variant); }));
    }
};

Candidate candidate(std::string const& fault, std::vector<Seen> const& all,
                    Prediction const& predict) {
    Candidate one{.fault = fault};
    for (auto const& seen : all) {
        auto const& variant = seen.observation->variant;
        auto const predicted = predict(fault, variant);
        if (predicted == seen.right) continue;
        if (predicted == seen.observation->deed)
            one.done.push_back(variant);
        else
            ++one.not_done;
    }
    return one;
}

class Search {
public:
    Search(std::set<std::string> left, std::vector<Candidate> candidates)
        : left_(std::move(left)), candidates_(std::move(candidates)) {}

    Causes run(std::set<std::string> const& in_part) {
        take_all([&](Candidate const& one) {
            return one.not_done == 0 ? static_cast<double>(one.count_in(left_)) : 0.0;
        });
        take_all([&](Candidate const& one) {
            auto const all = static_cast<double>(one.done.size() + one.not_done);
            return in_part.contains(one.fault) && all != 0
                       ? static_cast<double>(one.count_in(left_)) / all
                       : 0.0;
        });
        found_.unexplained.assign(left_.begin(), left_.end());
        return std::move(found_);
    }

private:
    /// As long as one of them fits at all, the one that fits best.
    template <class Fit>
    void take_all(Fit fit) {
        while (!left_.empty()) {
            auto const best = std::ranges::max_element(candidates_, {}, fit);
            if (best == candidates_.end() || fit(*best) <= 0) return;
            take(*best);
        }
    }

    /// Of a fault that was not done as a whole only what nothing else accounts for.
    void take(Candidate const& one) {
        Cause cause{.fault = one.fault, .whole = one.not_done == 0};
        for (auto const& variant : one.done)
            if (cause.whole || left_.contains(variant)) cause.variants.push_back(variant);
        for (auto const& variant : cause.variants) left_.erase(variant);
        found_.causes.push_back(std::move(cause));
    }

    std::set<std::string> left_;
    std::vector<Candidate> candidates_;
    Causes found_ = {};
};

}  // namespace

Causes causes_of(std::span<Observation const> observations, Suspects const& suspects,
                 Prediction const& predict) {
    std::vector<Seen> all;
    std::set<std::string> left;
    for (auto const& one : observations) {
        all.push_back({&one, predict({}, one.variant)});
        if (!all.back().is_right()) left.insert(one.variant);
    }
    std::vector<Candidate> candidates;
    if (!left.empty())
        for (auto const& fault : suspects.faults)
            candidates.push_back(candidate(fault, all, predict));
    return Search(std::move(left), std::move(candidates)).run(suspects.in_part);
}

std::optional<Observation> observed(Result const& result) {
    switch (result.admission) {
        case Admission::let_in:
            return Observation{result.variant, "let in"};
        case Admission::closed_at_once:
            return Observation{result.variant, "closed at once"};
        case Admission::refused:
        case Admission::dropped:
            return Observation{result.variant, "refused"};
        case Admission::none:
            break;
    }
    switch (result.verdict) {
        case Verdict::pass:
            return Observation{result.variant, "complied"};
        case Verdict::fail:
        case Verdict::lenient:
            return Observation{result.variant, "departed"};
        default:
            return std::nullopt;
    }
}

}  // namespace wsproof::play
