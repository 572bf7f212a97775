// Under a fuzzing engine a property that does not hold ends the program, which is how engines learn
// of it.
#include <cstdio>
#include <cstdlib>

#include "fuzz/target.hpp"

namespace wsproof::fuzz {

void violated(std::string_view expected, std::string const& came) {
    auto const text =
        "wsproof: expected " + std::string(expected) + "; what came is " + came + "\n";
    std::fputs(text.c_str(), stderr);
    std::abort();
}

}  // namespace wsproof::fuzz
