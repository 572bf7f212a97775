#include "reference_impl/protocol/fault.hpp"

#include <gtest/gtest.h>

#include <set>

namespace wsproof::reference {
namespace {

TEST(Fault, IsFoundByItsNameWithDashes) {
    EXPECT_EQ(name_of(Fault::accepts_unmasked), "accepts-unmasked");
    EXPECT_EQ(fault_named("accepts-unmasked"), Fault::accepts_unmasked);
    EXPECT_EQ(fault_named("accepts_unmasked"), std::nullopt);
    EXPECT_EQ(fault_named(""), std::nullopt);
}

TEST(Fault, HasANameOfItsOwn) {
    auto const names = fault_names();
    EXPECT_EQ(names.size(), fault_count);
    EXPECT_EQ(std::set<std::string_view>(names.begin(), names.end()).size(), fault_count);
    for (std::size_t i = 0; i < names.size(); ++i)
        EXPECT_EQ(fault_named(names[i]), static_cast<Fault>(i)) << names[i];
}

TEST(Fault, IsAbsentUntilItIsPlanted) {
    Faults faults;
    EXPECT_FALSE(faults.any());
    faults.add(Fault::never_answers_pings);
    EXPECT_TRUE(faults.has(Fault::never_answers_pings));
    EXPECT_FALSE(faults.has(Fault::accepts_unmasked));
}

TEST(Fault, BringsThoseItEntails) {
    auto const faults = with_implied({Fault::echoes_any_close_code});
    EXPECT_TRUE(faults.has(Fault::accepts_any_close_code));
    EXPECT_FALSE(with_implied({}).any());
}

}  // namespace
}  // namespace wsproof::reference
