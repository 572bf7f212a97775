#include "reference_impl/wire/deflate.hpp"

#include <gtest/gtest.h>

#include <random>
#include <stdexcept>

#include "reference_impl/wire/block_writer.hpp"
#include "reference_impl/wire/opening.hpp"
#include "tests/wire/vectors.hpp"

namespace wsproof::wire {
namespace {

constexpr std::size_t plenty = 1 << 20;

struct Inflated {
    InflateStatus status = InflateStatus::ok;
    std::string text = {};
    bool operator==(Inflated const&) const = default;
};

std::ostream& operator<<(std::ostream& out, Inflated const& inflated) {
    return out << static_cast<int>(inflated.status) << " with " << inflated.text.size() << " bytes";
}

Inflated inflate(Inflater& inflater, ByteView payload_data, std::size_t piece = plenty,
                 std::size_t limit = plenty) {
    Bytes to;
    for (std::size_t at = 0; at < payload_data.size(); at += piece)
        inflater.feed(payload_data.subspan(at, std::min(piece, payload_data.size() - at)), to,
                      limit);
    auto const status = inflater.finish(to, limit);
    return {.status = status, .text = to_text(to)};
}

/// Text in which matches of many lengths and distances are found.
std::string repetitive_text(std::size_t size, unsigned seed) {
    std::minstd_rand random(seed);
    std::string text;
    while (text.size() < size) {
        if (text.size() > 10 && random() % 3 != 0) {
            auto const back = 1 + random() % std::min<std::size_t>(text.size(), 40'000);
            text += text.substr(text.size() - back, 3 + random() % 300);
        } else {
            for (int i = 0; i < 20; ++i) text += static_cast<char>('a' + random() % 26);
        }
    }
    text.resize(size);
    return text;
}

TEST(Inflater, ReadsTheValidVectorsInEveryChunking) {
    for (auto const& vector : vectors()["deflate_valid"])
        for (std::size_t piece : {1UL, 2UL, 3UL, 7UL, 1000UL}) {
            Inflater inflater;
            for (std::size_t i = 0; i < vector["messages"].size(); ++i)
                EXPECT_EQ(inflate(inflater, bytes_of(vector["payloads_hex"][i]), piece),
                          (Inflated{.text = vector["messages"][i].get<std::string>()}))
                    << vector["name"] << ", message " << i << ", pieces of " << piece;
        }
}

TEST(Inflater, GoesOnAfterEveryValidVector) {
    for (auto const& vector : vectors()["deflate_valid"]) {
        Inflater inflater;
        for (auto const& payload : vector["payloads_hex"]) inflate(inflater, bytes_of(payload));
        EXPECT_EQ(inflate(inflater, hex("f248cdc9c90700")), Inflated{.text = "Hello"})
            << vector["name"];
    }
}

TEST(Inflater, RefusesTheInvalidVectorsInEveryChunkingUntilReset) {
    for (auto const& vector : vectors()["deflate_invalid"])
        for (std::size_t piece : {1UL, 2UL, 1000UL}) {
            Inflater inflater;
            EXPECT_EQ(inflate(inflater, bytes_of(vector["payload_hex"]), piece).status,
                      InflateStatus::corrupt)
                << vector["name"];
            EXPECT_EQ(inflate(inflater, hex("f248cdc9c90700")).status, InflateStatus::corrupt);
            inflater.reset();
            EXPECT_EQ(inflate(inflater, hex("f248cdc9c90700")), Inflated{.text = "Hello"});
        }
}

TEST(Inflater, RefusesDataThatWasCutShort) {
    Deflater deflater;
    auto const whole = deflater.compress(as_bytes("Hello, hello, hello, world"));
    for (std::size_t size = 1; size + 1 < whole.size(); ++size) {
        Inflater inflater;
        EXPECT_EQ(inflate(inflater, ByteView(whole).first(size)).status, InflateStatus::corrupt)
            << size;
    }
}

TEST(Inflater, TakesNoDataAtAllForAnEmptyMessageAndStaysInStep) {
    Inflater inflater;
    EXPECT_EQ(inflate(inflater, {}), Inflated{});
    EXPECT_EQ(inflate(inflater, hex("f248cdc9c90700")), Inflated{.text = "Hello"});
    EXPECT_EQ(inflate(inflater, {}), Inflated{});
    EXPECT_EQ(inflate(inflater, hex("f200110000")), Inflated{.text = "Hello"});
}

TEST(Inflater, ForgetsTheWindowOnReset) {
    Inflater inflater;
    inflate(inflater, hex("f248cdc9c90700"));
    inflater.reset();
    EXPECT_EQ(inflate(inflater, hex("f200110000")).status, InflateStatus::corrupt);
}

std::string text_of_the_far_distance() {
    std::string text;
    for (std::size_t i = 0; i < 32768; ++i)
        text += static_cast<char>((i * i * 31 + i * 7 + 13) % 251);
    return text;
}

Bytes stored_block(std::string_view text) {
    auto block = hex("000080ff7f");
    append(block, as_bytes(text));
    return block;
}

TEST(Inflater, ReachesBack32768BytesWithinAMessage) {
    auto const& vector = vectors()["deflate_distance_32768"];
    auto payload_data = stored_block(text_of_the_far_distance());
    append(payload_data, bytes_of(vector["tail_hex"]));
    ASSERT_EQ(payload_data.size(), vector["payload_len"]);
    for (std::size_t piece : {1UL, 1000UL, plenty}) {
        Inflater inflater;
        auto const inflated = inflate(inflater, payload_data, piece);
        EXPECT_EQ(inflated.status, InflateStatus::ok);
        EXPECT_EQ(inflated.text.size(), vector["message_len"]);
        EXPECT_EQ(inflated.text.substr(32768), inflated.text.substr(0, 258));
    }
}

TEST(Inflater, ReachesBack32768BytesIntoTheMessageBefore) {
    auto const text = text_of_the_far_distance();
    auto first = stored_block(text);
    first.push_back(std::byte{0});
    Inflater inflater;
    EXPECT_EQ(inflate(inflater, first), Inflated{.text = text});
    auto const tail = bytes_of(vectors()["deflate_distance_32768_two_messages"]["tail_hex"]);
    EXPECT_EQ(inflate(inflater, tail), Inflated{.text = text.substr(0, 258)});
}

/// As many different bytes as `distance`, then the first of them again, from that far back.
Bytes reaching_back(std::size_t distance) {
    auto const text = text_of_the_far_distance().substr(0, distance);
    Deflater deflater(15, 9);
    return deflater.compress(as_bytes(text + text.substr(0, 100)));
}

TEST(Inflater, HoldsPeersToTheirWindowInEveryChunking) {
    for (int window_bits = 8; window_bits <= 15; ++window_bits)
        for (int more = -1; more <= 1; ++more) {
            auto const distance = (1 << window_bits) + more;
            auto const payload_data = reaching_back(static_cast<std::size_t>(distance));
            auto const reached = static_cast<int>(walk_blocks(payload_data).longest_distance);
            auto const expected =
                reached > 1 << window_bits ? InflateStatus::corrupt : InflateStatus::ok;
            for (std::size_t piece : {1UL, 100UL, 5000UL, plenty}) {
                Inflater inflater(window_bits);
                EXPECT_EQ(inflate(inflater, payload_data, piece).status, expected)
                    << window_bits << " bits, distance " << reached << ", pieces of " << piece;
                inflater.reset();
                EXPECT_EQ(inflate(inflater, hex("f248cdc9c90700")), Inflated{.text = "Hello"});
            }
        }
}

TEST(Inflater, PutsOutWhatComesBeforeADistanceThatLeavesTheWindow) {
    BlockWriter writer;
    std::string const text(300, 'a');
    writer.begin(BlockKind::fixed, false);
    writer.literals(as_bytes(text));
    writer.copy(3, 300);
    writer.end();
    auto const payload_data = writer.finish();
    for (std::size_t piece : {1UL, 100UL, plenty})
        for (std::size_t limit : {100UL, 299UL, 300UL, plenty}) {
            Inflater inflater(8);
            auto const status = limit < 300 ? InflateStatus::too_big : InflateStatus::corrupt;
            EXPECT_EQ(inflate(inflater, payload_data, piece, limit),
                      (Inflated{.status = status, .text = text.substr(0, limit)}))
                << "pieces of " << piece << ", limit " << limit;
        }
}

TEST(Inflater, HoldsPeersToTheirWindowAcrossMessages) {
    Deflater deflater;
    auto const text = text_of_the_far_distance().substr(0, 300);
    auto const first = deflater.compress(as_bytes(text));
    auto const second = deflater.compress(as_bytes(text));
    Inflater small(8);
    EXPECT_EQ(inflate(small, first), Inflated{.text = text});
    EXPECT_EQ(inflate(small, second).status, InflateStatus::corrupt);
    Inflater enough(9);
    EXPECT_EQ(inflate(enough, first), Inflated{.text = text});
    EXPECT_EQ(inflate(enough, second), Inflated{.text = text});
}

TEST(Inflater, KeepsTheWholeWindowOverAFinalBlock) {
    auto const text = text_of_the_far_distance();
    auto first = stored_block(text);
    first[0] = std::byte{1};  // BFINAL
    Inflater inflater;
    EXPECT_EQ(inflate(inflater, first), Inflated{.text = text});
    auto const tail = bytes_of(vectors()["deflate_distance_32768_two_messages"]["tail_hex"]);
    EXPECT_EQ(inflate(inflater, tail), Inflated{.text = text.substr(0, 258)});
}

TEST(Inflater, ReadsManyFinalBlocksInOneMessageQuickly) {
    Bytes payload_data;
    for (int i = 0; i < 200'000; ++i) append(payload_data, hex("0300"));  // final, fixed, empty
    append(payload_data, hex("f248cdc9c90700"));
    Inflater inflater;
    EXPECT_EQ(inflate(inflater, payload_data), Inflated{.text = "Hello"});
}

TEST(Inflater, HoldsTheLimitToTheByte) {
    auto const text = repetitive_text(50'000, 1);
    Deflater deflater;
    auto const payload_data = deflater.compress(as_bytes(text));
    for (std::size_t piece : {1UL, 100UL, plenty})
        for (std::size_t limit : {0UL, 1UL, 16'383UL, 16'384UL, 16'385UL, 49'999UL}) {
            Inflater inflater;
            EXPECT_EQ(inflate(inflater, payload_data, piece, limit),
                      (Inflated{InflateStatus::too_big, text.substr(0, limit)}));
        }
    Inflater exact;
    EXPECT_EQ(inflate(exact, payload_data, plenty, text.size()), Inflated{.text = text});
    Inflater unlimited;
    EXPECT_EQ(inflate(unlimited, payload_data, plenty, SIZE_MAX), Inflated{.text = text});
}

TEST(Inflater, CountsWhatIsThereAlreadyAgainstTheLimit) {
    auto to = to_bytes("12345");
    Inflater inflater;
    EXPECT_EQ(inflater.feed(hex("f248cdc9c90700"), to, 9), InflateStatus::too_big);
    EXPECT_EQ(to_text(to), "12345Hell");
    Bytes more(10);
    Inflater other;
    EXPECT_EQ(other.feed(hex("f248cdc9c90700"), more, 9), InflateStatus::too_big);
    EXPECT_EQ(more.size(), 10U);
}

TEST(Inflater, StopsBombsAtTheLimit) {
    for (auto const& bomb : vectors()["deflate_bombs"]) {
        auto const size = bomb["zero_bytes"].get<std::size_t>();
        if (size > 100'000'000) continue;
        Deflater deflater(15, 9);
        auto const payload_data = deflater.compress(Bytes(size));
        EXPECT_NEAR(static_cast<double>(payload_data.size()),
                    bomb["compressed_len_zlib9"].get<double>(), 16);
        Inflater inflater;
        Bytes to;
        EXPECT_EQ(inflater.feed(payload_data, to, 100'000), InflateStatus::too_big);
        EXPECT_EQ(to.size(), 100'000U);
        EXPECT_LE(to.capacity(), 300'000U);
    }
}

TEST(Inflater, EndsWhateverIsFedToIt) {
    std::minstd_rand random(7692);
    for (int round = 0; round < 3000; ++round) {
        Bytes noise(random() % 200);
        for (auto& byte : noise) byte = static_cast<std::byte>(random() >> 8 & 0xFF);
        Inflater whole;
        Inflater chopped;
        auto const expected = inflate(whole, noise, plenty, 10'000);
        EXPECT_EQ(inflate(chopped, noise, 1 + random() % 9, 10'000), expected) << to_hex(noise);
    }
}

TEST(Deflater, WritesTheExampleOfTheRfc) {
    Deflater deflater;
    EXPECT_EQ(to_hex(deflater.compress(as_bytes("Hello"))), "f248cdc9c90700");
    EXPECT_EQ(to_hex(deflater.compress(as_bytes("Hello"))), "f200110000");
    deflater.reset();
    EXPECT_EQ(to_hex(deflater.compress(as_bytes("Hello"))), "f248cdc9c90700");
}

TEST(Deflater, WritesTheEmptyMessageAsOneByte) {
    Deflater deflater;
    Inflater inflater;
    for (std::string const message : {"", "", "Hello", "", "Hello"}) {
        auto const payload_data = deflater.compress(as_bytes(message));
        EXPECT_EQ(to_hex(payload_data) == "00", message.empty());
        EXPECT_EQ(inflate(inflater, payload_data), Inflated{.text = message});
    }
}

TEST(Deflater, IsReadBackAtEveryWindowAndLevel) {
    for (int window_bits = 8; window_bits <= 15; ++window_bits)
        for (int level = 0; level <= 9; ++level) {
            Deflater deflater(window_bits, level);
            Inflater inflater(window_bits);
            for (std::size_t size : {1UL, 100UL, 70'000UL, 16'384UL, 3UL}) {
                auto const text = repetitive_text(size, static_cast<unsigned>(size));
                auto const payload_data = deflater.compress(as_bytes(text));
                ASSERT_EQ(inflate(inflater, payload_data, 999), Inflated{.text = text})
                    << window_bits << " bits, level " << level;
            }
        }
}

TEST(Deflater, KeepsItsDistancesWithinTheWindow) {
    for (int window_bits = 8; window_bits <= 15; ++window_bits)
        for (int level = 1; level <= 9; ++level) {
            Deflater deflater(window_bits, level);
            auto longest = std::uint32_t{0};
            for (unsigned message = 0; message < 4; ++message) {
                auto const text = repetitive_text(100'000, message);
                auto const walk = walk_blocks(deflater.compress(as_bytes(text)));
                ASSERT_FALSE(walk.corrupt);
                longest = std::max(longest, walk.longest_distance);
            }
            EXPECT_LE(longest, 1U << window_bits) << "level " << level;
            EXPECT_GE(longest, 200U) << "nothing was found to compress";
        }
}

TEST(Deflater, CompressesOutputLargerThanItsBuffer) {
    std::minstd_rand random(1);
    for (std::size_t size : {16'370UL, 16'379UL, 16'380UL, 16'384UL, 100'000UL}) {
        std::string noise;
        while (noise.size() < size) noise += static_cast<char>(random() >> 8 & 0xFF);
        Deflater deflater;
        Inflater inflater;
        for (int message = 0; message < 3; ++message)
            ASSERT_EQ(inflate(inflater, deflater.compress(as_bytes(noise))),
                      Inflated{.text = noise});
    }
}

TEST(Deflate, RefusesWindowsThatTheRfcDoesNotKnow) {
    EXPECT_THROW(Deflater(7), std::invalid_argument);
    EXPECT_THROW(Deflater(16), std::invalid_argument);
    EXPECT_THROW(Inflater(7), std::invalid_argument);
    EXPECT_THROW(Inflater(16), std::invalid_argument);
}

TEST(Deflate, CanBeMoved) {
    Deflater first;
    first.compress(as_bytes("Hello"));
    Deflater second = std::move(first);
    EXPECT_EQ(to_hex(second.compress(as_bytes("Hello"))), "f200110000");
    Inflater reader;
    inflate(reader, hex("f248cdc9c90700"));
    Inflater other;
    other = std::move(reader);
    EXPECT_EQ(inflate(other, hex("f200110000")), Inflated{.text = "Hello"});
}

}  // namespace
}  // namespace wsproof::wire
