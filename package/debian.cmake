# `cpack -G DEB`: the package for Debian 12, as tools/package makes it.
set(doc ${CMAKE_INSTALL_DATADIR}/doc/wsproof)
set(CPACK_PACKAGE_CONTACT "The wsproof maintainers <maintainers@wsproof.example>")

# The day of the last commit, so that the same sources make the same package.
string(TIMESTAMP WSPROOF_DAY "%a, %d %b %Y %H:%M:%S +0000" UTC)
find_package(Git QUIET)
if(Git_FOUND)
    execute_process(COMMAND ${GIT_EXECUTABLE} log -1 --format=%cD WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
                    OUTPUT_VARIABLE day OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(day)
        set(WSPROOF_DAY ${day})
    endif()
endif()
configure_file(debian/changelog.in debian/changelog @ONLY)
add_custom_command(OUTPUT debian/changelog.Debian.gz debian/changelog.gz
                   COMMAND ${WSPROOF_GZIP} -9nc debian/changelog > debian/changelog.Debian.gz
                   COMMAND ${WSPROOF_GZIP} -9nc ${PROJECT_SOURCE_DIR}/CHANGELOG.md > debian/changelog.gz
                   DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/debian/changelog ${PROJECT_SOURCE_DIR}/CHANGELOG.md)
add_custom_target(wsproof_changelogs ALL DEPENDS debian/changelog.Debian.gz debian/changelog.gz)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/debian/changelog.Debian.gz ${CMAKE_CURRENT_BINARY_DIR}/debian/changelog.gz
        debian/copyright DESTINATION ${doc} COMPONENT tool)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                                                WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL tool)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_TOOL_PACKAGE_NAME wsproof)
set(CPACK_DEBIAN_TOOL_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_TOOL_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_RELEASE 0wsproof1)  # 0: not by Debian
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_TOOL_DESCRIPTION
    "Points at a URL, plays cases against the server there, and tells for every
rule whether it was kept, with the bytes that prove it. Fuzzes servers by a
model of the protocol, looks at origin checks, authentication and shutdown,
and compares reports. Reports are HTML, JSON, JUnit, SARIF and others.
.
CMake projects get it by find_package(wsproof), with wsproof_add_test() and
a header that shows cases as tests of GoogleTest.")
include(CPack)
