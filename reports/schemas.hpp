// JSON Schemas (draft-07) of what this version writes and reads.
#pragma once

#include <string_view>

namespace wsproof::report {

extern std::string_view const report_schema;    ///< the JSON report
extern std::string_view const events_schema;    ///< a line of a journal
extern std::string_view const baseline_schema;  ///< the file of known failures, as TOML reads

}  // namespace wsproof::report
