// docs/coverage.md: every probe has its row, and what a row names exists; docs/advisories.md
// likewise.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "harness/script/catalogue.hpp"

namespace wsproof::script {
namespace {

struct Row {
    std::string probe;
    std::string judged_by;
    std::size_t line = 0;
};

/// The rows of tables whose first cell is a probe: two characters, a dash and a number.
std::vector<Row> rows(std::string const& page = "docs/coverage.md") {
    std::ifstream in(std::filesystem::path(WSPROOF_SOURCE_DIR) / page);
    std::vector<Row> found;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.rfind("| ", 0) != 0) continue;
        auto const end = line.find(" | ", 2);
        auto const last = line.rfind(" |");
        if (end == std::string::npos || last <= end) continue;
        auto const probe = line.substr(2, end - 2);
        if (probe.find('-') == std::string::npos || probe.find(' ') != std::string::npos) continue;
        found.push_back({probe, line.substr(end + 3, last - end - 3), number});
    }
    return found;
}

std::vector<std::string> names_in(std::string const& text) {
    std::vector<std::string> names;
    std::size_t at = 0;
    while ((at = text.find('`', at)) != std::string::npos) {
        auto const end = text.find('`', at + 1);
        if (end == std::string::npos) break;
        names.push_back(text.substr(at + 1, end - at - 1));
        at = end + 1;
    }
    return names;
}

Catalogue const& catalogue() {
    static auto const loaded =
        load(files_below(std::filesystem::path(WSPROOF_SOURCE_DIR) / "cases"));
    return loaded;
}

bool exists(std::string const& name) {
    if (name.starts_with('-') || name == "alive") return true;  // an option, a verb
    if (name.ends_with('/'))
        return std::ranges::any_of(catalogue().variants, [&](Variant const& variant) {
            return variant.case_id.starts_with(name);
        });
    return catalogue().rules.contains(name) || !catalogue().of_case(name).empty() ||
           catalogue().find(name) != nullptr;
}

std::string numbered(std::string const& group, unsigned number) {
    return group + (number < 10 ? "-0" : "-") + std::to_string(number);
}

/// The probes of the opening handshake (one letter) and after it (two), with the number of the last
/// one of each group.
std::map<std::string, unsigned> const groups{
    {"R", 28},  {"B", 36},  {"C", 10},  {"D", 18},  {"E", 17},  {"F", 15},  {"G", 17},
    {"H", 24},  {"I", 11},  {"J", 23},  {"K", 13},  {"L", 16},  {"M", 8},   {"CL", 15},
    {"CC", 27}, {"CR", 14}, {"CF", 12}, {"CT", 17}, {"MK", 21}, {"FR", 24}, {"RO", 28},
    {"CO", 22}, {"FG", 23}, {"U8", 29}, {"LM", 9},  {"SI", 10}, {"CS", 15}};

TEST(CoverageDoc, HasEveryProbeOnce) {
    std::map<std::string, int> count;
    for (auto const& row : rows()) ++count[row.probe];
    for (auto const& [group, last] : groups)
        for (unsigned number = 1; number <= last; ++number)
            EXPECT_EQ(count[numbered(group, number)], 1) << numbered(group, number);
    for (unsigned number = 701; number <= 713; ++number)
        EXPECT_EQ(count[numbered("SHD", number)], 1) << number;
}

/// Those whose numbers have three digits: AUT-101, of the first hundred.
using Hundreds = std::map<unsigned, unsigned>;
std::map<std::string, Hundreds> const groups_by_hundreds{
    {"AUT", {{1, 18}, {2, 17}, {3, 18}, {4, 10}, {5, 7}, {6, 4}}},
    {"ROB", {{1, 15}, {2, 24}, {3, 7}}}};

TEST(CoverageDoc, HasEveryProbeOfAHundredOnce) {
    std::map<std::string, int> count;
    for (auto const& row : rows()) ++count[row.probe];
    for (auto const& [group, hundreds] : groups_by_hundreds)
        for (auto const& [hundred, last] : hundreds)
            for (unsigned number = 1; number <= last; ++number) {
                auto const probe = group + "-" + std::to_string(100 * hundred + number);
                EXPECT_EQ(count[probe], 1) << probe;
            }
}

TEST(CoverageDoc, NamesWhatExists) {
    for (std::string const page : {"docs/coverage.md", "docs/advisories.md"})
        for (auto const& row : rows(page))
            for (auto const& name : names_in(row.judged_by))
                EXPECT_TRUE(exists(name)) << page << ":" << row.line << ": " << name;
}

TEST(CoverageDoc, SaysWhatJudgesAProbeOrWhyNothingDoes) {
    for (auto const& row : rows()) {
        auto const has_reason = row.judged_by.starts_with("– ") && row.judged_by.size() > 8;
        EXPECT_TRUE(has_reason || !names_in(row.judged_by).empty())
            << "docs/coverage.md:" << row.line << ": " << row.judged_by;
    }
}

}  // namespace
}  // namespace wsproof::script
