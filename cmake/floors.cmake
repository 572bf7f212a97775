# wsproof_floor(NAME SOURCES … USES …): one library a folder; USES is the row of the table in
# docs/architecture.md, so that what a folder may include is also what it links.
function(wsproof_floor name)
    cmake_parse_arguments(arg "LARGE" "" "SOURCES;USES;PRIVATE" ${ARGN})
    add_library(wsproof_${name} STATIC ${arg_SOURCES})
    if(arg_LARGE)
        # What counts in a unity build is how often headers and templates are compiled: twice, for two processors.
        list(LENGTH arg_SOURCES count)
        math(EXPR half "(${count} + 1) / 2")
        set_target_properties(wsproof_${name} PROPERTIES UNITY_BUILD_BATCH_SIZE ${half})
    endif()
    add_library(wsproof::${name} ALIAS wsproof_${name})
    target_include_directories(wsproof_${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(wsproof_${name} PUBLIC ${arg_USES} PRIVATE ${arg_PRIVATE} wsproof_warnings)
endfunction()

# wsproof_test(NAME SOURCES … USES … LABEL …): one GoogleTest binary, each TEST a CTest test.
function(wsproof_test name)
    cmake_parse_arguments(arg "" "LABEL" "SOURCES;USES" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_USES} GTest::gtest GTest::gmock GTest::gtest_main wsproof_warnings)
    # Optimising the tests themselves would cost more than it saves.
    target_compile_options(${name} PRIVATE $<$<NOT:$<CONFIG:Debug>>:-O0>)
    target_compile_definitions(${name} PRIVATE WSPROOF_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    include(GoogleTest)
    gtest_discover_tests(${name} TEST_PREFIX "${name}." PROPERTIES LABELS "${arg_LABEL}" TIMEOUT 300
                         DISCOVERY_TIMEOUT 60)
endfunction()
