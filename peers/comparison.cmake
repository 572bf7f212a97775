# Servers of the comparison that no test in CI plays against. What they are built with is looked for when they are
# built, not when the project is configured: tools/install-deps comparison.
set(peer_group comparison_peers)
set(output_folder ${CMAKE_CURRENT_BINARY_DIR})

peer_command(libsoup libsoup.c ${output_folder}/libsoup
             sh -c "cc -O2 -Wall -Wextra -o ${output_folder}/libsoup libsoup.c $(pkg-config --cflags --libs libsoup-3.0)")
peer_command(qt qt.cpp ${output_folder}/qt
             sh -c "c++ -O2 -fPIC -Wall -Wextra -o ${output_folder}/qt qt.cpp $(pkg-config --cflags --libs Qt5WebSockets)")
peer_command(haskell-websockets haskell-websockets.hs ${output_folder}/haskell-websockets
             ghc -v0 -O1 -threaded -rtsopts "-with-rtsopts=-N2" -outputdir ${output_folder}/haskell
             -o ${output_folder}/haskell-websockets haskell-websockets.hs)
peer_command(yaws yaws_echo.erl ${output_folder}/yaws_echo.beam erlc -o ${output_folder} yaws_echo.erl)

# peer_in_java(NAME CLASS JAR …): jars of /usr/share/java.
function(peer_in_java name class)
    list(TRANSFORM ARGN PREPEND /usr/share/java/)
    list(TRANSFORM ARGN APPEND .jar)
    list(JOIN ARGN ":" class_path)
    peer_command(${name} ${class}.java ${output_folder}/${class}.class
                 javac -nowarn -d ${output_folder} -cp ${class_path} ${class}.java)
endfunction()
peer_in_java(jetty Jetty jetty9-server jetty9-servlet jetty9-util jetty9-websocket-api jetty9-websocket-servlet servlet-api)
peer_in_java(tomcat Tomcat tomcat10-embed-core tomcat10-embed-websocket)

# A folder of their own: npm removes what its line does not name.
npm_install(peer_comparison_npm ${output_folder}/comparison ${comparison_npm_packages})
add_dependencies(comparison_peers peer_comparison_npm)
