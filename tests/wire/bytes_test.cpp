#include "reference_impl/wire/bytes.hpp"

#include <gtest/gtest.h>

namespace wsproof::wire {
namespace {

TEST(Bytes, ViewTextWithoutCopying) {
    std::string const text("a\0b", 3);
    EXPECT_EQ(static_cast<void const*>(as_bytes(text).data()), text.data());
    EXPECT_EQ(as_text(as_bytes(text)).data(), text.data());
    EXPECT_EQ(as_text(as_bytes(text)), text);
}

TEST(Bytes, CopyTextBothWays) {
    std::string const text("a\0\xFF", 3);
    EXPECT_EQ(to_bytes(text), (Bytes{std::byte{'a'}, std::byte{0}, std::byte{0xFF}}));
    EXPECT_EQ(to_text(to_bytes(text)), text);
}

TEST(Bytes, AppendAtTheEnd) {
    auto bytes = to_bytes("ab");
    append(bytes, as_bytes("cd"));
    append(bytes, {});
    EXPECT_EQ(to_text(bytes), "abcd");
}

TEST(Hex, WritesLowerCaseDigits) {
    EXPECT_EQ(to_hex(Bytes{std::byte{0x00}, std::byte{0xAF}, std::byte{0x9C}}), "00af9c");
    EXPECT_EQ(to_hex({}), "");
}

TEST(Hex, ReadsBothCasesAndSkipsBlanksBetweenBytes) {
    EXPECT_EQ(from_hex("00aF 9C\n\tff\r\n"),
              (Bytes{std::byte{0x00}, std::byte{0xAF}, std::byte{0x9C}, std::byte{0xFF}}));
    EXPECT_EQ(from_hex(""), Bytes{});
    EXPECT_EQ(from_hex("  "), Bytes{});
}

TEST(Hex, RefusesOddAndForeignDigits) {
    EXPECT_FALSE(from_hex("0"));
    EXPECT_FALSE(from_hex("00 1"));
    EXPECT_FALSE(from_hex("0 0"));
    EXPECT_FALSE(from_hex("0g"));
    EXPECT_FALSE(from_hex("x0"));
    EXPECT_FALSE(from_hex("0x00"));
}

TEST(Hex, ReadsBackEveryByte) {
    Bytes every;
    for (int value = 0; value < 256; ++value) every.push_back(static_cast<std::byte>(value));
    EXPECT_EQ(from_hex(to_hex(every)), every);
}

}  // namespace
}  // namespace wsproof::wire
