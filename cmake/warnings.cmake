# The warnings every target is compiled with (docs/architecture.md); errors where WSPROOF_WERROR is on.
# g++ 12 sees an overlap in every optimised `"text" + std::string` (GCC bug 105651, mended in 13).
add_library(wsproof_warnings INTERFACE)
target_compile_options(wsproof_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
    $<$<BOOL:${WSPROOF_WERROR}>:-Werror>)
