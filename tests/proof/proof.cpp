#include "tests/proof/proof.hpp"

#include <cstdlib>

namespace wsproof::proof {

play::SelfTest prove(play::Proof proof) {
    play::SelfTestOptions options{.proofs = {proof}};
    if (auto const* only = std::getenv("WSPROOF_ONLY")) options.only = only;
    return play::self_test(script::embedded_catalogue(), options);
}

std::string lapses_of(play::SelfTest const& report) {
    std::string words;
    for (auto const& lapse : report.lapses) words += "\n" + in_words(lapse);
    return words;
}

}  // namespace wsproof::proof
