// Any text as a report: a ReportError, or a report whose text reads back to the same text.
#include "fuzz/target.hpp"
#include "fuzz/targets/input.hpp"
#include "reports/json.hpp"

namespace wsproof::fuzz {
namespace {

std::optional<report::Report> report_in(std::string_view text) {
    try {
        return report::read_json(text);
    } catch (report::ReportError const& error) {
        require(std::string_view(error.what()).find('\n') == std::string_view::npos,
                "an error of one line", [&] { return std::string(error.what()); });
        return std::nullopt;
    }
}

}  // namespace

WSPROOF_FUZZ_TARGET(report_json) {
    auto const report = report_in(Input(data).text());
    if (!report) return;
    auto const written = report::write_json(*report, report::KeepTranscripts::all);
    auto const again = report_in(written);
    require(again.has_value(), "a report that can be read, for it was written",
            [&] { return written; });
    auto const once_more = report::write_json(*again, report::KeepTranscripts::all);
    require(once_more == written, "the same text once more", [&] { return once_more; });
}

}  // namespace wsproof::fuzz
