#include "tests/proof/proof.hpp"

#include <fnmatch.h>

#include <cstdlib>

namespace wsproof::proof {

script::Catalogue catalogue() {
    auto const* folder = std::getenv("WSPROOF_CASES");
    return folder == nullptr ? script::embedded_catalogue()
                             : script::load(script::files_below(folder));
}

play::SelfTest prove(play::Proof proof) {
    play::SelfTestOptions options{.proofs = {proof}};
    if (auto const* const only = std::getenv("WSPROOF_ONLY"))
        options.chosen = [only](script::Variant const& variant) {
            return fnmatch(only, variant.id.c_str(), 0) == 0 ||
                   fnmatch(only, variant.case_id.c_str(), 0) == 0;
        };
    return play::self_test(catalogue(), options);
}

std::string lapses_of(play::SelfTest const& report) {
    std::string words;
    for (auto const& lapse : report.lapses) words += "\n" + in_words(lapse);
    return words;
}

}  // namespace wsproof::proof
