#include "harness/net/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>

#include "harness/net/target.hpp"
#include "tests/net/listener.hpp"

namespace wsproof::net {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// Waits for what must come soon; false when it does not.
template <typename Condition>
bool comes_true(Condition const& condition) {
    auto const deadline = std::chrono::steady_clock::now() + 10s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(1ms);
    }
    return true;
}

TEST(FreePort, IsThereToListenOn) {
    EXPECT_GT(free_port(), 0);
    EXPECT_NE(free_port(), free_port());
}

TEST(Process, FillsInPortAndHostAndLeavesOtherBracesAlone) {
    Process process{{.command = "echo {host}:{port} {port} ${HOME:+{dir}}", .port = 4711}};
    ASSERT_TRUE(comes_true([&] { return !process.log_tail().empty() && !process.running(); }));
    EXPECT_EQ(process.log_tail(), "127.0.0.1:4711 4711 {dir}\n");
}

TEST(Process, SaysHowItEnded) {
    Process exits{{.command = "exit 3"}};
    ASSERT_TRUE(comes_true([&] { return !exits.running(); }));
    EXPECT_EQ(exits.exit_words(), "exited with 3");

    Process dies{{.command = "kill -SEGV $$"}};
    ASSERT_TRUE(comes_true([&] { return !dies.running(); }));
    EXPECT_EQ(dies.exit_words(), "was killed by signal 11 (SIGSEGV)");

    Process child_dies{{.command = "sh -c 'kill -SEGV $$'; exit $?"}};
    ASSERT_TRUE(comes_true([&] { return !child_dies.running(); }));
    EXPECT_THAT(*child_dies.exit_words(), HasSubstr("exited with 139: signal 11 (SIGSEGV)"));

    Process runs{{.command = "exec sleep 60"}};
    EXPECT_TRUE(runs.running());
    EXPECT_EQ(runs.exit_words(), std::nullopt);
    runs.stop();
    EXPECT_FALSE(runs.running());
    EXPECT_EQ(runs.exit_words(), "was killed by signal 15 (SIGTERM)");
}

TEST(Process, IsFoundMissingByTheShell) {
    Process process{{.command = "no-such-command-of-wsproof"}};
    ASSERT_TRUE(comes_true([&] { return !process.running(); }));
    EXPECT_EQ(process.exit_words(), "exited with 127");
    EXPECT_THAT(process.log_tail(), HasSubstr("not found"));
}

TEST(Process, HasTheFolderAndEnvironmentItIsGiven) {
    auto const folder = testing::make_folder();
    ::setenv("WSPROOF_TEST_OURS", "ours", 1);
    Process process{{.command = "pwd; echo $WSPROOF_TEST_OURS $WSPROOF_TEST_ADDED",
                     .working_directory = folder,
                     .environment = {{"WSPROOF_TEST_ADDED", "added"}}}};
    ASSERT_TRUE(comes_true([&] { return process.log_tail().find("added") != std::string::npos; }));
    EXPECT_EQ(process.log_tail(), folder + "\nours added\n");
    process.stop();
    testing::remove_folder(folder);
}

TEST(Process, CannotStartInAFolderThatDoesNotExist) {
    EXPECT_THROW(Process({.command = "true", .working_directory = "/nonexistent"}),
                 std::runtime_error);
}

TEST(Process, KeepsTheLastLinesOfWhatItWrote) {
    Process process{{.command = "echo one; echo two >&2; echo three; printf four"}};
    ASSERT_TRUE(comes_true([&] { return process.log_tail().ends_with("four"); }));
    EXPECT_EQ(process.log_tail(), "one\ntwo\nthree\nfour");
    EXPECT_EQ(process.log_tail(2), "three\nfour");
    EXPECT_EQ(process.log_tail(1), "four");
    EXPECT_EQ(process.log_tail(0), "");
}

TEST(Process, IsNeverHeldUpByItsOutputAndKeepsABoundedPart) {
    Process process{{.command = "yes 0123456789 | head -c 3000000; echo; echo end"}};
    ASSERT_TRUE(comes_true([&] { return process.log_tail().ends_with("end\n"); }));
    EXPECT_LE(process.log_tail(1000000).size(), 64U << 10U);
    EXPECT_GE(process.log_tail(1000000).size(), 60U << 10U);
    EXPECT_EQ(std::ranges::count(process.log_tail(), '\n'), 40);
}

TEST(Process, EndsItsWholeGroupAndNobodyElse) {
    Process bystander{{.command = "exec sleep 60"}};
    int child = 0;
    {
        Process process{{.command = "sleep 60 & echo $!; wait"}};
        ASSERT_TRUE(comes_true([&] { return process.log_tail().ends_with("\n"); }));
        child = std::stoi(process.log_tail());
        EXPECT_EQ(::kill(child, 0), 0);
        EXPECT_EQ(::getpgid(child), process.pid());
    }
    EXPECT_TRUE(comes_true([&] { return ::kill(child, 0) != 0; }));
    EXPECT_TRUE(bystander.running());
}

TEST(Process, IsGivenTimeToTidyUp) {
    Process process{
        {.command = "trap 'echo tidy; exit 0' TERM; echo up; while :; do sleep 0.01; done"}};
    ASSERT_TRUE(comes_true([&] { return process.log_tail() == "up\n"; }));
    process.stop(10s);
    EXPECT_EQ(process.exit_words(), "exited with 0");
    EXPECT_THAT(process.log_tail(), HasSubstr("tidy\n"));
}

TEST(Process, IsKilledWhenItWillNotStop) {
    Process process{{.command = "trap '' TERM; echo up; while :; do sleep 0.01; done"}};
    ASSERT_TRUE(comes_true([&] { return process.log_tail() == "up\n"; }));
    process.stop(20ms);
    EXPECT_EQ(process.exit_words(), "was killed by signal 9 (SIGKILL)");
    process.stop();
}

TEST(Process, StopsBySignalOfChoice) {
    Process process{{.command = "trap 'exit 7' INT; echo up; while :; do sleep 0.01; done",
                     .stop_signal = SIGINT}};
    ASSERT_TRUE(comes_true([&] { return process.log_tail() == "up\n"; }));
    process.stop(10s);
    EXPECT_EQ(process.exit_words(), "exited with 7");
}

TEST(Process, TellsWhatAShellWaitsForAndKeepsItsExitCode) {
    constexpr auto child = "sh -c 'trap \"exit 7\" TERM; echo up; while :; do sleep 0.01; done'";
    Process process{{.command = std::string{child} + "; exit $?"}};
    ASSERT_TRUE(comes_true([&] { return process.log_tail() == "up\n"; }));
    EXPECT_EQ(process.gone_words(), std::nullopt);
    process.signal(SIGTERM);
    EXPECT_TRUE(comes_true([&] { return process.gone_words() == "exited with 7"; }));
}

TEST(Process, TellsAShellThatHandlesTheSignal) {
    Process process{{.command = "trap 'exit 8' TERM; echo up; while :; do sleep 0.01; done"}};
    ASSERT_TRUE(comes_true([&] { return process.log_tail() == "up\n"; }));
    process.signal(SIGTERM);
    EXPECT_TRUE(comes_true([&] { return process.gone_words() == "exited with 8"; }));
}

TEST(Process, IsNotGoneWhileSomebodyHoldsItsOutput) {
    Process process{{.command = "sleep 60 & echo up"}};
    ASSERT_TRUE(comes_true([&] { return process.exit_words() == "exited with 0"; }));
    EXPECT_EQ(process.gone_words(), std::nullopt);
}

TEST(WaitUntilReady, ReturnsWhenReady) {
    Process process{{.command = "echo up; exec sleep 60"}};
    auto const words = wait_until_ready(process, [&] { return process.log_tail() == "up\n"; }, 10s);
    EXPECT_EQ(words, std::nullopt);
}

TEST(WaitUntilReady, SaysThatTheTargetEndedFirst) {
    Process process{{.command = "exit 4"}};
    auto const words = wait_until_ready(process, [] { return false; }, 10s);
    EXPECT_EQ(words, "the target exited with 4 before it was ready");
}

TEST(WaitUntilReady, SaysThatTimeIsOver) {
    Process process{{.command = "exec sleep 60"}};
    auto const words = wait_until_ready(process, [] { return false; }, 20ms);
    EXPECT_EQ(words, "the target was not ready within 20 ms");
}

}  // namespace
}  // namespace wsproof::net
