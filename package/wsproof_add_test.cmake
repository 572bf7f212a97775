# wsproof_add_test(NAME name
#                  SPAWN "$<TARGET_FILE:server> --port {port}" | URL ws://…
#                  [SELECT expression…]      # as -s takes them
#                  [BASELINE file]           # known failures
#                  [FAIL_ON must|should|any|never]
#                  [ARGS word…]              # more words for `wsproof test`
#                  [TIMEOUT seconds]         # 300
#                  [LABELS label…])          # wsproof
#
# Adds a CTest test that judges a server, started on a free port or running. Its reports (report.html, report.json, junit.xml)
# are in wsproof-report/NAME of the build folder. SPAWN is a line for /bin/sh.
function(wsproof_add_test)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;SPAWN;URL;BASELINE;FAIL_ON;TIMEOUT" "SELECT;ARGS;LABELS")
    if(arg_UNPARSED_ARGUMENTS OR arg_KEYWORDS_MISSING_VALUES)
        message(FATAL_ERROR "wsproof_add_test: cannot use ${arg_UNPARSED_ARGUMENTS}${arg_KEYWORDS_MISSING_VALUES}")
    endif()
    if(NOT DEFINED arg_NAME)
        message(FATAL_ERROR "wsproof_add_test: NAME is missing")
    endif()
    if(DEFINED arg_SPAWN AND DEFINED arg_URL OR NOT DEFINED arg_SPAWN AND NOT DEFINED arg_URL)
        message(FATAL_ERROR "wsproof_add_test(${arg_NAME}): give either SPAWN, a command with {port} in it, or URL")
    endif()

    set(folder ${CMAKE_CURRENT_BINARY_DIR}/wsproof-report/${arg_NAME})
    set(words test --name ${arg_NAME} --report-dir ${folder} -r html -r json -r junit --progress plain)
    if(DEFINED arg_SPAWN)
        string(REPLACE ";" "\\;" line "${arg_SPAWN}")
        list(APPEND words --spawn "${line}")
    else()
        list(APPEND words "${arg_URL}")
    endif()
    foreach(expression IN LISTS arg_SELECT)
        list(APPEND words -s "${expression}")
    endforeach()
    if(DEFINED arg_BASELINE)
        cmake_path(ABSOLUTE_PATH arg_BASELINE BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
        list(APPEND words --baseline "${arg_BASELINE}")
    endif()
    if(DEFINED arg_FAIL_ON)
        list(APPEND words --fail-on ${arg_FAIL_ON})
    endif()
    if(NOT DEFINED arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    if(NOT DEFINED arg_LABELS)
        set(arg_LABELS wsproof)
    endif()

    add_test(NAME ${arg_NAME} COMMAND wsproof::wsproof ${words} ${arg_ARGS})
    set_tests_properties(${arg_NAME} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
                         ATTACHED_FILES_ON_FAIL ${folder}/report.html)
endfunction()
