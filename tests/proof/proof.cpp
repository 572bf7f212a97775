#include "tests/proof/proof.hpp"

#include <cstdlib>

namespace wsproof::proof {

script::Catalogue catalogue() {
    auto const* folder = std::getenv("WSPROOF_CASES");
    return folder == nullptr ? script::embedded_catalogue()
                             : script::load(script::files_below(folder));
}

play::SelfTest prove(play::Proof proof) {
    play::SelfTestOptions options{.proofs = {proof}};
    if (auto const* only = std::getenv("WSPROOF_ONLY")) options.only = only;
    return play::self_test(catalogue(), options);
}

std::string lapses_of(play::SelfTest const& report) {
    std::string words;
    for (auto const& lapse : report.lapses) words += "\n" + in_words(lapse);
    return words;
}

}  // namespace wsproof::proof
