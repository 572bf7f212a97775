// Loads every example of docs/case-language.md: a page that lies is a failing test.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/script/support.hpp"

namespace wsproof::script {
namespace {

struct Example {
    std::string kind;  ///< the word behind ```jsonc
    std::string text;
    std::size_t line = 0;
};

std::vector<Example> examples() {
    std::ifstream in(std::filesystem::path(WSPROOF_SOURCE_DIR) / "docs/case-language.md");
    std::vector<Example> found;
    std::string line;
    bool inside = false;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        std::string const fence = "```jsonc";
        if (!inside && line.rfind(fence, 0) == 0) {
            inside = true;
            found.push_back(
                {line.size() > fence.size() ? line.substr(fence.size() + 1) : "", "", number});
        } else if (inside && line == "```") {
            inside = false;
        } else if (inside) {
            found.back().text += line + "\n";
        }
    }
    return found;
}

/// A whole case around a piece of one.
std::string case_around(Example const& example) {
    static std::map<std::string, std::pair<std::string, std::string>> const steps{
        {"steps", {"", ""}},
        {"measure", {"", ""}},
        {"shutdown", {"", ""}},
        {"send", {R"([ { "send": )", R"( }, "alive" ])"}},
        {"request", {R"([ { "send": )", R"( }, "alive" ])"}},
        {"response", {R"([ { "send": )", R"( }, "alive" ])"}},
        {"payload", {R"([ { "send": { "bytes": { "join": )", R"( } } }, "alive" ])"}},
        {"expect", {R"([ { "send": "eof" }, { "expect": )", " } ]"}},
        {"expect-of-server", {R"([ { "send": "eof" }, { "expect": )", " } ]"}},
        {"expect-of-client", {R"([ { "send": "eof" }, { "expect": )", " } ]"}}};
    std::string rule = "6455/5.5.2/ping-answered";
    if (example.kind == "measure" || example.kind == "shutdown" || example.kind == "request" ||
        example.kind == "expect-of-server")
        rule = "6455/4.2.1/valid-handshake-accepted";
    if (example.kind == "response" || example.kind == "expect-of-client")
        rule = "6455/4.1/client-connects";
    auto const& around = steps.at(example.kind);
    return "{ \"says\": \"s\", \"needs\": [\"shutdown\"], \"rule\": \"" + rule +
           "\", \"faults\": [\"accepts-unmasked\"],\n\"steps\": " + around.first + example.text +
           around.second + " }";
}

TEST(CaseLanguagePage, EveryExampleLoads) {
    auto const catalogue = embedded_catalogue();
    std::set<std::string> kinds;
    for (auto const& example : examples()) {
        kinds.insert(example.kind);
        SourceFile file{"cases/docs/line-" + std::to_string(example.line) + ".jsonc", example.text};
        if (example.kind == "rules") {
            EXPECT_EQ(read_rules(file).size(), 1U);
        } else if (example.kind == "statements") {
            EXPECT_EQ(read_statements(file).size(), 2U);
        } else if (example.kind == "faults") {
            EXPECT_EQ(read_faults(file).size(), 1U);
        } else if (example.kind == "findings") {
            EXPECT_EQ(read_findings(file).size(), 1U);
        } else {
            if (example.kind != "case") file.text = case_around(example);
            EXPECT_NO_THROW(load_case(file, catalogue)) << file.text;
        }
    }
    EXPECT_EQ(kinds.size(), 15U);
}

TEST(CaseLanguagePage, NamesTheVariantsItPromises) {
    auto const all = examples();
    std::vector<std::string> ids;
    for (auto const& example : all) {
        if (example.kind != "case") continue;
        for (auto const& variant : read_case({"cases/docs/x.jsonc", example.text}))
            ids.push_back(variant.id);
    }
    std::vector<std::string> const expected{"docs/x#text",    "docs/x#ping",  "docs/x#close",
                                            "docs/x#9,plain", "docs/x#9,two", "docs/x#255,plain",
                                            "docs/x#255,two"};
    EXPECT_EQ(ids, expected);
}

}  // namespace
}  // namespace wsproof::script
