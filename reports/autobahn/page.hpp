// The index.html beside index.json.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "reports/autobahn/case_file.hpp"

namespace wsproof::report::autobahn {

struct Column {
    std::string agent = {};
    std::string file_prefix = {};  ///< "ws" of "ws_case_1_1_1.json"
    std::string page = {};         ///< our own report, or empty
    std::vector<Played> cells = {};
};

/// A row per number, a column per agent, in Autobahn's words and classes.
std::string index_page(std::vector<Column> const& columns);

/// "ws_case_1_1_1.json".
std::string case_file_name(std::string const& file_prefix, std::string const& number);

}  // namespace wsproof::report::autobahn
