// `wsproof corpus export` without the command line: for builds that have none
// (fuzz/CMakeLists.txt).
#include <cstdio>

#include "fuzz/targets/corpus.hpp"

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    try {
        wsproof::fuzz::write_corpus(
            wsproof::fuzz::seeds_from(wsproof::script::embedded_catalogue()), argv[1]);
    } catch (std::exception const& error) {
        std::fprintf(stderr, "write_corpus: %s\n", error.what());
        return 2;
    }
    return 0;
}
