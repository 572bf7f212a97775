// The report as JSON, format 1 (reports/report-1.schema.json), written and read back.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "reports/model.hpp"

namespace wsproof::report {

/// Which results keep their transcripts. `failed`: all but those that passed or were skipped, and
/// those that witnessed a breach.
enum class KeepTranscripts : std::uint8_t { failed, all, none };

/// A file is no report, or only a part of one: says what, where, and what to do, in one line.
class ReportError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

std::string write_json(Report const& report, KeepTranscripts keep = KeepTranscripts::failed);

/// Reads what `write_json` wrote, this version's or an older minor's; unknown fields are passed
/// over. `name` is what the words of a ReportError call the file.
Report read_json(std::string_view text, std::string_view name = "the report");

/// For comparisons: a report for each target of the document, with the results of this target
/// alone. Bytes, arrivals, and the words that explain cases stay unread, which makes it several
/// times as fast.
std::vector<Report> read_json_briefly(std::string_view text, std::string_view name = "the report");

}  // namespace wsproof::report
