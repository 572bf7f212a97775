// Chance that a seed repeats.
#pragma once

#include "harness/script/split_mix.hpp"

namespace wsproof::fuzz {

using Dice = script::SplitMix;

/// An element of the list, each as likely as the others; the list is not empty.
template <class List>
auto const& one_of(List const& list, Dice& dice) {
    return list[dice.below(list.size())];
}

}  // namespace wsproof::fuzz
