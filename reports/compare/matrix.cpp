#include "reports/compare/matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "harness/run/expression.hpp"
#include "reports/redact.hpp"
#include "reports/story.hpp"

namespace wsproof::report {
namespace {

using play::Verdict;

constexpr std::string_view standing_rules = "standing rules";

/// "out/ws.json" is "ws".
std::string stem_of(std::string const& file) {
    auto const name = file.substr(file.rfind('/') + 1);
    auto const dot = name.rfind('.');
    return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

std::string name_in(Report const& report, std::string const& file) {
    if (!report.target.name.empty()) return report.target.name;
    return stem_of(file).empty() ? report.target.url : stem_of(file);
}

/// Left out by a budget, a lost target, or the owner: nothing that the peer did.
bool is_gap(play::Result const& result) {
    if (result.verdict == Verdict::broken) return true;
    if (result.verdict != Verdict::skipped) return false;
    return !result.skip_reason || !result.skip_reason->starts_with("needs-");
}

Cell cell_of(Redactor const& redactor, play::Result const& result) {
    auto const shown = [&](std::string_view words) { return printable(redactor.text(words)); };
    Cell cell{.verdict = result.verdict, .gap = is_gap(result)};
    cell.lacks = result.verdict == Verdict::skipped && !cell.gap;
    if (result.verdict == Verdict::pass) return cell;
    if (result.verdict == Verdict::skipped) {
        cell.words = shown(skip_words(result));
        return cell;
    }
    cell.words = shown(happened_words(result));
    for (auto const& words : result.expected) cell.expected.push_back(shown(words));
    auto const exchange = exchange_of(result);
    for (auto const* const entry : exchange.sent)
        cell.sent += (cell.sent.empty() ? "" : ", ") + shown(entry->words);
    if (exchange.got != nullptr) cell.got = shown(exchange.got->words);
    return cell;
}

/// What is left when the cases have been taken out.
Report head_of(Report report) {
    report.rules.clear();
    report.cases.clear();
    report.results.clear();
    report.security = {};
    return report;
}

/// The columns that `order` numbers, in its order.
void arrange(Matrix& matrix, std::vector<std::size_t> const& order) {
    auto const arranged = [&](auto& given) {
        std::remove_reference_t<decltype(given)> all;
        all.reserve(order.size());
        for (auto const at : order) all.push_back(std::move(given[at]));
        given = std::move(all);
    };
    arranged(matrix.columns);
    for (auto& row : matrix.rows) arranged(row.cells);
}

}  // namespace

bool Cell::is_judged() const {
    if (!verdict || gap) return false;
    return *verdict != Verdict::skipped && *verdict != Verdict::inconclusive;
}

std::optional<std::size_t> Matrix::column_named(std::string_view name) const {
    auto const at = std::ranges::find(columns, name, &Column::name);
    if (at == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(at - columns.begin());
}

std::vector<std::string> Matrix::folders() const {
    std::vector<std::string> all;
    for (auto const& row : rows)
        if (all.empty() || all.back() != row.folder) all.push_back(row.folder);
    return all;
}

bool Matrix::is_counted(Row const& row, std::string_view folder) const {
    return folder.empty() ? row.is_case && !row.is_limit : row.folder == folder;
}

Tally Matrix::tally(std::size_t column, script::Level level, std::string_view folder) const {
    Tally counts;
    for (auto const verdict : play::verdicts) counts[verdict] = 0;
    for (auto const& row : rows) {
        auto const& verdict = row.cells[column].verdict;
        if (is_counted(row, folder) && row.level == level && verdict) ++counts[*verdict];
    }
    return counts;
}

void MatrixMaker::add(Part part) {
    auto const& report = part.report;
    Redactor const redactor(report);
    auto const file = printable(part.name);
    Column column;
    column.name = unique(printable(name_in(report, part.name)), file);
    column.file = file;
    column.limits = limits_of(report);
    column.rerun = printable(redactor.text(repro(report, "CASE")));
    for (auto const& result : report.results) add_result(report, redactor, result);
    add_breaches(report, redactor);
    column.head = head_of(std::move(part.report));
    matrix_.columns.push_back(std::move(column));
}

Row& MatrixMaker::row_of(CaseInfo const& info, std::string const& digest) {
    auto const [at, is_new] = rows_.try_emplace(Place{false, info.id});
    auto& row = at->second;
    if (is_new) {
        row = {.id = printable(info.id),
               .title = printable(info.title),
               .rule = printable(info.rule),
               .document = printable(info.document),
               .section = printable(info.section),
               .folder = printable(section_of(case_id_of(info.id))),
               .level = info.level};
        row.is_limit = run::is_limit(info.id, info.tags);
        digests_[info.id] = digest;
    } else if (!digest.empty() && digests_[info.id] != digest) {
        changed_.insert(info.id);
    }
    row.cells.resize(matrix_.columns.size() + 1);
    return row;
}

void MatrixMaker::add_result(Report const& report, Redactor const& redactor,
                             play::Result const& result) {
    auto const* const known = report.case_of(result);
    CaseInfo const unknown{.id = result.variant};
    auto const& info = known != nullptr ? *known : unknown;
    row_of(info, info.digest).cells.back() = cell_of(redactor, result);
}

void MatrixMaker::add_breaches(Report const& report, Redactor const& redactor) {
    for (auto const& breach : breaches_of(report)) {
        auto const [at, is_new] = rows_.try_emplace(Place{true, breach.rule});
        auto& row = at->second;
        if (is_new) {
            auto const rule = report.rules.find(breach.rule);
            auto const info = rule == report.rules.end() ? RuleInfo{} : rule->second;
            row = {.id = printable(fmt::format("{}/{}", standing_rules, breach.rule)),
                   .title = printable(info.text),
                   .rule = printable(breach.rule),
                   .document = printable(info.document),
                   .section = printable(info.section),
                   .folder = std::string(standing_rules),
                   .level = breach.level,
                   .is_case = false};
        }
        row.cells.resize(matrix_.columns.size() + 1);
        auto& cell = row.cells.back();
        cell.verdict = Verdict::fail;
        cell.gap = false;
        cell.words = printable(redactor.text(fmt::format("the peer {}", breach.reason)));
        cell.sent = printable(fmt::format("in {}", breach.witnesses.front()));
    }
}

/// Who judged anything and broke no rule has kept it: reports tell of rules that were broken alone.
void MatrixMaker::settle_breaches() {
    std::vector<bool> judged(matrix_.columns.size());
    for (auto const& row : matrix_.rows)
        for (std::size_t column = 0; column < judged.size(); ++column)
            judged[column] = judged[column] || row.cells[column].is_judged();
    for (auto& row : matrix_.rows)
        for (std::size_t column = 0; column < judged.size(); ++column)
            if (!row.is_case && judged[column] && !row.cells[column].verdict)
                row.cells[column] = {.verdict = Verdict::pass, .gap = false};
}

void MatrixMaker::sort_columns() {
    std::vector<std::size_t> order(matrix_.columns.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(
        order, {}, [&](std::size_t at) -> std::string const& { return matrix_.columns[at].name; });
    arrange(matrix_, order);
}

std::string MatrixMaker::unique(std::string name, std::string const& file) const {
    if (!matrix_.column_named(name)) return name;
    auto candidate = fmt::format("{} ({})", name, stem_of(file));
    for (int n = 2; matrix_.column_named(candidate); ++n)
        candidate = fmt::format("{} #{}", name, n);
    return candidate;
}

Matrix MatrixMaker::take(StepsOf const& steps_of) {
    for (auto& [place, row] : rows_) {
        row.cells.resize(matrix_.columns.size());
        if (steps_of && row.is_case) row.steps = steps_of(place.second);
        matrix_.rows.push_back(std::move(row));
    }
    settle_breaches();
    sort_columns();
    matrix_.changed_cases = changed_.size();
    matrix_.warnings = warnings_of(matrix_);
    return std::move(matrix_);
}

Matrix with_columns(Matrix matrix, std::vector<std::size_t> columns) {
    std::ranges::sort(columns);
    std::string hidden;
    for (std::size_t at = 0; at < matrix.columns.size(); ++at)
        if (!std::ranges::binary_search(columns, at))
            hidden += (hidden.empty() ? "" : ", ") + matrix.columns[at].name;
    arrange(matrix, columns);
    matrix.warnings = warnings_of(matrix);
    if (!hidden.empty()) matrix.warnings.push_back("left out by --columns: " + hidden);
    return matrix;
}

}  // namespace wsproof::report
