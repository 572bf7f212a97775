#include <gtest/gtest.h>

#include "tests/proof/proof.hpp"

namespace wsproof::proof {
namespace {

TEST(HonestReference, PassesEveryVariantInEveryDelivery) {
    auto const report = prove(play::Proof::honest);
    EXPECT_GT(report.honest_plays, 0U);
    EXPECT_EQ(report.honest_passed, report.honest_plays);
    EXPECT_TRUE(report.lapses.empty()) << lapses_of(report);
}

}  // namespace
}  // namespace wsproof::proof
