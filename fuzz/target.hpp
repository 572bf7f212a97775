// What a fuzz target is: a property that any bytes have to keep. A fuzzing engine calls it by the
// name that engines have for it; everybody else by its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "reference_impl/wire/bytes.hpp"

/// For what a target compares with: its branches shall not guide the engine, nor cost time.
#ifdef __clang__
#define WSPROOF_FUZZ_UNGUIDED __attribute__((no_sanitize("coverage")))
#else
#define WSPROOF_FUZZ_UNGUIDED
#endif

namespace wsproof::fuzz {

using Target = void (*)(wire::ByteView data);

/// The property does not hold: the end of the program under a fuzzing engine (engine.cpp), of one
/// input under the tests.
[[noreturn]] void violated(std::string_view expected, std::string const& came);

WSPROOF_FUZZ_UNGUIDED inline void require(bool holds, std::string_view expected) {
    if (!holds) violated(expected, "something else");
}

/// `came` is a function that finds the words for what came, once they are needed.
template <typename Came>
WSPROOF_FUZZ_UNGUIDED void require(bool holds, std::string_view expected, Came const& came) {
    if (!holds) violated(expected, came());
}

}  // namespace wsproof::fuzz

#ifdef WSPROOF_FUZZ_ENGINE
#define WSPROOF_FUZZ_ENTRY(name)                                                        \
    extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) { \
        targets::name(std::as_bytes(std::span(data, size)));                            \
        return 0;                                                                       \
    }
#else
#define WSPROOF_FUZZ_ENTRY(name)
#endif

/// WSPROOF_FUZZ_TARGET(name) { … } in the namespace wsproof::fuzz; the input is `data`.
#define WSPROOF_FUZZ_TARGET(name)   \
    namespace targets {             \
    void name(wire::ByteView data); \
    }                               \
    WSPROOF_FUZZ_ENTRY(name)        \
    void targets::name(wire::ByteView data)
