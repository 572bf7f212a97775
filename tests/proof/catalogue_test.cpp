#include <gtest/gtest.h>

#include "tests/proof/proof.hpp"

namespace wsproof::proof {
namespace {

TEST(Catalogue, NamesTheFaultsOfTheReferenceAndCatchesEachOfThem) {
    auto const report = prove(play::Proof::catalogue);
    EXPECT_GT(report.faults, 0U);
    EXPECT_EQ(report.faults_caught, report.faults);
    EXPECT_TRUE(report.lapses.empty()) << lapses_of(report);
}

TEST(Catalogue, GivesEveryCaseAFault) {
    auto const cases = catalogue();
    for (auto const& variant : cases.variants) {
        EXPECT_FALSE(variant.faults.empty()) << variant.id;
    }
}

}  // namespace
}  // namespace wsproof::proof
