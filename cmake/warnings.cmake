# The warnings every target is compiled with (docs/architecture.md); errors where WSPROOF_WERROR is on.
add_library(wsproof_warnings INTERFACE)
target_compile_options(wsproof_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
    $<$<BOOL:${WSPROOF_WERROR}>:-Werror>)
