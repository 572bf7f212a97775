// What may stand in the place of an argument, as far as a shell can complete it: read off the
// placeholders that the help shows ("FILE", "never|on-crash", "tcp|ws|http:PATH").
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"

namespace wsproof::cli {

struct Completable {
    std::vector<std::string> words = {};  ///< such as they are; "http:" is to be gone on with
    bool files = false;
    bool folders = false;
    bool expressions = false;  ///< what `wsproof list --expressions` prints
    bool faults = false;       ///< what `wsproof echo --list-faults` prints, in its first column

    bool operator==(Completable const&) const = default;
};

Completable completable(Option const& option);
/// What may stand behind the verb, beside its options.
Completable completable(VerbInfo const& verb);

/// The names of the verbs, `help` among them.
std::vector<std::string> verb_words();
/// "-j" and "--jobs".
std::vector<std::string> spellings(Option const& option);

}  // namespace wsproof::cli
