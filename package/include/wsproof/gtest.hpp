// Shows every case of wsproof as a test of your own GoogleTest binary:
//
//     int main(int argc, char** argv) {
//         testing::InitGoogleTest(&argc, argv);
//         Server server;  // yours, listening on a free port
//         wsproof::register_tests([&] { return server.url(); });
//         return RUN_ALL_TESTS();
//     }
//
// The cases become tests such as wsproof/closing.code_echoed. When the first of them runs, wsproof
// plays those that --gtest_filter lets through, all in one go; each test then tells how its case
// went. Needs C++17, GoogleTest 1.10 and a POSIX shell; wsproof::gtest of find_package(wsproof)
// says where the binary is.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace wsproof {

struct TestOptions {
    /// Expressions as -s takes them; none: what `wsproof test` plays by itself.
    std::vector<std::string> select = {};
    /// More words for the command line of `wsproof test`, such as {"--echo", "none"}.
    std::vector<std::string> arguments = {};
#ifdef WSPROOF_EXECUTABLE
    std::string executable = WSPROOF_EXECUTABLE;
#else
    std::string executable = "wsproof";
#endif
};

namespace detail {

/// What a command printed, and how it ended (128 + N: by signal N).
struct Ended {
    std::string output = {};
    int code = 0;
};

inline std::string shell_quoted(std::string const& word) {
    std::string quoted = "'";
    for (char const c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

/// Throws std::runtime_error when there is no shell.
inline Ended run_command(std::vector<std::string> const& words) {
    std::string line;
    for (auto const& word : words) line += shell_quoted(word) + " ";
    std::FILE* const pipe = popen((line + "</dev/null").c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot start " + line);
    Ended ended;
    std::array<char, 65536> part{};
    while (auto const count = std::fread(part.data(), 1, part.size(), pipe))
        ended.output.append(part.data(), count);
    int const status = pclose(pipe);
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ended;
}

/// How a case went, over all its variants.
struct Outcome {
    bool judged = false;  ///< false: every variant was skipped or is known to fail
    std::string failures = {};
    std::string skipped = {};
};

/// The lines of TAP 14 by case: "not ok" with the block below, what is skipped and why.
class TapReader {
public:
    static std::map<std::string, Outcome> read(std::string const& tap) {
        TapReader reader;
        std::istringstream lines(tap);
        for (std::string line; std::getline(lines, line);) reader.take(line);
        return std::move(reader.outcomes_);
    }

private:
    void take(std::string const& line) {
        bool const ok = line.compare(0, 3, "ok ") == 0;
        if (ok || line.compare(0, 7, "not ok ") == 0)
            begin(line.substr(line.find(" - ") + 3), ok);
        else if (failing_ != nullptr && line.compare(0, 2, "  ") == 0 && line != "  ---" &&
                 line != "  ...")
            failing_->failures += line + "\n";
    }

    /// "closing/code-echoed\#1000 # SKIP why": the # of a variant is escaped. TODO is a failure
    /// that a baseline knows.
    void begin(std::string const& test, bool ok) {
        auto const directive = std::min(test.find(" # SKIP"), test.find(" # TODO"));
        auto name = test.substr(0, directive);
        auto const variant = name.find("\\#");
        auto& outcome = outcomes_[name.substr(0, variant)];
        if (variant != std::string::npos) name.erase(variant, 1);
        failing_ = nullptr;
        if (directive != std::string::npos) {
            outcome.skipped += name + test.substr(directive + 2) + "\n";
            return;
        }
        outcome.judged = true;
        if (ok) return;
        outcome.failures += name + "\n";
        failing_ = &outcome;
    }

    std::map<std::string, Outcome> outcomes_ = {};
    Outcome* failing_ = nullptr;
};

/// The cases with their tests, and the one run of the binary that serves them all.
class Session {
public:
    /// The exit code for too little: what was asked for alone may have been skipped.
    static constexpr int incomplete = 7;

    Session(std::function<std::string()> url, TestOptions options)
        : url_(std::move(url)), options_(std::move(options)) {}

    std::vector<std::string> case_ids() const {
        std::vector<std::string> words{options_.executable, "list",   "--ids", "--role", "server",
                                       "--profile",         "default"};
        for (auto const& expression : options_.select)
            words.insert(words.end(), {"-s", expression});
        auto const listed = run_command(words);
        if (listed.code != 0)
            throw std::runtime_error("wsproof cannot list its cases; see its words above");
        std::vector<std::string> ids;
        std::istringstream lines(listed.output);
        for (std::string id; std::getline(lines, id);) ids.push_back(id);
        return ids;
    }

    void add(std::string const& id, testing::TestInfo const* test) { tests_[id] = test; }

    /// The exit code.
    int code() {
        play();
        return code_;
    }

    /// False: the server was not there or was lost, or the command line is wrong.
    bool came_to_its_end() { return code() == 0 || code() == 1 || code() == incomplete; }

    Outcome const* outcome_of(std::string const& id) {
        play();
        auto const at = outcomes_.find(id);
        return at == outcomes_.end() ? nullptr : &at->second;
    }

    /// What failed and is no case: standing rules, findings.
    std::string other_failures() {
        play();
        std::string words;
        for (auto const& [name, outcome] : outcomes_)
            if (tests_.count(name) == 0) words += outcome.failures;
        return words;
    }

private:
    void play() {
        if (std::exchange(played_, true)) return;
        std::vector<std::string> words{options_.executable, "test",       url_(), "-r", "tap=-",
                                       "--quiet",           "--progress", "none"};
        words.insert(words.end(), options_.arguments.begin(), options_.arguments.end());
        for (auto const& [id, test] : tests_)
            if (test->should_run()) words.insert(words.end(), {"-s", id});
        auto const ended = run_command(words);
        code_ = ended.code;
        outcomes_ = TapReader::read(ended.output);
    }

    std::function<std::string()> url_;
    TestOptions options_;
    std::map<std::string, testing::TestInfo const*> tests_ = {};
    std::map<std::string, Outcome> outcomes_ = {};
    int code_ = 0;
    bool played_ = false;
};

class CaseTest : public testing::Test {
public:
    CaseTest(std::shared_ptr<Session> run, std::string id)
        : run_(std::move(run)), id_(std::move(id)) {}

    void TestBody() override {
        auto const* const outcome = run_->outcome_of(id_);
        bool const absent = outcome == nullptr || (!outcome->judged && !run_->came_to_its_end());
        if (absent)
            FAIL() << id_ << " was not judged: wsproof ended with exit code " << run_->code();
        if (!outcome->failures.empty())
            ADD_FAILURE() << outcome->failures << "`wsproof explain " << id_ << "` tells more";
        if (!outcome->judged) GTEST_SKIP() << outcome->skipped;
    }

private:
    std::shared_ptr<Session> run_;
    std::string id_;
};

/// Rules that hold in every case, and an end of the run that no case tells of.
class WholeRunTest : public testing::Test {
public:
    explicit WholeRunTest(std::shared_ptr<Session> run) : run_(std::move(run)) {}

    void TestBody() override {
        if (auto const words = run_->other_failures(); !words.empty()) ADD_FAILURE() << words;
        EXPECT_TRUE(run_->came_to_its_end()) << "wsproof ended with exit code " << run_->code()
                                             << "; `wsproof help exit-codes` tells what it means";
    }

private:
    std::shared_ptr<Session> run_;
};

/// "code-echoed": GoogleTest takes - and # for its own.
inline std::string fit_for_filters(std::string name) {
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '-' || c == '#' || c == '.'; }, '_');
    return name;
}

}  // namespace detail

/// Registers a test for every case, and wsproof.the_whole_run. `url` is asked when the first of
/// them runs. Call it between InitGoogleTest and RUN_ALL_TESTS. Throws std::runtime_error when the
/// binary cannot be run.
inline void register_tests(std::function<std::string()> url, TestOptions const& options = {}) {
    auto const run = std::make_shared<detail::Session>(std::move(url), options);
    for (auto const& id : run->case_ids()) {
        auto const slash = id.rfind('/');
        auto const suite = "wsproof/" + detail::fit_for_filters(id.substr(0, slash));
        auto const name = detail::fit_for_filters(id.substr(slash + 1));
        run->add(id, testing::RegisterTest(
                         suite.c_str(), name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                         [run, id]() -> testing::Test* { return new detail::CaseTest(run, id); }));
    }
    testing::RegisterTest("wsproof", "the_whole_run", nullptr, nullptr, __FILE__, __LINE__,
                          [run]() -> testing::Test* { return new detail::WholeRunTest(run); });
}

}  // namespace wsproof
