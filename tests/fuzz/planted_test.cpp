#include "fuzz/planted/planted.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace wsproof::fuzz {
namespace {

using reference::Fault;

TEST(PlantedFaults, AreThoseBehindTheOpeningHandshake) {
    auto const faults = faults_in_frames();
    auto const has = [&](Fault fault) { return std::ranges::find(faults, fault) != faults.end(); };
    EXPECT_GT(faults.size(), 120U);
    EXPECT_TRUE(has(Fault::accepts_rsv2));
    EXPECT_TRUE(has(Fault::masks_its_frames));
    EXPECT_FALSE(has(Fault::accepts_masked));
    EXPECT_FALSE(has(Fault::accepts_missing_key));
    EXPECT_FALSE(has(Fault::omits_key));
}

class Planted : public testing::TestWithParam<Fault> {};

TEST_P(Planted, IsFound) {
    auto const sought = look_for(GetParam(), {});
    EXPECT_TRUE(sought.is_found()) << reference::name_of(GetParam());
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, Planted,
                         testing::Values(Fault::accepts_rsv2, Fault::accepts_lone_continuation,
                                         Fault::accepts_surrogates,
                                         Fault::handles_one_frame_per_read,
                                         Fault::resets_context_despite_takeover,
                                         Fault::never_answers_close, Fault::sends_rsv1_unasked),
                         [](auto const& info) {
                             std::string name(reference::name_of(info.param));
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace wsproof::fuzz
