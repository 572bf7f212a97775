#include <gtest/gtest.h>

#include "tests/proof/proof.hpp"

namespace wsproof::proof {
namespace {

TEST(Transcripts, GiveTheirVerdictAndReasonAgain) {
    auto const report = prove(play::Proof::replay);
    EXPECT_GT(report.replays, 0U);
    EXPECT_TRUE(report.lapses.empty()) << lapses_of(report);
}

}  // namespace
}  // namespace wsproof::proof
