#include "cli/live.hpp"

#include <fmt/format.h>

#include "reports/model.hpp"

namespace wsproof::cli {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds between_bars{100};
constexpr milliseconds between_heartbeats{10'000};
constexpr std::string_view erase_line = "\r\x1b[K";

}  // namespace

Live::Live(Terminal& terminal, bool quiet)
    : terminal_(terminal),
      style_(quiet ? ProgressStyle::none : terminal.progress()),
      began_(Clock::now()),
      shown_(began_) {}

Live::~Live() {
    end();
}

void Live::show(play::Result const& result, run::Progress const& progress) {
    if (style_ == ProgressStyle::none) return;
    bool const failure =
        result.verdict == play::Verdict::fail || result.verdict == play::Verdict::broken;
    auto const now = Clock::now();
    if (failure && style_ == ProgressStyle::plain)
        terminal_.remark(fmt::format("{} {}: {}\n", play::name_of(result.verdict), result.variant,
                                     report::printable(result.reason)));
    auto const pause = style_ == ProgressStyle::bar ? between_bars : between_heartbeats;
    if (now - shown_ < pause) return;
    shown_ = now;
    if (style_ == ProgressStyle::bar) {
        auto const line = status(progress).substr(0, terminal_.width() - 1);
        terminal_.remark(fmt::format("{}{}", erase_line, line));
        line_is_up_ = true;
    } else {
        terminal_.remark(status(progress) + "\n");
    }
}

void Live::end() {
    if (line_is_up_) terminal_.remark(erase_line);
    line_is_up_ = false;
}

std::string Live::status(run::Progress const& progress) const {
    if (progress.total == 0) return {};
    auto const seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    auto const left = progress.done == 0
                          ? 0.0
                          : seconds * static_cast<double>(progress.total - progress.done) /
                                static_cast<double>(progress.done);
    return fmt::format("[{:3}%] {}/{}  {} fail  eta {:.0f}s", 100 * progress.done / progress.total,
                       progress.done, progress.total, progress.failed, left);
}

}  // namespace wsproof::cli
