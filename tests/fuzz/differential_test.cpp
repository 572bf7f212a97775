#include <gtest/gtest.h>

#include "fuzz/targets/raw_session.hpp"
#include "fuzz/targets/standalone.hpp"

namespace wsproof::fuzz {
namespace {

TEST(Differential, FindsNoDifferenceThatIsNotExplained) {
    auto const* const target = target_named("differential");
    ASSERT_NE(target, nullptr);
    for (std::uint64_t seed = 0; seed < 4'000; ++seed) {
        try {
            target->run(differential_input(seed));
        } catch (Violation const& violation) {
            ADD_FAILURE() << seed << ": " << violation.what();
        }
    }
}

}  // namespace
}  // namespace wsproof::fuzz
