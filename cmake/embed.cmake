# wsproof_embed(OUTPUT FILE…): a C++ file with the case files as text, made again when one of them
# changes. As a script (cmake -P) it writes that file.
if(NOT CMAKE_SCRIPT_MODE_FILE)
    set(wsproof_embed_script ${CMAKE_CURRENT_LIST_FILE})

    function(wsproof_embed output)
        list(SORT ARGN)
        list(JOIN ARGN "\n" names)
        set(list_file ${CMAKE_CURRENT_BINARY_DIR}/${output}.files)
        file(CONFIGURE OUTPUT ${list_file} CONTENT "${names}\n" @ONLY)
        add_custom_command(
            OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${output}
            COMMAND ${CMAKE_COMMAND} -D files=${list_file} -D root=${PROJECT_SOURCE_DIR}
                    -D output=${CMAKE_CURRENT_BINARY_DIR}/${output} -P ${wsproof_embed_script}
            DEPENDS ${ARGN} ${list_file} ${wsproof_embed_script}
            COMMENT "Embedding the case files" VERBATIM)
    endfunction()
    return()
endif()

# Compilers promise 65,536 characters of a string literal: longer texts are cut at a line end into
# several, which are joined when the program asks for them.
function(append_literals to text)
    set(result "${${to}}")
    string(LENGTH "${text}" left)
    while(left GREATER 8000)
        string(SUBSTRING "${text}" 8000 -1 rest)
        string(FIND "${rest}" "\n" line_end)
        if(line_end EQUAL -1)
            break()
        endif()
        math(EXPR cut "8000 + ${line_end} + 1")
        string(SUBSTRING "${text}" 0 ${cut} piece)
        string(SUBSTRING "${text}" ${cut} -1 text)
        string(APPEND result "R\"jsonc(${piece})jsonc\", ")
        string(LENGTH "${text}" left)
    endwhile()
    string(APPEND result "R\"jsonc(${text})jsonc\"")
    set(${to} "${result}" PARENT_SCOPE)
endfunction()

file(STRINGS ${files} paths)
set(code "// Made from cases/ by cmake/embed.cmake.
#include \"harness/script/catalogue.hpp\"

#include <initializer_list>

namespace wsproof::script {

namespace {

std::string joined(std::initializer_list<std::string_view> pieces) {
    std::string text;
    for (auto const piece : pieces) text += piece;
    return text;
}

}  // namespace

std::vector<SourceFile> embedded_files() {
    std::vector<SourceFile> files;
")
foreach(path IN LISTS paths)
    file(READ ${path} text)
    file(RELATIVE_PATH name ${root} ${path})
    string(APPEND code "    files.push_back({\"${name}\", joined({")
    append_literals(code "${text}")
    string(APPEND code "})});\n")
endforeach()
string(APPEND code "    return files;\n}\n\n}  // namespace wsproof::script\n")
file(WRITE ${output} "${code}")
