#include <gtest/gtest.h>

#include "tests/proof/proof.hpp"

namespace wsproof::proof {
namespace {

TEST(Mutants, MakeEveryVariantFailUnderOneOfItsFaults) {
    auto const report = prove(play::Proof::mutants);
    EXPECT_GT(report.mutant_plays, 0U);
    EXPECT_EQ(report.variants_failing, report.variants);
    EXPECT_TRUE(report.lapses.empty()) << lapses_of(report);
}

}  // namespace
}  // namespace wsproof::proof
