// Under a fuzzing engine a property that does not hold ends the program, which is how engines learn
// of it.
#include <cstdio>
#include <cstdlib>

#include "fuzz/target.hpp"

/// Inputs are small and soon done with: a short memory of what was freed stays in the cache, and
/// nothing is gained by frames and fillings that cost a third of the time. ASAN_OPTIONS overrules.
extern "C" char const* __asan_default_options();
extern "C" char const* __asan_default_options() {
    return "quarantine_size_mb=2:max_malloc_fill_size=0:malloc_context_size=8:"
           "detect_stack_use_after_return=0";
}

namespace wsproof::fuzz {

void violated(std::string_view expected, std::string const& came) {
    auto const text =
        "wsproof: expected " + std::string(expected) + "; what came is " + came + "\n";
    std::fputs(text.c_str(), stderr);
    std::abort();
}

}  // namespace wsproof::fuzz
