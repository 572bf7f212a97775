// The parts of the page, each from the report alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/play/verdict.hpp"
#include "reports/html/frame.hpp"
#include "reports/html/html.hpp"
#include "reports/html/source.hpp"
#include "reports/model.hpp"
#include "reports/redact.hpp"
#include "reports/story.hpp"

namespace wsproof::report {

/// What every part needs.
struct Page {
    Report const& report;
    Redactor const& redactor;
    Html& html;
    Assets assets = Assets::inlined;
    CaseSources& sources;
};

void put_banner(Page const& page);

// Tabs: what stands below the heading of each.
void put_fuzzing(Page const& page);
/// Causes of failures, the list of cases, and an article for each.
void put_results(Page const& page);
/// What an owner can act on.
void put_security(Page const& page);
void put_breaches(Page const& page);
/// Numbers that were measured, and how long cases took.
void put_timing(Page const& page);
/// The catalogue of rules as a tree of the RFCs' sections, with what came of each.
void put_coverage(Page const& page);
void put_skipped(Page const& page);
void put_target(Page const& page);

/// Figures of a campaign, in place of those of cases.
void put_campaign_cards(Page const& page);
/// What departs from the rules, one entry a cause, with links.
void put_causes(Page const& page);
void put_article(Page const& page, play::Result const& result);
void put_transcript(Page const& page, play::Result const& result);
/// Transcripts of what did not depart, packed for the script.
void put_packs(Page const& page);

/// A number above the words that say what it counts.
void put_card(Html& html, std::string_view count, std::string_view of, std::string_view words);
void put_mark(Html& html, play::Verdict verdict);
/// A row of a table that has a name and a value; nothing when the value is empty.
void put_row(Html& html, std::string_view name, std::string_view value);
/// The row of names above a table.
void put_columns(Html& html, std::vector<std::string_view> const& names);
void put_case_link(Html& html, std::string const& variant);

/// "3 pass, 1 fail".
std::string tally_words(Tally const& tally);

/// True when it is worth reading: neither passed, nor noted, nor skipped, or it witnessed a breach.
bool departs(play::Result const& result);
/// True of a failure that the baseline knows.
bool is_excused(Report const& report, play::Result const& result);
/// True when the transcript stands in the page as it is, and not packed.
bool stands_open(Page const& page, play::Result const& result);
/// Results as the list shows them: by folder, limits last.
struct Group {
    std::string name = {};
    std::vector<play::Result const*> results = {};  ///< what departs comes first
};
std::vector<Group> groups_of(Report const& report);

/// The id of a case's element, and what a link to it says: letters, digits, "." "_" "-" alone.
std::string anchor_of(std::string_view case_id);

}  // namespace wsproof::report
