#include "reference_impl/wire/utf8.hpp"

#include <gtest/gtest.h>

#include <random>
#include <unordered_set>

#include "tests/wire/vectors.hpp"

namespace wsproof::wire {
namespace {

std::string encoded(std::uint32_t code_point) {
    auto const tail = [&](unsigned shift) {
        return static_cast<char>(0x80 | (code_point >> shift & 0x3F));
    };
    if (code_point < 0x80) return {static_cast<char>(code_point)};
    if (code_point < 0x800) return {static_cast<char>(0xC0 | code_point >> 6), tail(0)};
    if (code_point < 0x10000) return {static_cast<char>(0xE0 | code_point >> 12), tail(6), tail(0)};
    return {static_cast<char>(0xF0 | code_point >> 18), tail(12), tail(6), tail(0)};
}

std::uint64_t packed(std::string_view bytes) {
    std::uint64_t value = bytes.size();
    for (char const c : bytes) value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

/// Knows every character by its bytes, and nothing of how the encoding is built.
class SimpleDecoder {
public:
    SimpleDecoder() {
        for (std::uint32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
            if (code_point >= 0xD800 && code_point <= 0xDFFF) continue;
            auto const bytes = encoded(code_point);
            for (std::size_t size = 1; size < bytes.size(); ++size)
                beginnings_.insert(packed(std::string_view(bytes).substr(0, size)));
            whole_.insert(packed(bytes));
        }
    }

    struct Answer {
        std::optional<std::uint64_t> error_position = std::nullopt;
        bool complete = true;
    };

    Answer read(std::string_view text) const {
        std::string character;
        for (std::size_t at = 0; at < text.size(); ++at) {
            character += text[at];
            if (whole_.contains(packed(character)))
                character.clear();
            else if (!beginnings_.contains(packed(character)))
                return {.error_position = at, .complete = false};
        }
        return {.complete = character.empty()};
    }

private:
    std::unordered_set<std::uint64_t> beginnings_ = {};
    std::unordered_set<std::uint64_t> whole_ = {};
};

SimpleDecoder const& simple_decoder() {
    static SimpleDecoder const decoder;
    return decoder;
}

void expect_equal(Utf8Validator const& validator, SimpleDecoder::Answer const& answer,
                  std::string_view text) {
    ASSERT_EQ(validator.error_position(), answer.error_position) << to_hex(as_bytes(text));
    ASSERT_EQ(validator.complete(), answer.complete) << to_hex(as_bytes(text));
}

/// Cuts the text after byte i + 1 wherever bit i of `cuts` is set.
Utf8Validator validated(std::string_view text, unsigned cuts) {
    Utf8Validator validator;
    std::size_t start = 0;
    for (std::size_t end = 1; end <= text.size(); ++end) {
        if (end < text.size() && (cuts >> (end - 1) & 1) == 0) continue;
        validator.feed(as_bytes(text.substr(start, end - start)));
        start = end;
    }
    return validator;
}

Utf8Validator validated_in_pieces(std::string_view text, std::size_t piece) {
    Utf8Validator validator;
    for (std::size_t at = 0; at < text.size(); at += piece)
        validator.feed(as_bytes(text.substr(at, piece)));
    return validator;
}

constexpr std::array<unsigned char, 24> edges{0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                              0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
                                              0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};

TEST(Utf8Validator, EqualsASimpleDecoderOnEverySequenceOfEdgeBytesInEveryChunking) {
    for (std::size_t number = 0; number < 24UL * 24 * 24 * 24; ++number) {
        std::string text;
        for (auto rest = number; text.size() < 4; rest /= 24)
            text += static_cast<char>(edges[rest % 24]);
        auto const answer = simple_decoder().read(text);
        for (unsigned cuts = 0; cuts < 8; ++cuts)
            ASSERT_NO_FATAL_FAILURE(expect_equal(validated(text, cuts), answer, text));
    }
}

TEST(Utf8Validator, EqualsASimpleDecoderOnEveryPairOfBytes) {
    for (unsigned pair = 0; pair <= 0xFFFF; ++pair) {
        std::string const text{static_cast<char>(pair >> 8), static_cast<char>(pair & 0xFF)};
        auto const answer = simple_decoder().read(text);
        ASSERT_NO_FATAL_FAILURE(expect_equal(validated(text, 0), answer, text));
        ASSERT_NO_FATAL_FAILURE(expect_equal(validated(text, 1), answer, text));
        ASSERT_NO_FATAL_FAILURE(expect_equal(validated_in_pieces(text.substr(0, 1), 1),
                                             simple_decoder().read(text.substr(0, 1)),
                                             text.substr(0, 1)));
    }
}

TEST(Utf8Validator, AcceptsEveryCharacter) {
    std::string all;
    for (std::uint32_t code_point = 0; code_point <= 0x10FFFF; ++code_point)
        if (code_point < 0xD800 || code_point > 0xDFFF) all += encoded(code_point);
    EXPECT_TRUE(is_valid_utf8(as_bytes(all)));
    for (std::size_t piece : {1UL, 3UL, 7UL, 23UL, 24UL, 25UL, 64UL, 1021UL}) {
        auto const validator = validated_in_pieces(all, piece);
        EXPECT_TRUE(validator.complete()) << piece;
        EXPECT_FALSE(validator.error_position()) << piece;
    }
}

TEST(Utf8Validator, RejectsSurrogatesAtTheirSecondByte) {
    for (std::uint32_t code_point = 0xD800; code_point <= 0xDFFF; ++code_point) {
        Utf8Validator validator;
        EXPECT_FALSE(validator.feed(as_bytes(encoded(code_point))));
        EXPECT_EQ(validator.error_position(), 1);
    }
}

TEST(Utf8Validator, NamesTheImpossibleByteWhereverItStandsInALongText) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
    std::string const ascii(400, 'x');
    for (auto const& base : {text, ascii, ascii + text})
        for (std::size_t at = 0; at < base.size(); ++at)
            for (char const bad : {'\x80', '\xC0', '\xED', '\xFF', 'z'}) {
                auto broken = base;
                broken[at] = bad;
                auto const answer = simple_decoder().read(broken);
                for (std::size_t piece : {broken.size(), 333UL, 64UL, 29UL, 24UL, 5UL})
                    ASSERT_NO_FATAL_FAILURE(
                        expect_equal(validated_in_pieces(broken, piece), answer, broken));
            }
}

TEST(Utf8Validator, EqualsASimpleDecoderOnRandomTextsInRandomPieces) {
    std::minstd_rand random(6455);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        auto const size = random() % 300;
        while (text.size() < size) {
            auto const code_point = static_cast<std::uint32_t>(random()) % 0x110000;
            text += random() % 4 == 0 ? std::string(random() % 40, 'a') : encoded(code_point);
        }
        Utf8Validator validator;
        for (std::size_t at = 0; at < text.size();) {
            auto const piece = std::min<std::size_t>(1 + random() % 80, text.size() - at);
            validator.feed(as_bytes(std::string_view(text).substr(at, piece)));
            at += piece;
        }
        ASSERT_NO_FATAL_FAILURE(expect_equal(validator, simple_decoder().read(text), text));
    }
}

TEST(Utf8Validator, StaysInvalid) {
    Utf8Validator validator;
    EXPECT_FALSE(validator.feed(as_bytes("ab\xFF")));
    EXPECT_FALSE(validator.feed(as_bytes("fine")));
    EXPECT_FALSE(validator.feed({}));
    EXPECT_EQ(validator.error_position(), 2);
    EXPECT_FALSE(validator.complete());
    validator.reset();
    EXPECT_TRUE(validator.feed(as_bytes("fine")));
    EXPECT_TRUE(validator.complete());
    EXPECT_FALSE(validator.error_position());
}

TEST(Utf8Validator, AcceptsTheValidVectors) {
    for (auto const& text : vectors()["utf8_valid"])
        EXPECT_TRUE(is_valid_utf8(bytes_of(text))) << text;
}

TEST(Utf8Validator, RejectsTheInvalidVectorsAtTheFirstImpossibleByte) {
    for (auto const& vector : vectors()["utf8_invalid"]) {
        auto const text = bytes_of(vector["hex"]);
        EXPECT_FALSE(is_valid_utf8(text)) << vector;
        for (std::size_t piece : {1UL, 2UL, 64UL}) {
            auto const validator = validated_in_pieces(as_text(text), piece);
            auto const& after = vector["detectable_after_bytes"];
            auto const expected =
                after.is_null() ? std::nullopt : std::optional(after.get<std::uint64_t>() - 1);
            EXPECT_EQ(validator.error_position(), expected) << vector;
            EXPECT_FALSE(validator.complete()) << vector;
        }
    }
}

}  // namespace
}  // namespace wsproof::wire
