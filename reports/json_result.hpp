// One result of a report as JSON: the same object in the report and in a line of the journal.
#pragma once

#include "reports/json.hpp"
#include "reports/node.hpp"
#include "reports/redact.hpp"

namespace wsproof::report {

bool keeps_transcript(play::Result const& result, KeepTranscripts keep);

Json result_json(Report const& report, Redactor const& redactor, play::Result const& result,
                 bool with_transcript);
play::Result read_result(Node const& node);

/// Text as it may stand in JSON: what is not UTF-8 becomes visible escapes.
Json words_json(std::string_view text);
Json words_json(std::vector<std::string> const& texts);

/// The target's name as the format allows it: lower case letters, digits, ". _ -".
std::string target_id(Report const& report);

}  // namespace wsproof::report
