#include "fuzz/campaign.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <utility>

#include "harness/script/load.hpp"
#include "harness/script/write.hpp"
#include "sessions.hpp"

namespace wsproof::fuzz {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Plan plan_of(std::uint64_t runs) {
    Plan plan;
    plan.seed = 5;
    plan.jobs = 2;
    plan.runs = runs;
    return plan;
}

Outcome run_against(std::string_view fault, Plan const& plan) {
    return run(plan, catalogue(), profile_of_reference(), {}, reference_with(fault), {});
}

TEST(Campaign, FindsNothingWithAnHonestServer) {
    auto const outcome = run_against("", plan_of(3'000));
    EXPECT_THAT(outcome.findings, IsEmpty());
    EXPECT_EQ(outcome.figures.sessions, 3'000U);
    EXPECT_EQ(outcome.end, End::done);
}

struct Planted {
    char const* fault;
    char const* rule;
};

class Faulty : public testing::TestWithParam<Planted> {};

TEST_P(Faulty, ServerIsFoundOutInFewFrames) {
    auto plan = plan_of(6'000);
    plan.stop_after = 1;
    auto const outcome = run_against(GetParam().fault, plan);
    ASSERT_FALSE(outcome.findings.empty());
    auto const& finding = outcome.findings.front();
    EXPECT_TRUE(finding.confirmed);
    EXPECT_EQ(finding.harm, Harm::violation);
    EXPECT_LE(finding.frames, 5U);
    EXPECT_EQ(finding.variant.rule, GetParam().rule) << finding.signature;

    // As a case file it tells the same again.
    auto const text = script::write(finding.variant);
    auto const loaded =
        script::load_case({.path = "found.jsonc", .text = text, .id = "found"}, catalogue());
    ASSERT_THAT(loaded, SizeIs(1));
    auto const again = play::play(loaded.front(), {}, reference_with(GetParam().fault));
    EXPECT_EQ(again.verdict, play::Verdict::fail) << text;
    auto const honest = play::play(loaded.front(), {}, reference_with(""));
    EXPECT_NE(honest.verdict, play::Verdict::fail) << text << honest.reason;
}

INSTANTIATE_TEST_SUITE_P(
    OfEveryKind, Faulty,
    testing::Values(Planted{"accepts-rsv2", "6455/5.2/rsv-without-meaning-fails"},
                    Planted{"accepts-invalid-utf8", "6455/8.1/invalid-utf8-fails"},
                    Planted{"never-answers-close", "6455/5.5.1/close-answered"},
                    Planted{"accepts-missing-key", "6455/4.2.1/key-required"}),
    [](auto const& info) {
        std::string name = info.param.fault;
        std::erase(name, '-');
        return name;
    });

/// A server that dies of a Pong with more than a hundred bytes.
class Mortal {
public:
    play::Connect connect() {
        return [this]() -> std::unique_ptr<play::Peer> {
            if (dead_) throw play::Unreachable("nobody there");
            return std::make_unique<Peer>(*this, reference_with("")());
        };
    }

    Observer observer() {
        Observer observer;
        observer.target_exit = [this] {
            return dead_ ? std::optional<std::string>{"was killed"} : std::nullopt;
        };
        observer.restart_target = [this] {
            ++restarts;
            dead_ = false;
            return true;
        };
        observer.log = [] { return std::string{"==1==ERROR: AddressSanitizer: in pong\n"}; };
        return observer;
    }

    int restarts = 0;

private:
    class Peer final : public play::Peer {
    public:
        Peer(Mortal& house, std::unique_ptr<play::Peer> honest)
            : house_(house), honest_(std::move(honest)) {}
        void send(std::span<std::byte const> bytes) override {
            bool const deadly = bytes.size() > 100 && bytes[0] == std::byte{0x8A};
            if (deadly) house_.dead_ = true;
            if (!house_.dead_) honest_->send(bytes);
        }
        play::Received receive(play::Deadline deadline) override {
            if (house_.dead_) return {play::Received::Kind::reset, {}};
            return honest_->receive(deadline);
        }
        void half_close() override { honest_->half_close(); }
        void reset() override { honest_->reset(); }
        play::Clock::time_point now() const override { return honest_->now(); }
        void sleep(std::chrono::milliseconds time) override { honest_->sleep(time); }

    private:
        Mortal& house_;
        std::unique_ptr<play::Peer> honest_;
    };

    std::atomic<bool> dead_ = false;
};

TEST(Campaign, NamesTheSessionThatEndedTheTargetAndGoesOn) {
    Mortal mortal;
    auto const outcome = run(plan_of(4'000), catalogue(), profile_of_reference(), {},
                             mortal.connect(), mortal.observer());
    ASSERT_FALSE(outcome.findings.empty());
    auto const& finding = outcome.findings.front();
    EXPECT_EQ(finding.harm, Harm::crash);
    EXPECT_TRUE(finding.confirmed);
    EXPECT_NE(finding.session, 0U);
    EXPECT_THAT(finding.words, HasSubstr("AddressSanitizer"));
    EXPECT_EQ(finding.frames, 1U) << script::write(finding.variant);
    EXPECT_THAT(script::write(finding.variant), HasSubstr("\"pong\""));
    EXPECT_EQ(outcome.figures.sessions, 4'000U);
    EXPECT_EQ(outcome.end, End::done);
    EXPECT_GT(mortal.restarts, 0);
}

TEST(Campaign, EndsWhenTheTargetCannotBeStartedAgain) {
    Mortal mortal;
    auto observer = mortal.observer();
    observer.restart_target = {};
    auto const outcome =
        run(plan_of(4'000), catalogue(), profile_of_reference(), {}, mortal.connect(), observer);
    EXPECT_EQ(outcome.end, End::target_lost);
    EXPECT_THAT(outcome.words, HasSubstr("was killed"));
    EXPECT_LT(outcome.figures.sessions, 4'000U);
    ASSERT_FALSE(outcome.findings.empty());
}

TEST(Campaign, PlaysRegressionsFirst) {
    auto plan = plan_of(10);
    plan.regressions = {*catalogue().of_case("framing/rsv-bit-set").front()};
    auto const outcome = run_against("ignores-reserved-bits", plan);
    ASSERT_FALSE(outcome.findings.empty());
    EXPECT_EQ(outcome.findings.front().session, 0U);
    EXPECT_THAT(run_against("", plan).findings, IsEmpty());
}

TEST(Campaign, StopsWhenItIsToldTo) {
    int asked = 0;
    Observer observer;
    observer.should_stop = [&asked] { return ++asked > 50; };
    Plan plan;
    plan.jobs = 1;
    auto const outcome =
        run(plan, catalogue(), profile_of_reference(), {}, reference_with(""), observer);
    EXPECT_LT(outcome.figures.sessions, 60U);
}

}  // namespace
}  // namespace wsproof::fuzz
