#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace wsproof::cli {
namespace {

/// --color, NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR, TERM=dumb, and then whether it is a terminal.
bool wants_colour(std::string const& choice, Environment const& environment, int descriptor) {
    if (choice == "always") return true;
    if (choice == "never") return false;
    if (!environment("NO_COLOR").value_or("").empty()) return false;
    for (auto const* const name : {"CLICOLOR_FORCE", "FORCE_COLOR"})
        if (auto const value = environment(name); value && *value != "0" && !value->empty())
            return true;
    if (environment("TERM").value_or("") == "dumb") return false;
    return isatty(descriptor) == 1;
}

ProgressStyle style_of(std::string const& choice, Environment const& environment) {
    if (choice == "bar") return ProgressStyle::bar;
    if (choice == "plain") return ProgressStyle::plain;
    if (choice == "none") return ProgressStyle::none;
    // Some CI systems fake a terminal.
    bool const ci = !environment("CI").value_or("").empty();
    bool const dumb = environment("TERM").value_or("") == "dumb";
    return !ci && !dumb && isatty(STDERR_FILENO) == 1 ? ProgressStyle::bar : ProgressStyle::plain;
}

std::size_t width_of(Environment const& environment) {
    constexpr std::uint64_t narrowest = 20;
    constexpr std::uint64_t widest = 1000;
    if (auto const columns = parse_number(environment("COLUMNS").value_or("")))
        return static_cast<std::size_t>(std::clamp(*columns, narrowest, widest));
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= narrowest)
        return size.ws_col;
    return 80;
}

bool put(std::FILE* stream, std::string_view text) {
    return std::fwrite(text.data(), 1, text.size(), stream) == text.size() &&
           std::fflush(stream) == 0;
}

}  // namespace

Terminal::Terminal(Values const& values, Environment const& environment)
    : progress_(style_of(values.text("progress", "auto"), environment)),
      width_(width_of(environment)) {
    auto const colour = values.text("color", "auto");
    options_.colour = wants_colour(colour, environment, STDOUT_FILENO);
    colour_on_stderr_ = wants_colour(colour, environment, STDERR_FILENO);
    options_.ascii = values.flag("ascii");
    options_.width = width_;
    options_.verbosity =
        values.flag("quiet")
            ? -1
            : static_cast<int>(std::min<std::uint64_t>(2, values.number("verbose", 0)));
}

report::TextOptions Terminal::text_options() const {
    auto options = options_;
    if (results_ == stderr) options.colour = colour_on_stderr_;
    return options;
}

void Terminal::result(std::string_view text) {
    if (!put(results_, text)) failed_ = true;
}

void Terminal::remark(std::string_view text) {
    static_cast<void>(put(stderr, text));
}

bool Terminal::document(std::string_view text) {
    if (put(stdout, text)) return true;
    failed_ = true;
    return false;
}

}  // namespace wsproof::cli
