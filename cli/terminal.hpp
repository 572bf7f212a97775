// Standard output and standard error: colour, width, and who reads them (docs/cli.md).
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

#include "cli/parse.hpp"
#include "reports/text.hpp"

namespace wsproof::cli {

enum class ProgressStyle : std::uint8_t { bar, plain, none };

class Terminal {
public:
    Terminal(Values const& values, Environment const& environment);

    /// Results go to standard output, or to standard error when a report has taken it.
    void result(std::string_view text);
    /// Diagnostics and progress.
    void remark(std::string_view text);
    /// A report's own text on standard output. False: it could not be written.
    bool document(std::string_view text);
    void results_to_stderr() { results_ = stderr; }
    bool failed() const { return failed_; }

    report::TextOptions text_options() const;
    ProgressStyle progress() const { return progress_; }
    std::size_t width() const { return width_; }

private:
    std::FILE* results_ = stdout;
    report::TextOptions options_ = {};
    bool colour_on_stderr_ = false;
    ProgressStyle progress_ = ProgressStyle::plain;
    std::size_t width_ = 80;
    bool failed_ = false;
};

}  // namespace wsproof::cli
