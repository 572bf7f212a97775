#include "harness/play/search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace wsproof::play {
namespace {

using How = Try::How;
using testing::HasSubstr;

struct Counted {
    std::uint64_t limit = 0;
    Try refusal = {How::refused, 1009, "sent Close 1009", "Close 1009"};
    std::vector<std::uint64_t> sizes = {};

    Try operator()(std::uint64_t size) {
        sizes.push_back(size);
        return size <= limit ? Try{} : refusal;
    }
};

script::Measure frame_size(std::uint64_t most, std::uint64_t enough = 0) {
    return {.limit = script::Limit::frame_size, .least = 1, .most = most, .enough = enough};
}

TEST(Search, FindsEveryLimitToTheLastByte) {
    for (std::uint64_t const limit :
         {1ULL, 2ULL, 125ULL, 126ULL, 65'535ULL, 1'048'576ULL, 9'999'999ULL, 16'777'215ULL}) {
        Counted attempt{limit};
        auto const found = bisect(1, 16'777'216, std::ref(attempt));
        EXPECT_EQ(found.taken, limit);
        EXPECT_EQ(found.beyond, limit + 1);
        EXPECT_LE(attempt.sizes.size(), 35U) << limit;
    }
}

TEST(Search, AsksTwiceWhereThereIsNoLimit) {
    Counted attempt{~std::uint64_t{0}};
    auto const found = bisect(1, 16'777'216, std::ref(attempt));
    EXPECT_EQ(found.taken, 16'777'216U);
    EXPECT_FALSE(found.beyond);
    EXPECT_THAT(attempt.sizes, testing::ElementsAre(1U, 16'777'216U));
}

TEST(Search, StopsWhereNothingIsTaken) {
    Counted attempt{0};
    auto const found = bisect(1, 1000, std::ref(attempt));
    EXPECT_FALSE(found.taken);
    EXPECT_EQ(found.beyond, 1U);
}

TEST(Search, DoesNotWaitForSilenceAgainAndAgain) {
    Counted attempt{1000, {How::silent, std::nullopt, "did not react", "no reaction"}};
    auto const found = bisect(1, 16'777'216, std::ref(attempt));
    EXPECT_LE(std::ranges::count_if(attempt.sizes, [](auto size) { return size > 1000; }), 3);
    EXPECT_LE(*found.taken, 1000U);
    EXPECT_GT(*found.beyond, 1000U);
    EXPECT_THAT(judge_size(frame_size(16'777'216), found).reason, HasSubstr("somewhere up to"));
}

TEST(Search, StopsAtWhatNoLimitExplains) {
    Counted attempt{1000, {How::wrong, std::nullopt, "echoed 3 of 9 bytes", "part of an echo"}};
    auto const found = bisect(1, 16'777'216, std::ref(attempt));
    EXPECT_EQ(attempt.sizes.size(), 2U);
    auto const judgement = judge_size(frame_size(16'777'216), found);
    EXPECT_EQ(judgement.verdict, Verdict::fail);
    EXPECT_EQ(judgement.reason, "at 16,777,216 bytes the server echoed 3 of 9 bytes");
}

Search limited(Try refusal) {
    return {.taken = 100'000, .beyond = 100'001, .refusal = std::move(refusal)};
}

TEST(Search, GradesTheRefusalAndNotTheSize) {
    auto const judged = [](Try refusal) {
        return judge_size(frame_size(16'777'216, 65'536), limited(std::move(refusal))).verdict;
    };
    EXPECT_EQ(judged({How::refused, 1009, "sent Close 1009", "Close 1009"}), Verdict::pass);
    EXPECT_EQ(judged({How::refused, 1002, "sent Close 1002", "Close 1002"}), Verdict::lenient);
    EXPECT_EQ(judged({How::refused, std::nullopt, "sent Close", "Close"}), Verdict::lenient);
    EXPECT_EQ(judged({How::dropped, std::nullopt, "dropped TCP (FIN)", "FIN"}), Verdict::lenient);
    EXPECT_EQ(judged({How::silent, std::nullopt, "did not react", "silence"}), Verdict::lenient);
    EXPECT_EQ(judged({How::unreachable, std::nullopt, "refused", "none"}), Verdict::note);
}

TEST(Search, WantsHeadsToBeAnswered) {
    auto const judged = [](Try refusal) {
        script::Measure const measure{.limit = script::Limit::request_line_size, .most = 1 << 20};
        return judge_size(measure, limited(std::move(refusal))).verdict;
    };
    for (auto const status : {std::uint16_t{414}, std::uint16_t{400}, std::uint16_t{431}})
        EXPECT_EQ(judged({How::refused, status, "answered", "response"}), Verdict::pass);
    EXPECT_EQ(judged({How::refused, 500, "answered 500", "response"}), Verdict::lenient);
    EXPECT_EQ(judged({How::dropped, std::nullopt, "dropped TCP (FIN)", "FIN"}), Verdict::lenient);
    EXPECT_EQ(judged({How::silent, std::nullopt, "did not react", "silence"}), Verdict::fail);
}

TEST(Search, NotesASmallNumber) {
    auto const judgement = judge_size(frame_size(16'777'216, 1'000'000),
                                      limited({How::refused, 1009, "sent Close 1009", "Close"}));
    EXPECT_EQ(judgement.verdict, Verdict::note);
    EXPECT_THAT(judgement.notes, testing::Contains("less than 1,000,000 bytes"));
}

}  // namespace
}  // namespace wsproof::play
