// The parts of the page, each from the report alone.
#pragma once

#include <string>
#include <string_view>

#include "harness/play/verdict.hpp"
#include "reports/html/html.hpp"
#include "reports/model.hpp"
#include "reports/redact.hpp"

namespace wsproof::report {

/// What every part needs.
struct Page {
    Report const& report;
    Redactor const& redactor;
    Html& html;
};

void put_banner(Page const& page);
/// Links to what failed, which else is scattered over the sections.
void put_failures(Page const& page);
void put_cases(Page const& page);
void put_breaches(Page const& page);
/// What an owner can act on; nothing when security was not looked at.
void put_security(Page const& page);
/// What a campaign found; nothing where there was none.
void put_fuzzing(Page const& page);
/// Its figures, in place of those of cases.
void put_campaign_cards(Page const& page);
/// Numbers that were measured; nothing when there are none.
void put_limits(Page const& page);
void put_skipped(Page const& page);
void put_target(Page const& page);
void put_limits_of_proof(Page const& page);

void put_case(Page const& page, play::Result const& result);
void put_transcript(Page const& page, play::Result const& result);
/// A number above the words that say what it counts.
void put_card(Html& html, std::string_view count, std::string_view of, std::string_view words);
void put_mark(Html& html, play::Verdict verdict);
/// A row of a table that has a name and a value; nothing when the value is empty.
void put_row(Html& html, std::string_view name, std::string_view value);

/// The id of a case's element, and what a link to it says: letters, digits, "." "_" "-" alone.
std::string anchor_of(std::string_view case_id);

}  // namespace wsproof::report
