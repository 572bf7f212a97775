// The inputs of fuzz/regressions under their targets: made by hand, or found by an engine and
// mended since.
#include <gtest/gtest.h>

#include "fuzz/targets/standalone.hpp"

namespace wsproof::fuzz {
namespace {

namespace fs = std::filesystem;

fs::path const regressions = fs::path(WSPROOF_SOURCE_DIR) / "fuzz" / "regressions";

class Regressions : public testing::TestWithParam<NamedTarget> {};

TEST_P(Regressions, KeepTheProperty) {
    auto const files = inputs_below(regressions / GetParam().name);
    EXPECT_GE(files.size(), 2U) << "no inputs for " << GetParam().name;
    for (auto const& file : files) EXPECT_EQ(replay(GetParam(), file).violation, "") << file;
}

TEST_P(Regressions, OfAllTargetsAreSafeToGiveToEach) {
    for (auto const& file : inputs_below(regressions))
        EXPECT_EQ(replay(GetParam(), file).violation, "") << file;
}

TEST_P(Regressions, BeginWithAnInputOfNothing) {
    EXPECT_NO_THROW(GetParam().run({}));
}

INSTANTIATE_TEST_SUITE_P(Targets, Regressions, testing::ValuesIn(targets_by_name()),
                         [](auto const& target) { return std::string(target.param.name); });

TEST(RegressionFolders, BelongToTargets) {
    std::string_view const left_out = WSPROOF_FUZZ_TARGETS_LEFT_OUT;
    for (auto const& entry : fs::directory_iterator(regressions)) {
        auto const name = entry.path().filename().string();
        if (left_out.find(name) != std::string_view::npos) continue;
        EXPECT_NE(target_named(name), nullptr) << name;
    }
}

}  // namespace
}  // namespace wsproof::fuzz
