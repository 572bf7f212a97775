#include "reference_impl/wire/opening.hpp"

#include <gtest/gtest.h>

#include "tests/wire/vectors.hpp"

namespace wsproof::wire {
namespace {

TEST(AcceptValue, AgreesWithTheVectors) {
    for (auto const& vector : vectors()["accept"])
        EXPECT_EQ(accept_value(vector["key"].get<std::string>()),
                  vector["accept"].get<std::string>());
}

TEST(AcceptValue, UsesTheKeyAsSpelled) {
    EXPECT_NE(accept_value("dGhlIHNhbXBsZSBub25jZQ=="), accept_value("dGhlIHNhbXBsZSBub25jZQ"));
    EXPECT_NE(accept_value(""), accept_value(" "));
}

TEST(AcceptValue, TellsAnotherGuidApart) {
    EXPECT_EQ(accept_value("dGhlIHNhbXBsZSBub25jZQ==", guid), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    EXPECT_NE(accept_value("dGhlIHNhbXBsZSBub25jZQ==", guid.substr(1)),
              "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(Sha1, HashesTheKnownExamples) {
    EXPECT_EQ(to_hex(sha1({})), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    EXPECT_EQ(to_hex(sha1(as_bytes("abc"))), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST(Base64, AgreesWithTheExamplesOfRfc4648) {
    std::vector<std::pair<std::string, std::string>> const examples{{"", ""},
                                                                    {"f", "Zg=="},
                                                                    {"fo", "Zm8="},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg=="},
                                                                    {"fooba", "Zm9vYmE="},
                                                                    {"foobar", "Zm9vYmFy"}};
    for (auto const& [plain, text] : examples) {
        EXPECT_EQ(base64_encode(as_bytes(plain)), text);
        auto const decoded = base64_decode(text);
        ASSERT_TRUE(decoded) << text;
        EXPECT_EQ(to_text(decoded->bytes), plain);
        EXPECT_TRUE(decoded->pad_bits_zero) << text;
    }
}

TEST(Base64, ComesBackForEveryByteValueAndLength) {
    Bytes bytes;
    for (int i = 0; i < 300; ++i) {
        auto const decoded = base64_decode(base64_encode(bytes));
        ASSERT_TRUE(decoded);
        ASSERT_EQ(decoded->bytes, bytes);
        bytes.push_back(static_cast<std::byte>(i * 7 & 0xFF));
    }
}

TEST(Base64, RefusesOtherAlphabetsPaddingAndLengths) {
    for (std::string const text :
         {"A", "AA", "AAA", "AA=A", "A===", "====", "=AAA", "Zg==Zg==", "AA-_", "AA A", "AAA\n",
          "AAAAA", "AA=", "!!!!", "AAAA====", "dGhlIHNhbXBsZSBub25jZQ", "AAA;"})
        EXPECT_FALSE(base64_decode(text)) << text;
    EXPECT_FALSE(base64_decode(std::string("AA\0A", 4)));
}

TEST(Base64, TellsOfPadBitsThatAreNotZero) {
    auto const canonical = base64_decode("AQIDBAUGBwgJCgsMDQ4PEA==");
    auto const other = base64_decode("AQIDBAUGBwgJCgsMDQ4PEC==");
    ASSERT_TRUE(canonical && other);
    EXPECT_EQ(canonical->bytes, other->bytes);
    EXPECT_TRUE(canonical->pad_bits_zero);
    EXPECT_FALSE(other->pad_bits_zero);
    EXPECT_FALSE(base64_decode("Zm9=")->pad_bits_zero);
}

TEST(Key, IsTheNonceInBase64) {
    auto const nonce = as_bytes("the sample nonce");
    EXPECT_EQ(key_from(std::span<std::byte const, 16>(nonce)), "dGhlIHNhbXBsZSBub25jZQ==");
}

}  // namespace
}  // namespace wsproof::wire
