// The journal of a run: a line of JSON as soon as something is known, so that a killed run leaves
// what it had learned.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "reports/json.hpp"

namespace wsproof::report {

/// Every line is one write to a file opened for appending: whatever ends the process, all lines but
/// the last are whole. Throws ReportError when the file cannot be written.
class Journal {
public:
    /// Replaces the file. `head`: the report without results; its cases are those that are planned.
    Journal(std::filesystem::path const& path, Report const& head);
    ~Journal();
    Journal(Journal const&) = delete;
    Journal& operator=(Journal const&) = delete;

    /// To be called by one thread at a time.
    void add(play::Result const& result);
    /// The report as it came out: its state, duration, target and gate.
    void finish(Report const& report);

private:
    void write_line(std::string line);

    std::string path_;
    int file_ = -1;
    Report head_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// The same of a report that is complete: a line for its beginning, one a result, one for its end.
std::string ndjson(Report const& report, KeepTranscripts keep = KeepTranscripts::failed);

/// True when the first line is that of a journal.
bool is_journal(std::string_view text);

/// The report that a journal amounts to. A last line that was cut is left out; without the line of
/// the end the state is interrupted. Of several results of one case the last counts. Throws
/// ReportError.
Report read_journal(std::string_view text, std::string_view name = "the journal");

}  // namespace wsproof::report
