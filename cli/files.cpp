#include "cli/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace wsproof::cli {
namespace {

std::string folder_of(std::string const& path) {
    auto const folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

std::string cannot(std::string const& path, int error) {
    return fmt::format("cannot write {}: {}; choose another place with -r FMT=PATH or --report-dir",
                       path, std::strerror(error));
}

}  // namespace

std::optional<std::string> try_place(std::string const& path) {
    std::error_code error;
    auto const folder = folder_of(path);
    std::filesystem::create_directories(folder, error);
    if (error) return cannot(path, error.value());
    if (std::filesystem::is_directory(path, error)) return cannot(path, EISDIR);
    auto const trial = fmt::format("{}.{}.try", path, getpid());
    int const file = open(trial.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) return cannot(path, errno);
    close(file);
    unlink(trial.c_str());
    return std::nullopt;
}

std::optional<std::string> write_file(std::string const& path, std::string_view text) {
    auto const temporary = fmt::format("{}.{}.part", path, getpid());
    std::FILE* const file = std::fopen(temporary.c_str(), "wbe");
    if (file == nullptr) return cannot(path, errno);
    bool const written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    int error = written ? 0 : errno;
    if (std::fclose(file) != 0 && error == 0) error = errno;
    if (error == 0 && std::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
    if (error == 0) return std::nullopt;
    unlink(temporary.c_str());
    return cannot(path, error);
}

std::optional<std::string> read_file(std::string const& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

}  // namespace wsproof::cli
