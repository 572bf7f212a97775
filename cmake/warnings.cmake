# The warnings every target is compiled with (docs/architecture.md); errors where WSPROOF_WERROR is on.
# Optimising, g++ 12 sees an overlap in every `"text" + std::string` (GCC bug 105651, mended in 13) and
# accesses behind the end of endpoints in Asio.
add_library(wsproof_warnings INTERFACE)
target_compile_options(wsproof_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
    "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict;-Wno-array-bounds;-Wno-stringop-overread>"
    # A unity build joins unnamed namespaces: their names shadow those of the next file, and g++ takes
    # each file for a header.
    $<$<BOOL:${CMAKE_UNITY_BUILD}>:-Wno-shadow>
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CMAKE_UNITY_BUILD}>>:-Wno-subobject-linkage>
    $<$<BOOL:${WSPROOF_WERROR}>:-Werror>)
