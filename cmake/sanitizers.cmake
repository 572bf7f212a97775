# Instrumentation chosen by a preset: it goes on every target, so that library and test agree.
if(WSPROOF_SANITIZE)
    add_compile_options(-fsanitize=${WSPROOF_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${WSPROOF_SANITIZE})
endif()
if(WSPROOF_COVERAGE)
    add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
    add_link_options(-fprofile-instr-generate)
endif()
if(WSPROOF_FUZZ)
    # Engines look at every counter of the program after each execution: what a target does not use has to go.
    add_compile_options(-ffunction-sections -fdata-sections)
endif()
