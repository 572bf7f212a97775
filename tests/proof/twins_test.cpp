#include <gtest/gtest.h>

#include "tests/proof/proof.hpp"

namespace wsproof::proof {
namespace {

TEST(Twins, PassOnTheMutantsThatTheirVariantsCatch) {
    auto const report = prove(play::Proof::twins);
    EXPECT_GT(report.variants, 0U);
    EXPECT_TRUE(report.lapses.empty()) << lapses_of(report);
}

}  // namespace
}  // namespace wsproof::proof
