#include "cli/help.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

namespace wsproof::cli {
namespace {

using ::testing::HasSubstr;

TEST(Options, HaveDifferentNamesLettersAndKeysWithinAVerb) {
    for (auto const& verb : verbs()) {
        std::set<std::string_view> names;
        std::set<char> letters;
        std::set<std::string_view> keys;
        for (auto const& option : options()) {
            if (!takes(verb.verb, option)) continue;
            EXPECT_TRUE(names.insert(option.name).second) << option.name;
            if (option.letter != 0) {
                EXPECT_TRUE(letters.insert(option.letter).second) << option.name;
            }
            if (!option.config.empty()) {
                EXPECT_TRUE(keys.insert(option.config).second) << option.name;
            }
        }
    }
}

TEST(Help, FitsATerminalOfEightyColumnsAndNamesEveryOption) {
    for (auto const& verb : verbs()) {
        auto const help = help_of(verb.verb);
        for (auto const& option : options())
            if (takes(verb.verb, option)) {
                EXPECT_THAT(help, HasSubstr("--" + std::string(option.name)));
            }
        std::istringstream lines(help);
        for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
    }
}

TEST(Help, OfTestStatesTheDeadlinesAndTheExitCodes) {
    auto const help = help_of(Verb::test);
    EXPECT_THAT(help, HasSubstr("Deadlines"));
    EXPECT_THAT(help, HasSubstr("--timeout"));
    EXPECT_THAT(help, HasSubstr("Exit codes"));
}

TEST(Documentation, OfTheCommandLineIsThatOfTheTable) {
    std::ifstream file(std::string(WSPROOF_SOURCE_DIR) + "/docs/cli.md");
    std::string const page{std::istreambuf_iterator<char>(file), {}};
    auto const marker = page.find(markdown_marker);
    ASSERT_NE(marker, std::string::npos);
    EXPECT_EQ(page.substr(marker + std::string_view(markdown_marker).size()), options_as_markdown())
        << "write it anew: wsproof help --markdown";
}

}  // namespace
}  // namespace wsproof::cli
