#include "harness/play/causes.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace wsproof::play {
namespace {

using Variants = std::vector<std::string>;

struct Seen {
    Observation const* observation;
    std::optional<Deed> right;  ///< the deed of a peer without faults
    bool is_right() const { return observation->deed == right; }
};

/// What a fault makes a peer do, as far as it is not right, and how much of it was done.
struct Candidate {
    std::string fault = {};
    Variants done = {};
    std::size_t deciding_done = 0;
    std::size_t deciding_not_done = 0;
    std::size_t others_not_done = 0;

    bool is_whole() const {
        return deciding_not_done == 0 && (deciding_done != 0 || others_not_done == 0);
    }
    double size() const {
        return static_cast<double>(done.size() + deciding_not_done + others_not_done);
    }
    double count_in(std::set<std::string> const& left) const {
        return static_cast<double>(std::ranges::count_if(
            done, [&](auto const& variant) { return left.contains(variant); }));
    }
};

/// No answer at all is a refusal, too.
std::optional<Observation> admitted(Result const& result) {
    if (result.admission == Admission::none) return std::nullopt;
    bool const dropped = result.admission == Admission::dropped;
    auto const admission = dropped ? Admission::refused : result.admission;
    return Observation{result.variant, {.admission = admission}};
}

Candidate candidate(std::string const& fault, std::vector<Seen> const& all,
                    Prediction const& predict) {
    Candidate one{.fault = fault};
    for (auto const& seen : all) {
        auto const& [variant, deed, decides] = *seen.observation;
        auto const predicted = predict(fault, variant);
        if (predicted == seen.right) continue;
        bool const was_done = predicted == deed;
        // Whoever was wrong in another way may have this fault as well: nobody can tell.
        if (!was_done && !seen.is_right()) continue;
        if (was_done) one.done.push_back(variant);
        if (was_done && decides) ++one.deciding_done;
        if (!was_done) ++(decides ? one.deciding_not_done : one.others_not_done);
    }
    return one;
}

class SearchForCauses {
public:
    SearchForCauses(std::set<std::string> left, std::vector<Candidate> candidates)
        : left_(std::move(left)), candidates_(std::move(candidates)) {}

    Causes run(std::set<std::string> const& in_part) {
        take_all([&](Candidate const& one) { return one.is_whole() ? one.count_in(left_) : 0.0; });
        take_all([&](Candidate const& one) {
            return in_part.contains(one.fault) && one.size() != 0 ? one.count_in(left_) / one.size()
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
        Cause cause{.fault = one.fault, .whole = one.is_whole()};
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
    return SearchForCauses(std::move(left), std::move(candidates)).run(suspects.in_part);
}

std::optional<Observation> observed(script::Variant const& variant, Result const& result) {
    if (variant.has_need("origin-policy")) return admitted(result);
    switch (result.verdict) {
        case Verdict::pass:
            return Observation{result.variant};
        case Verdict::fail:
        case Verdict::lenient:
            return Observation{result.variant,
                               {.verdict = result.verdict,
                                .admission = result.admission,
                                .signature = result.signature,
                                .line = result.decided_at.line}};
        default:
            return std::nullopt;
    }
}

}  // namespace wsproof::play
