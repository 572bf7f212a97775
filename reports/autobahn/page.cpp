#include "reports/autobahn/page.hpp"

#include <algorithm>

#include "reports/autobahn/numbers.hpp"
#include "reports/html/html.hpp"

namespace wsproof::report::autobahn {
namespace {

/// Scripts count how often "case_failed" stands in the page; Autobahn's own has it twice without
/// any failure: in the style and in the legend.
constexpr Asset style{
    "body{font:14px/1.4 sans-serif;margin:2em}table{border-collapse:collapse}"
    "td,th{border:1px solid #888;padding:.1em .6em;text-align:left}"
    ".case_ok{background:#dfd}.case_non_strict{background:#ffc}.case_info{background:#def}"
    ".case_unimplemented{background:#eee}.case_missing{background:#fff}"
    ".case_failed{background:#fcc}"};

struct Kind {
    std::string_view css_class;
    std::string_view word;
};

Kind kind_of(Words const& words) {
    auto const& close = words.behavior_close;
    if (words.behavior == "FAILED" || (close != "OK" && close != "INFORMATIONAL"))
        return {"case_failed", "Fail"};
    if (words.behavior == "NON-STRICT") return {"case_non_strict", "Non-Strict"};
    if (words.behavior == "INFORMATIONAL") return {"case_info", "Info"};
    if (words.behavior == "UNIMPLEMENTED") return {"case_unimplemented", "Unimplemented"};
    return {"case_ok", "Pass"};
}

void legend(Html& html) {
    constexpr Kind kinds[] = {{"case_ok", "Pass"},         {"case_non_strict", "Non-Strict"},
                              {"case_info", "Info"},       {"case_unimplemented", "Unimplemented"},
                              {"case_missing", "Missing"}, {"case_failed", "Fail"}};
    auto const table = html.in("table");
    auto const row = html.in("tr");
    for (auto const& kind : kinds) html.put("td", {{"class", kind.css_class}}, kind.word);
}

void cell(Html& html, Column const& column, std::string const& number) {
    auto const played = std::find_if(column.cells.begin(), column.cells.end(),
                                     [&](Played const& one) { return one.number == number; });
    if (played == column.cells.end()) return html.put("td", {{"class", "case_missing"}}, "Missing");
    auto const kind = kind_of(played->words);
    auto const& close = played->words.behavior_close;
    auto const data = html.in("td", {{"class", kind.css_class}});
    html.put("a", {{"href", case_file_name(column.file_prefix, number)}}, kind.word);
    if (close != "OK" && close != played->words.behavior) html.text(" " + close);
}

void heads(Html& html, std::vector<Column> const& columns) {
    auto const row = html.in("tr");
    html.put("th", "Case");
    for (auto const& column : columns) {
        auto const head = html.in("th");
        if (column.page.empty())
            html.text(column.agent);
        else
            html.put("a", {{"href", column.page}}, column.agent);
    }
}

std::vector<std::string> rows(std::vector<Column> const& columns) {
    std::vector<std::string> numbers;
    for (auto const& number : all_numbers())
        for (auto const& column : columns)
            if (std::any_of(column.cells.begin(), column.cells.end(),
                            [&](Played const& one) { return one.number == number; })) {
                numbers.push_back(number);
                break;
            }
    return numbers;
}

}  // namespace

std::string case_file_name(std::string const& file_prefix, std::string const& number) {
    auto name = file_prefix + "_case_" + number;
    std::replace(name.begin() + static_cast<std::ptrdiff_t>(file_prefix.size()), name.end(), '.',
                 '_');
    return name + ".json";
}

std::string index_page(std::vector<Column> const& columns) {
    Html html;
    {
        auto const document = html.in("html", {{"lang", "en"}});
        {
            auto const head = html.in("head");
            html.lone("meta", {{"charset", "utf-8"}});
            html.put("title", "wsproof in the words of Autobahn");
            html.style(style);
        }
        auto const body = html.in("body");
        html.put("h1", "wsproof in the words of Autobahn");
        html.put("p", "Each cell leads to the JSON file of its case.");
        legend(html);
        auto const table = html.in("table");
        heads(html, columns);
        for (auto const& number : rows(columns)) {
            auto const row = html.in("tr");
            html.put("td", number);
            for (auto const& column : columns) cell(html, column, number);
            html.line_end();
        }
    }
    return html.take();
}

}  // namespace wsproof::report::autobahn
