#include "harness/net/process_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <thread>
#include <vector>

#include "harness/net/process.hpp"

namespace wsproof::net {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

template <typename Condition>
bool holds_soon(Condition const& condition) {
    auto const deadline = std::chrono::steady_clock::now() + 10s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(5ms);
    }
    return true;
}

TEST(ProcessWatch, SeesDescriptorsAndThreadsComeAndGo) {
    ProcessWatch watch(::getpid(), Watched::one);
    auto const before = watch.span();
    ASSERT_TRUE(before);
    EXPECT_EQ(before->pid, static_cast<std::uint64_t>(::getpid()));
    EXPECT_GT(before->before.memory, 1U << 20U);
    std::vector<int> opened;
    for (int i = 0; i < 20; ++i) opened.push_back(::dup(0));
    std::jthread idle([](std::stop_token const& stop) {
        while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
    });
    auto const during = watch.span();
    for (int const descriptor : opened) ::close(descriptor);
    idle.request_stop();
    idle.join();
    auto const after = watch.span();
    EXPECT_GE(during->after.descriptors, before->before.descriptors + 20);
    EXPECT_GT(during->after.threads, before->after.threads);
    EXPECT_EQ(after->highest.descriptors, during->highest.descriptors);
    EXPECT_LT(after->after.descriptors, during->after.descriptors);
    EXPECT_EQ(after->before, before->before);
}

TEST(ProcessWatch, LooksByItself) {
    ProcessWatch watch(::getpid(), Watched::one);
    auto const before = watch.span()->before.descriptors;
    std::vector<int> opened;
    for (int i = 0; i < 20; ++i) opened.push_back(::dup(0));
    std::this_thread::sleep_for(700ms);
    for (int const descriptor : opened) ::close(descriptor);
    EXPECT_GE(watch.span()->highest.descriptors, before + 20);
}

TEST(ProcessWatch, CountsAWholeGroup) {
    Process process{{.command = "sleep 60 & sleep 60 & wait"}};
    ProcessWatch watch(process.pid(), Watched::group);
    EXPECT_TRUE(holds_soon([&] { return watch.span() && watch.span()->after.threads >= 3; }));
}

TEST(ProcessWatch, KeepsTheFiguresOfAProcessThatEnded) {
    Process process{{.command = "exec sleep 60"}};
    ProcessWatch watch(process.pid(), Watched::one);
    ASSERT_TRUE(watch.span());
    EXPECT_FALSE(watch.ended());
    process.stop();
    EXPECT_TRUE(watch.ended());
    EXPECT_EQ(watch.span()->after.threads, 1U);
}

TEST(ProcessWatch, SaysWhyThereIsNothingToSee) {
    EXPECT_FALSE(why_unwatchable(::getpid()));
    Process process{{.command = "exec sleep 60"}};
    auto const pid = process.pid();
    EXPECT_FALSE(why_unwatchable(pid));
    process.stop();
    ASSERT_TRUE(why_unwatchable(pid));
    EXPECT_THAT(*why_unwatchable(pid), HasSubstr("there is no process"));
}

}  // namespace
}  // namespace wsproof::net
