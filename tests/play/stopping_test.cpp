// The verbs `shutdown` and `gone`, against the reference and against peers made by hand.
#include <gtest/gtest.h>

#include "harness/play/endpoint_peer.hpp"
#include "harness/play/recorded_peer.hpp"
#include "tests/play/kit.hpp"

namespace wsproof::play {
namespace {

using reference::Fault;
using std::chrono::milliseconds;

constexpr auto rule = "6455/7.3/stops-with-close";
constexpr std::string_view gone =
    R"(["open", "alive", "shutdown", {"expect": {"close": 1001}}, {"gone": {}, "within": {"grace": 120}}])";

script::Variant stopping(std::string_view steps) {
    auto variant = kit::variant(steps, rule);
    variant.needs = {"shutdown"};
    return variant;
}

struct Stopped {
    Result result;
    Setting setting;
};

Stopped stop(std::string_view steps, reference::Faults faults = {},
             milliseconds grace = milliseconds{10000}) {
    auto target = to_stoppable_reference({}, faults);
    Setting setting;
    setting.stopping = target.stopping;
    setting.stopping.grace = grace;
    auto result = play(stopping(steps), setting, target.connect);
    return {std::move(result), std::move(setting)};
}

/// As from a report: what to call is not written down.
std::string replayed(std::string_view steps, Stopped const& stopped) {
    auto setting = stopped.setting;
    setting.stopping.tell = {};
    setting.stopping.exit_words = {};
    return kit::told(play(stopping(steps), setting, replaying(stopped.result.transcript)));
}

TEST(Stopping, SilentPeersAreEndedByTheSecondSweep) {
    auto const stopped = stop(gone);
    EXPECT_EQ(kit::told(stopped.result), "pass: the server has ended: it exited with 0");
    EXPECT_GE(stopped.result.duration, milliseconds{10000});
    EXPECT_LT(stopped.result.duration, milliseconds{10100});
}

TEST(Stopping, SaysWhatIsStillThere) {
    auto const stopped = stop(gone, {Fault::waits_for_silent_peers_at_shutdown});
    EXPECT_EQ(kit::told(stopped.result),
              "fail: expected the server to end; it is still there after 13,000 ms");
    EXPECT_EQ(replayed(gone, stopped), kit::told(stopped.result));
}

TEST(Stopping, ACrashIsAFailureAndSaysSoAgain) {
    auto const stopped = stop(gone, {Fault::crashes_at_shutdown});
    EXPECT_EQ(
        kit::told(stopped.result),
        "fail: the server crashed when it was told to stop: it was killed by signal 11 (SIGSEGV)");
    EXPECT_EQ(replayed(gone, stopped), kit::told(stopped.result));
}

/// The reference, whose process ends as it is told here.
std::string ending_with(std::string const& words) {
    auto target = to_stoppable_reference();
    Setting setting;
    setting.stopping = target.stopping;
    setting.stopping.exit_words = [words] { return std::optional{words}; };
    return kit::told(play(stopping(gone), setting, target.connect)).substr(0, 7);
}

TEST(Stopping, ExitCodesThatSayMoreThanTheEndAreLenient) {
    EXPECT_EQ(ending_with("exited with 0"), "pass: t");
    EXPECT_EQ(ending_with("exited with 143: signal 15 (SIGTERM) in the shell's count"), "pass: t");
    EXPECT_EQ(ending_with("exited with 1"), "lenient");
    EXPECT_EQ(ending_with("was killed by signal 15 (SIGTERM)"), "lenient");
    EXPECT_EQ(ending_with("exited with 134: signal 6 (SIGABRT) in the shell's count"), "fail: t");
}

TEST(Stopping, APortThatStaysOpenIsANoteWhereNoProcessCanBeSeen) {
    auto target = to_stoppable_reference({}, {Fault::lets_newcomers_in_at_shutdown});
    Setting setting;
    setting.stopping = target.stopping;
    setting.stopping.exit_words = {};
    setting.stopping.sees_process = false;
    EXPECT_EQ(kit::told(play(stopping(gone), setting, target.connect)),
              "note: its port still takes connections: it may be another server's");
}

TEST(Stopping, WhatCannotBeToldIsInconclusiveAndSaysSoAgain) {
    auto target = to_stoppable_reference();
    Stopped stopped;
    stopped.setting.stopping = target.stopping;
    stopped.setting.stopping.tell = [] { return std::optional<std::string>{"no such command"}; };
    stopped.result = play(stopping(gone), stopped.setting, target.connect);
    EXPECT_EQ(kit::told(stopped.result),
              "inconclusive: the target could not be told to stop: no such command");
    EXPECT_EQ(stopped.result.not_told, "no such command");
    EXPECT_EQ(replayed(gone, stopped), kit::told(stopped.result));
}

TEST(Stopping, ACommandThatDoesNothingIsNoFaultOfTheTarget) {
    Stopped stopped;
    stopped.setting.stopping.tell = [] { return std::optional<std::string>{}; };
    stopped.setting.stopping.by_command = true;
    auto const connect = to_reference(wire::Role::server);
    stopped.result = play(stopping(gone), stopped.setting, connect);
    EXPECT_EQ(stopped.result.verdict, Verdict::inconclusive);
    EXPECT_NE(stopped.result.not_told.find("does the shutdown command reach it?"),
              std::string::npos);
    EXPECT_EQ(replayed(gone, stopped), kit::told(stopped.result));
    // A signal reaches the process, whatever it makes of it.
    stopped.setting.stopping.by_command = false;
    EXPECT_EQ(play(stopping(gone), stopped.setting, connect).verdict, Verdict::fail);
}

TEST(Stopping, APartOfTheGraceIsAPartOfWhatTheOwnerSays) {
    constexpr std::string_view steps =
        R"(["open", "alive", "shutdown", {"expect": {"close": 1001}},
            {"expect": ["silence", {"closed": {}, "grade": "fail"}], "within": {"grace": 50}}])";
    auto const long_grace = stop(steps);
    EXPECT_EQ(kit::told(long_grace.result), "pass: the server did nothing");
    EXPECT_EQ(long_grace.result.duration, milliseconds{5000});
    auto target = to_stoppable_reference();
    Setting slow{.stopping = target.stopping, .time_scale = 3.0};
    EXPECT_EQ(play(stopping(steps), slow, target.connect).duration, milliseconds{5000})
        << "the owner's time, however slow the machine";
    auto const short_grace = stop(steps, {}, milliseconds{200});
    EXPECT_EQ(short_grace.result.duration, milliseconds{100});
}

TEST(Stopping, ConnectionsThatAreRefusedCountAsReset) {
    constexpr std::string_view steps =
        R"(["open", "alive", "shutdown", {"expect": {"close": 1001}},
            {"send": {"request": {}}, "on": 1}, {"expect": "reset", "on": 1}])";
    auto const stopped = stop(steps);
    EXPECT_EQ(kit::told(stopped.result), "pass: the server dropped TCP (RST)");
    EXPECT_EQ(replayed(steps, stopped), kit::told(stopped.result));
}

TEST(Stopping, AFarewellBeforeTheCloseFrameIsPassedOver) {
    constexpr std::string_view steps =
        R"(["open", "alive", "shutdown", {"expect": {"close": 1001}}])";
    kit::FakePeer* server = nullptr;
    auto const connect = kit::server([&](kit::FakePeer& peer, kit::SeenFrame const& frame) {
        server = &peer;
        kit::behave(peer, frame);
    });
    Setting setting;
    setting.stopping.tell = [&server]() -> std::optional<std::string> {
        server->say_frame(wire::Opcode::text, "back in a minute");
        server->say_close(1001);
        return std::nullopt;
    };
    auto const result = play(stopping(steps), setting, connect);
    EXPECT_EQ(kit::told(result), "pass: the server sent Close 1001");
    EXPECT_EQ(result.notes, std::vector<std::string>{"a message of its own was passed over"});
}

}  // namespace
}  // namespace wsproof::play
