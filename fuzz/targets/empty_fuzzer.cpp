// The floor under the others: what a fuzzing engine does with a target that does nothing.
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* /*data*/, std::size_t /*size*/) {
    return 0;
}
