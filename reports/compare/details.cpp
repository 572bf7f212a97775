#include "reports/compare/details.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <unordered_map>

#include "reports/names.hpp"

namespace wsproof::report {
namespace {

class Texts {
public:
    std::size_t number_of(std::string const& text) {
        auto const [at, is_new] = numbers_.try_emplace(text, texts_.size());
        if (is_new) texts_.push_back(text);
        return at->second;
    }
    nlohmann::json take() { return std::move(texts_); }

private:
    std::unordered_map<std::string, std::size_t> numbers_ = {{"", 0}};
    nlohmann::json texts_ = nlohmann::json::array({""});
};

nlohmann::json row_details(Row const& row, Texts& texts) {
    auto cells = nlohmann::json::object();
    for (std::size_t at = 0; at < row.cells.size(); ++at) {
        auto const& cell = row.cells[at];
        if (cell.words.empty() && cell.expected.empty()) continue;
        auto numbers = nlohmann::json::array(
            {texts.number_of(cell.words), texts.number_of(cell.sent), texts.number_of(cell.got)});
        for (auto const& words : cell.expected) numbers.push_back(texts.number_of(words));
        cells[fmt::format("{}", at)] = std::move(numbers);
    }
    return cells;
}

}  // namespace

std::string details_json(Matrix const& matrix) {
    Texts texts;
    nlohmann::json details;
    details["titles"] = nlohmann::json::array();
    details["reruns"] = nlohmann::json::array();
    details["cells"] = nlohmann::json::array();
    for (auto const& column : matrix.columns) details["reruns"].push_back(column.rerun);
    for (auto const& row : matrix.rows) {
        auto const steps = row.steps ? fmt::format(", {} steps", *row.steps) : "";
        details["titles"].push_back(fmt::format("{} {}, {}{}: {}", row.document, row.section,
                                                names::level.of(row.level), steps, row.title));
        details["cells"].push_back(row_details(row, texts));
    }
    details["texts"] = texts.take();
    return details.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace wsproof::report
