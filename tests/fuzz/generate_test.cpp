#include "fuzz/generate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fuzz/campaign.hpp"
#include "fuzz/finding.hpp"
#include "harness/script/write.hpp"
#include "sessions.hpp"

namespace wsproof::fuzz {
namespace {

std::vector<script::Variant const*> bases() {
    return bases_for(catalogue(), profile_of_reference(), {}, {});
}

TEST(Generator, MakesTheSameSessionsFromTheSameSeed) {
    Model const model{catalogue(), {}};
    Generator one{model, bases(), {}, 7};
    Generator same{model, bases(), {}, 7};
    Generator other{model, bases(), {}, 8};
    std::size_t differing = 0;
    for (int i = 0; i < 10'000; ++i) {
        auto const made = one.next();
        ASSERT_EQ(made.session, same.next().session) << made.number;
        differing += made.session == other.next().session ? 0U : 1U;
    }
    EXPECT_GT(differing, 9'000U);
    EXPECT_EQ(one.coverage(), same.coverage());
}

TEST(Generator, GoesOnFindingNewStates) {
    Model const model{catalogue(), {}};
    Generator generator{model, {}, {}, 1};
    for (int i = 0; i < 2'000; ++i) generator.next();
    auto const early = generator.coverage();
    for (int i = 0; i < 6'000; ++i) generator.next();
    EXPECT_GT(early, 200U);
    EXPECT_GT(generator.coverage(), early * 3 / 2);
}

TEST(Generator, BuildsOnWhatItHas) {
    Model const model{catalogue(), {}};
    Generator with{model, {}, {}, 1};
    Generator without{model, {}, {}, 1};
    with.add_to_corpus(session_with({frame_of(wire::Opcode::text, "to build on")}));
    bool differs = false;
    for (int i = 0; i < 50; ++i) differs = with.next().session != without.next().session || differs;
    EXPECT_TRUE(differs);
}

// What the model asks for, an honest server gives, however strictly it is judged and however the
// bytes come.
class Honest : public testing::TestWithParam<std::pair<play::Delivery, bool>> {};

TEST_P(Honest, ReferenceIsNeverAccused) {
    Model const model{catalogue(), {}};
    Generator generator{model, bases(), {}, 11};
    play::Setting setting;
    setting.delivery = GetParam().first;
    setting.strict = GetParam().second;
    Gate const gate{catalogue(), GetParam().second};
    auto const connect = reference_with("");
    std::size_t judged = 0;
    for (int i = 0; i < 2'000; ++i) {
        auto const made = generator.next();
        auto const result = play::play(made.judged.variant, setting, connect);
        ASSERT_EQ(signature_of(made.judged, result, gate), "")
            << made.number << ": " << result.reason << "\n"
            << script::write(made.judged.variant);
        judged += result.verdict == play::Verdict::pass ? 1U : 0U;
    }
    EXPECT_GT(judged, 1'600U);
}

INSTANTIATE_TEST_SUITE_P(InEveryDelivery, Honest,
                         testing::Values(std::pair{play::Delivery::whole, true},
                                         std::pair{play::Delivery::bytewise, false},
                                         std::pair{play::Delivery::coalesced, true}));

}  // namespace
}  // namespace wsproof::fuzz
