// The files a run writes: named, tried before the run begins, and replaced as a whole.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/files.hpp"
#include "cli/terminal.hpp"
#include "cli/values.hpp"
#include "reports/html/frame.hpp"
#include "reports/json.hpp"
#include "reports/model.hpp"
#include "reports/sarif/sarif.hpp"

namespace wsproof::cli {

struct Output {
    enum class Format : std::uint8_t {
        json,
        html,
        text,
        sarif,
        junit,
        tap,
        ctrf,
        markdown,
        csv,
        badge,
        metrics,
        ndjson,
        code_quality,
        teamcity,
        pcapng,
        autobahn
    } format = Format::json;
    std::string path = {};  ///< "-": standard output; of autobahn a folder
};

/// What may stand before the = of -r.
std::vector<std::string> format_names();

/// The path of "FMT=PATH", or else `file` in the report folder. Throws UsageError for an empty one.
std::string path_of_report(std::string const& words, std::string const& folder,
                           std::string_view file);

class Outputs {
public:
    /// Throws UsageError for a format that does not exist.
    Outputs(Values const& values, bool by_default);

    /// Why one of the files could not be written now, in one line with the cure; nothing when all
    /// is well. Creates the report folder.
    std::optional<std::string> trouble() const;
    /// Writes all of them and goes on after a failure; the lines tell what could not be written.
    std::vector<std::string> write(report::Report const& report, Terminal& terminal) const;

    bool takes_stdout() const;
    bool were_asked_for() const { return asked_for_; }
    /// Somebody else writes them.
    void leave_out_autobahn();
    std::vector<std::string> autobahn_folders() const;
    void drop_files();  ///< nothing was asked for and the folder cannot be written
    std::vector<std::string> paths() const;
    report::SarifLocation const& location() const { return location_; }
    std::string const& journal() const { return journal_; }
    std::string const& folder() const { return folder_; }

private:
    /// The file, and of a page what stands beside it; a line for each that could not be written.
    std::vector<std::string> write_files(Output const& output, std::string const& text) const;
    std::string render(Output const& output, report::Report const& report,
                       Terminal const& terminal) const;
    std::vector<std::string> write_autobahn_of(Output const& output,
                                               report::Report const& report) const;

    std::vector<Output> outputs_ = {};
    std::string folder_ = {};
    std::string journal_ = {};
    report::KeepTranscripts keep_ = report::KeepTranscripts::failed;
    report::SarifLocation location_ = {};
    report::Assets assets_ = report::Assets::inlined;
    std::size_t markdown_limit_ = 0;
    bool asked_for_ = false;
};

}  // namespace wsproof::cli
