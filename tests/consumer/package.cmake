# cmake -P: installs wsproof into an empty prefix, builds a project against it, and runs its tests: honest servers pass, faulty
# ones fail and leave their report.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${work})

function(run)
    execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${work} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# expect(CODE REGEX command…): the exit code, and something in what is printed.
function(expect code words)
    execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${work} RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
    if(NOT result EQUAL code OR NOT said MATCHES "${words}")
        message(FATAL_ERROR "${ARGN}: expected exit code ${code} and '${words}', got ${result} and\n${said}")
    endif()
endfunction()

run(${CMAKE_COMMAND} --install ${build} --component tool --prefix ${work}/prefix)
run(${CMAKE_COMMAND} -G Ninja -S ${source} -B ${work}/build -DCMAKE_CXX_COMPILER=${compiler} -DCMAKE_PREFIX_PATH=${work}/prefix
    -DCMAKE_CXX_COMPILER_LAUNCHER=${launcher})
run(${CMAKE_COMMAND} --build ${work}/build)

set(ctest ${CMAKE_CTEST_COMMAND} --test-dir ${work}/build --output-on-failure)
expect(0 "100% tests passed.*net" ${ctest} -R "^honest$")
expect(8 "framing/unmasked-frame" ${ctest} -R "^faulty$")
expect(0 "100% tests passed" ${ctest} -R "^let_off$")
expect(8 "known.toml" ${ctest} -R "^known$")
run(${work}/prefix/bin/wsproof baseline update --baseline ${work}/build/faulty.toml ${work}/build/wsproof-report/faulty/report.json)
file(READ ${work}/build/faulty.toml baseline)
string(REPLACE "target    = \"faulty\"" "target    = \"known\"" baseline "${baseline}")
file(WRITE ${work}/build/known.toml "${baseline}")
expect(0 "100% tests passed" ${ctest} -R "^known$")
expect(8 "connection refused" ${ctest} -R "^absent$")
file(READ ${work}/build/wsproof-report/faulty/junit.xml junit)
if(NOT junit MATCHES "<failure")
    message(FATAL_ERROR "the report of the faulty server has no failure")
endif()

set(echo_test ${work}/build/echo_test)
expect(0 "[1-9][0-9]* tests from 2 test suites ran.*PASSED" ${echo_test} --gtest_filter=wsproof/closing.*:Mine.*)
expect(1 "[1-9][0-9]* tests.*unmasked_frame[ \n].*FAILED TEST" ${CMAKE_COMMAND} -E env FAULT=accepts-unmasked ${echo_test}
       --gtest_filter=wsproof/framing.*)
expect(0 "SKIPPED.*unmasked_frame" ${CMAKE_COMMAND} -E env FAULT=accepts-unmasked BASELINE=${work}/build/faulty.toml ${echo_test}
       --gtest_filter=wsproof/framing.unmasked_frame)
expect(1 "was not judged" ${CMAKE_COMMAND} -E env ABSENT=1 ${echo_test} --gtest_filter=wsproof/control.too_long)
expect(0 "100% tests passed" ${ctest} -R "^echo.wsproof/framing.unmasked_frame$")
