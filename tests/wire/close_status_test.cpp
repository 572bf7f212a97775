#include "reference_impl/wire/close_status.hpp"

#include <gtest/gtest.h>

#include "reference_impl/wire/opcode.hpp"
#include "reference_impl/wire/role.hpp"
#include "tests/wire/vectors.hpp"

namespace wsproof::wire {
namespace {

bool is_within(nlohmann::json const& ranges, int code) {
    for (auto const& range : ranges)
        if (code >= range[0].get<int>() && code <= range[1].get<int>()) return true;
    return false;
}

TEST(StatusCode, MayBeSentExactlyWhereTheRegistryAndTheRangesSaySo) {
    for (int code = 0; code <= 0xFFFF; ++code)
        EXPECT_EQ(may_be_sent(static_cast<StatusCode>(code)),
                  is_within(vectors()["close_codes"]["sendable"], code))
            << code;
}

TEST(StatusCode, KnowsTheThreeThatNeverStandOnTheWire) {
    std::vector<int> reserved;
    for (int code = 0; code <= 0xFFFF; ++code)
        if (is_reserved_for_apis(static_cast<StatusCode>(code))) reserved.push_back(code);
    EXPECT_EQ(nlohmann::json(reserved), vectors()["close_codes"]["never_on_wire"]);
}

TEST(Opcode, IsControlFromEightOn) {
    for (unsigned value = 0; value < 16; ++value)
        EXPECT_EQ(is_control(static_cast<Opcode>(value)), value >= 8) << value;
}

TEST(Opcode, HasTheNameOfTheRfcIfDefined) {
    std::vector<std::string_view> const names{"continuation", "text",     "binary",   "reserved",
                                              "reserved",     "reserved", "reserved", "reserved",
                                              "close",        "ping",     "pong",     "reserved",
                                              "reserved",     "reserved", "reserved", "reserved"};
    for (unsigned value = 0; value < 16; ++value) {
        EXPECT_EQ(name_of(static_cast<Opcode>(value)), names[value]) << value;
        EXPECT_EQ(is_defined(static_cast<Opcode>(value)), names[value] != "reserved") << value;
    }
}

TEST(Role, HasAnOtherSide) {
    EXPECT_EQ(other(Role::client), Role::server);
    EXPECT_EQ(other(Role::server), Role::client);
}

}  // namespace
}  // namespace wsproof::wire
