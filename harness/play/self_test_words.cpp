// How the self-test tells what it found.
#include <fmt/format.h>

#include "harness/play/self_test.hpp"

namespace wsproof::play {

std::string in_words(Lapse const& lapse) {
    auto words = fmt::format("{}: {}", name_of(lapse.proof), lapse.variant);
    if (!lapse.role.empty()) words += fmt::format(" [{}, {}]", lapse.role, lapse.delivery);
    if (!lapse.fault.empty()) words += fmt::format(" with {}", lapse.fault);
    words += "\n    " + lapse.words;
    for (auto const& line : lapse.transcript) words += "\n      " + line;
    return words;
}

std::string_view name_of(Proof proof) noexcept {
    switch (proof) {
        case Proof::honest:
            return "honest";
        case Proof::mutants:
            return "mutants";
        case Proof::twins:
            return "twins";
        case Proof::replay:
            return "replay";
        case Proof::catalogue:
            return "catalogue";
    }
    return "";
}

std::string_view name_of(Delivery delivery) noexcept {
    switch (delivery) {
        case Delivery::whole:
            return "whole";
        case Delivery::bytewise:
            return "bytewise";
        case Delivery::coalesced:
            return "coalesced";
    }
    return "";
}

}  // namespace wsproof::play
