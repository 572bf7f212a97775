// wsproof-kit-seeds FOLDER: writes a corpus to begin with, and the dictionary beside it.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "fuzz/kit/include/wsproof/kit.hpp"

namespace {

namespace files = std::filesystem;

bool write(files::path const& path, std::string_view text) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    return out.flush().good();
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("usage: wsproof-kit-seeds FOLDER\n", stderr);
        return 2;
    }
    files::path const folder = arguments[1];
    std::error_code error;
    files::create_directories(folder / "seeds", error);
    bool good = write(folder / "wsproof-kit.dict", wsproof::kit::dictionary());
    std::size_t number = 0;
    for (auto const& seed : wsproof::kit::seeds())
        good = write(folder / "seeds" / (std::to_string(++number) + ".jsonc"), seed) && good;
    if (!good) {
        std::fprintf(stderr, "wsproof-kit-seeds: '%s' cannot be written\n", arguments[1]);
        return 1;
    }
    std::printf("%zu seeds and wsproof-kit.dict in %s\n", number, arguments[1]);
    return 0;
}
