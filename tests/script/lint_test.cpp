#include "harness/script/lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace wsproof::script {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// A user's folder "mine", removed behind the test.
class OwnFolder : public ::testing::Test {
protected:
    OwnFolder()
        : root_(fs::path(::testing::TempDir()) / ("wsproof-lint-" + std::to_string(::getpid()))) {
        fs::remove_all(root_);
        fs::create_directories(folder());
    }
    ~OwnFolder() override { fs::remove_all(root_); }

    fs::path folder() const { return root_ / "mine"; }
    void write(std::string const& below, std::string const& text) const {
        fs::create_directories((folder() / below).parent_path());
        std::ofstream(folder() / below, std::ios::binary) << text;
    }
    /// A case that stands for a rule, with further keys.
    void write_case(std::string const& below, std::string const& rule,
                    std::string const& keys = {}) const {
        write(below, "{ \"says\": \"A ping is answered.\",\n\"rule\": \"" + rule + "\",\n" + keys +
                         "\"steps\": [ \"open\", { \"send\": { \"ping\": \"a\" } }, \"alive\" ] }");
    }
    Lint linted() const {
        std::vector<fs::path> const folders{folder()};
        auto const files = files_with(folders);
        return lint(files);
    }
    Catalogue loaded() const {
        std::vector<fs::path> const folders{folder()};
        auto const files = files_with(folders);
        return load(files);
    }
    /// "name.jsonc:3: words" of every remark.
    std::vector<std::string> remarks() const {
        std::vector<std::string> all;
        for (auto const& remark : linted().remarks)
            all.push_back(remark.words.substr(remark.words.find("mine/") + 5));
        return all;
    }

private:
    fs::path root_;
};

constexpr auto ping_rule = "6455/5.5.2/ping-answered";

TEST_F(OwnFolder, JoinsTheBuiltInCasesUnderItsName) {
    write_case("chat/hello.jsonc", ping_rule, "\"twin\": \"control/ping-answered\",\n");
    write_case("top.jsonc", ping_rule);
    std::vector<fs::path> const folders{folder() / ""};
    auto const catalogue = load(files_with(folders));
    ASSERT_EQ(catalogue.of_case("mine/chat/hello").size(), 1U);
    EXPECT_TRUE(catalogue.of_case("mine/chat/hello").front()->own);
    EXPECT_EQ(catalogue.of_case("mine/top").size(), 1U);
    EXPECT_EQ(catalogue.variants.size(), embedded_catalogue().variants.size() + 2);
    EXPECT_FALSE(catalogue.of_case("opening/plain").front()->own);
    EXPECT_NE(catalogue.digest, embedded_catalogue().digest);
}

TEST_F(OwnFolder, MayHaveRulesAndFaultsOfItsOwn) {
    write("rules.jsonc",
          R"({ "acme/1/hello": { "binds": "server", "level": "should", "text": "Greets." } })");
    write("faults.jsonc", R"({ "mute": { "does": "says nothing", "effect": "nobody knows" } })");
    write_case("hello.jsonc", "acme/1/hello", "\"faults\": [\"mute\"],\n");
    auto const catalogue = loaded();
    auto const& rule = catalogue.rules.at("acme/1/hello");
    EXPECT_EQ(rule.document(), "acme");
    EXPECT_EQ(rule.section(), "1");
    EXPECT_TRUE(catalogue.faults.at("mute").own);
    EXPECT_TRUE(linted().remarks.empty());
}

TEST_F(OwnFolder, SaysNotAgainWhatIsBuiltIn) {
    write("rules.jsonc",
          "{\n\"6455/5.5.2/ping-answered\": { \"binds\": \"server\", \"level\": \"may\", \"text\": "
          "\"t\" } }");
    write_case("hello.jsonc", ping_rule);
    EXPECT_THAT(remarks(), ElementsAre(HasSubstr("rules.jsonc:2: expected the name of a rule of "
                                                 "your own")));
}

TEST_F(OwnFolder, HasADigestThatDoesNotDependOnItsPlace) {
    write_case("hello.jsonc", ping_rule);
    auto const here = loaded().digest;
    auto const there = folder().parent_path() / "elsewhere";
    fs::create_directories(there);
    fs::copy(folder(), there / "mine", fs::copy_options::recursive);
    std::vector<fs::path> const folders{there / "mine"};
    EXPECT_EQ(load(files_with(folders)).digest, here);
}

TEST_F(OwnFolder, IsNamedWithAllItsErrors) {
    write("a.jsonc", "{\n\"says\": \"x\",\n\"stepz\": [] }");
    write("b.jsonc", "{\n\"says\": ");
    write_case("c.jsonc", "6455/5.5.2/ping-answerd",
               "\"faults\": [\"no-such-fault\"],\n\"twin\": \"opening/plian\",\n");
    write_case("d.jsonc", ping_rule, "\"twin\": \"opening/plian\",\n");
    write_case("Bad.jsonc", ping_rule);
    write_case("e.jsonc", ping_rule, "\"twin\": \"mine/a\",\n");
    EXPECT_THAT(remarks(), ElementsAre(StartsWith("Bad.jsonc:1: expected a case file"),
                                       StartsWith("a.jsonc:3: expected a key of a case"),
                                       StartsWith("b.jsonc:2: expected"),
                                       HasSubstr("c.jsonc:2: expected an id of rules.jsonc"),
                                       HasSubstr("c.jsonc:3: expected names of faults.jsonc"),
                                       HasSubstr("d.jsonc:3: expected the id of a case")));
    auto const found = linted();
    EXPECT_EQ(found.files, 6U);
    EXPECT_EQ(found.cases, 3U);
    EXPECT_EQ(found.errors(), 6U);
    EXPECT_EQ(found.warnings(), 0U);
}

TEST_F(OwnFolder, IsWarnedOfCasesThatADroppingPeerPasses) {
    auto const with = [&](std::string const& keys, std::string const& before) {
        write("drop.jsonc", "{ \"says\": \"x\", \"rule\": \"6455/5.5.2/ping-answered\",\n" + keys +
                                "\"steps\": [ \"open\", " + before +
                                "{ \"send\": { \"ping\": \"a\", \"fin\": false } },\n" +
                                "{ \"expect\": { \"failed\": 1002 } } ] }");
        return remarks();
    };
    EXPECT_THAT(with("", ""), ElementsAre(HasSubstr("drop.jsonc:3: warning: a peer that drops")));
    EXPECT_TRUE(with("", "\"alive\", ").empty());
    EXPECT_TRUE(with("\"twin\": \"control/ping-answered\",", "").empty());
}

TEST_F(OwnFolder, IsWarnedOfRulesAndFaultsThatNobodyNeeds) {
    write(
        "rules.jsonc",
        "{\n\"acme/1/hello\": { \"binds\": \"server\", \"level\": \"should\", \"text\": \"t\" } }");
    write("faults.jsonc", "{\n\"mute\": { \"does\": \"says nothing\", \"effect\": \"e\" } }");
    EXPECT_THAT(remarks(), ElementsAre(HasSubstr("faults.jsonc:2: warning: no case names"),
                                       HasSubstr("rules.jsonc:2: warning: no case stands")));
    EXPECT_EQ(linted().errors(), 0U);
}

TEST(Repository, IsCleanAndStandsInPlaceOfWhatIsBuiltIn) {
    std::vector<fs::path> const folders{fs::path(WSPROOF_SOURCE_DIR) / "cases"};
    auto const files = files_with(folders);
    EXPECT_EQ(load(files).digest, embedded_catalogue().digest);
    auto const found = lint(files);
    for (auto const& remark : found.remarks) EXPECT_FALSE(remark.is_error) << remark.words;
    EXPECT_EQ(found.variants, embedded_catalogue().variants.size());
}

}  // namespace
}  // namespace wsproof::script
