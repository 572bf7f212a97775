// Many implementations beside each other: what each of them did in every case. A pure function of
// reports (docs/compare.md).
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/compare/previous.hpp"
#include "reports/limits.hpp"
#include "reports/merge.hpp"
#include "reports/model.hpp"

namespace wsproof::report {

/// What one implementation did in one case. Texts are without secrets and fit for a terminal.
struct Cell {
    std::optional<play::Verdict> verdict = std::nullopt;  ///< nothing: its report has no such case
    std::string words = {};                  ///< what the peer did, or why nothing was played
    std::vector<std::string> expected = {};  ///< where it departs
    std::string sent = {};
    std::string got = {};
    bool lacks = false;  ///< skipped: calibration has found that the peer lacks what the case needs
    bool gap = true;     ///< never played, through nothing that the peer did

    /// The peer has shown something by which it can be held against others.
    bool is_judged() const;
};

/// An implementation with everything that one has to know to judge the comparison.
struct Column {
    std::string name = {};  ///< unique
    std::string file = {};  ///< its report
    Report head = {};       ///< without rules, cases and results
    std::vector<MeasuredLimit> limits = {};
    std::string rerun = {};  ///< the command that plays the case CASE again

    /// False: its run did not come to its end, so that it takes no part in clusters.
    bool is_whole() const { return head.run.state == run::State::complete; }
};

struct Row {
    std::string id = {};
    std::string title = {};
    std::string rule = {};
    std::string document = {};  ///< "RFC 6455"
    std::string section = {};   ///< of the document
    std::string folder = {};    ///< "framing": the section of the matrix
    script::Level level = script::Level::must;
    bool is_case = true;    ///< false: a standing rule that somebody broke in some case
    bool is_limit = false;  ///< how much a peer takes, which is no matter of the protocol
    std::optional<std::size_t> steps =
        std::nullopt;              ///< nothing: a case that nobody knows any more
    std::vector<Cell> cells = {};  ///< one a column, in their order
};

struct Matrix {
    std::vector<Column> columns = {};                     ///< by name: no number ranks them
    std::vector<Row> rows = {};                           ///< by folder and id, standing rules last
    std::vector<std::string> warnings = {};               ///< why the columns may not be comparable
    std::optional<std::size_t> reference = std::nullopt;  ///< a column
    std::size_t changed_cases = 0;  ///< whose text is not the same in all reports
    std::optional<Previous> previous = std::nullopt;

    std::optional<std::size_t> column_named(std::string_view name) const;
    /// The folders in the order of the rows.
    std::vector<std::string> folders() const;
    /// The verdicts of a column in a folder at a level; every folder when it is empty, but standing
    /// rules and limits count only by name.
    Tally tally(std::size_t column, script::Level level, std::string_view folder = {}) const;
    bool is_counted(Row const& row, std::string_view folder) const;  ///< in such a tally
};

/// The number of steps of a variant; nothing when it is not known.
using StepsOf = std::function<std::optional<std::size_t>(std::string const&)>;

/// Takes one report after the other and keeps of each what the matrix needs.
class MatrixMaker {
public:
    /// The column is called as the report calls its target, or else by the file.
    void add(Part part);
    Matrix const& so_far() const { return matrix_; }  ///< its columns, in the order they came
    Matrix take(StepsOf const& steps_of = {});

private:
    using Place = std::pair<bool, std::string>;  ///< standing rules come last

    void add_result(Report const& report, class Redactor const& redactor,
                    play::Result const& result);
    Row& row_of(CaseInfo const& info, std::string const& digest);
    void add_breaches(Report const& report, Redactor const& redactor);
    void settle_breaches();
    void sort_columns();
    std::string unique(std::string name, std::string const& file) const;

    Matrix matrix_ = {};
    std::map<Place, Row> rows_ = {};
    std::map<std::string, std::string> digests_ = {};  ///< of the cases, as first seen
    std::set<std::string> changed_ = {};               ///< cases with several digests
};

/// Some of its columns, each named once, by their numbers; the warnings tell which are hidden.
Matrix with_columns(Matrix matrix, std::vector<std::size_t> columns);

/// Why the columns may not be comparable: other case sets, other choices, other ways of judging.
std::vector<std::string> warnings_of(Matrix const& matrix);

/// The fairness block: name and value, in one order for every column.
using Facts = std::vector<std::pair<std::string, std::string>>;
struct Fairness {
    Facts common = {};            ///< what is the same for all columns, if there are several
    std::vector<Facts> own = {};  ///< the rest, one a column
};
Fairness fairness_of(Matrix const& matrix);
/// "ws@8.17.0", or the Server field, or that nobody has said.
std::string version_of(Column const& column);

}  // namespace wsproof::report
