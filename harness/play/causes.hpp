// The mistakes behind many results: which faults of the reference, each by itself, account for what
// a target did.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "harness/play/player.hpp"
#include "harness/script/catalogue.hpp"

namespace wsproof::play {

/// What a peer did with a variant. Of variants about whom the peer lets in `admission` alone
/// counts, of what complied `verdict` alone.
struct Deed {
    Verdict verdict = Verdict::pass;
    Admission admission = Admission::none;
    std::string signature = {};
    std::size_t line = 0;  ///< of the step that decided: the same words at another one are others

    bool operator==(Deed const&) const = default;
    /// In other words, or at another step, it may still come to the same: it is judged alike, and
    /// whoever asked is as much in, or as little.
    bool comes_to(Deed const& other) const {
        return verdict == other.verdict && admission == other.admission;
    }
};

struct Observation {
    std::string variant = {};
    Deed deed = {};
    /// False: a peer may do as it should here for another reason, and still have the fault.
    bool decides = true;
};

/// The deed of a peer with this fault, or with none (empty); nothing where it would say nothing.
using Prediction =
    std::function<std::optional<Deed>(std::string const& fault, std::string const& variant)>;

struct Cause {
    std::string fault = {};
    std::vector<std::string> variants = {};  ///< that it accounts for
    bool whole = true;  ///< the peer did all that the fault makes a peer do; else only some of it
};

struct Causes {
    std::vector<Cause> causes = {};  ///< the one that accounts for most comes first
    /// What no peer without faults would have done, and none of the faults accounts for.
    std::vector<std::string> unexplained = {};
};

/// What may be behind what a peer did.
struct Suspects {
    std::vector<std::string> faults = {};
    /// Of these, what a peer may do in part: trust some of the origins that the fault trusts. Half
    /// a comparison by prefix is none.
    std::set<std::string> in_part = {};
};

/// A fault is a cause if the peer did whatever the fault makes a peer do. Of those, the fewest that
/// account for everything: always the one next that accounts for most of what is left; of equals
/// that which stands first. What is left then goes to the fault of which it is the greatest part.
Causes causes_of(std::span<Observation const> observations, Suspects const& suspects,
                 Prediction const& predict);

/// What a result says about the peer: whom it lets in, where that is the question; else how it
/// departed, if it did. Nothing when it says nothing.
std::optional<Observation> observed(script::Variant const& variant, Result const& result);

/// Predicts by playing the variants against the reference, as the target of a run with this
/// setting.
Prediction by_reference(script::Catalogue const& catalogue, Setting const& setting);

}  // namespace wsproof::play
