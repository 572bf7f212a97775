// The matrix in every format of `wsproof compare` (docs/compare.md). Nothing here ranks columns.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "reports/compare/matrix.hpp"
#include "reports/compare/views.hpp"
#include "reports/text.hpp"

namespace wsproof::report {

struct CompareOptions {
    /// Which cases are listed; nothing: those that differ in texts for people, all in others.
    std::optional<View> view = std::nullopt;
    bool by_case = true;             ///< false: the sums by section alone
    std::size_t markdown_limit = 0;  ///< bytes; 0: none
    std::string tool_version = {};   ///< of the program that compares
    std::string tool_commit = {};

    View view_for_people() const { return view.value_or(View::differs); }
    View view_for_programs() const { return view.value_or(View::all); }
};

/// For a terminal: warnings, MUST by section, cases, who stands alone, clusters, fairness.
std::string matrix_text(Matrix const& matrix, CompareOptions const& options,
                        TextOptions const& text = {});

/// GitHub's Markdown. Cases that have no room are counted. Nothing of a peer is markup.
std::string matrix_markdown(Matrix const& matrix, CompareOptions const& options);

/// A row a case, a column an implementation, as RFC 4180 has it. No cell is a formula.
std::string matrix_csv(Matrix const& matrix, CompareOptions const& options);

/// reports/compare-1.schema.json.
std::string matrix_json(Matrix const& matrix, CompareOptions const& options);

/// One page that needs nothing but itself: whole without script, and nothing of a peer is markup.
std::string matrix_html(Matrix const& matrix, CompareOptions const& options);

}  // namespace wsproof::report
