// What keeps a peer's words from being markup or a formula in formats that have both.
#pragma once

#include <string>
#include <string_view>

namespace wsproof::report {

/// Text between tags of GitHub's Markdown: what it could read as its own or as HTML's becomes a
/// character reference.
std::string for_markdown(std::string_view text);

/// A cell of RFC 4180, quoted. Spreadsheets run what begins like a formula; with an apostrophe
/// before it they show it.
std::string csv_cell(std::string_view text);

}  // namespace wsproof::report
