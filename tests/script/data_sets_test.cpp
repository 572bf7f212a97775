#include "harness/script/data_sets.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "harness/script/payload.hpp"
#include "reference_impl/wire/deflate.hpp"
#include "reference_impl/wire/utf8.hpp"

namespace wsproof::script {
namespace {

constexpr std::array kinds{DataKind::json, DataKind::html, DataKind::document, DataKind::bitmap,
                           DataKind::text};

std::size_t characters_in(wire::ByteView bytes) {
    return static_cast<std::size_t>(std::ranges::count_if(
        bytes, [](std::byte b) { return (b & std::byte{0xC0}) != std::byte{0x80}; }));
}

TEST(DataSets, HaveTheSizeThatSlicesRelyOn) {
    for (auto const kind : kinds) {
        auto const set = data_set(kind);
        EXPECT_EQ(counts_bytes({kind}) ? set.size() : characters_in(set), data_set_size)
            << name_of(kind);
        EXPECT_EQ(counts_bytes({kind}), !wire::is_valid_utf8(set)) << name_of(kind);
    }
}

TEST(DataSets, SlicesFollowOneAnotherRoundAndRound) {
    for (auto const kind : kinds) {
        wire::Bytes together;
        for (std::size_t nth = 0; nth < 8; ++nth)
            wire::append(together, slice({kind, data_set_size / 8}, nth));
        EXPECT_TRUE(std::ranges::equal(together, data_set(kind))) << name_of(kind);
        EXPECT_EQ(slice({kind, data_set_size / 8}, 8), slice({kind, data_set_size / 8}, 0));
    }
}

TEST(DataSets, SlicesGoOnAtTheStartAndKeepCharactersWhole) {
    constexpr std::size_t odd = data_set_size / 3 + 1;
    for (auto const kind : kinds) {
        auto const last = slice({kind, odd}, 2);
        auto const begins = slice({kind, odd}, 0);
        EXPECT_FALSE(last.empty());
        if (counts_bytes({kind})) {
            EXPECT_EQ(last.size(), odd);
            EXPECT_EQ(last.at(odd - 1), begins.at(3 * odd - data_set_size - 1));
        } else {
            EXPECT_TRUE(wire::is_valid_utf8(last)) << name_of(kind);
            EXPECT_EQ(characters_in(last), odd) << name_of(kind);
        }
    }
    EXPECT_TRUE(slice({DataKind::text, 0}, 3).empty());
}

TEST(DataSets, AreOfTheKindsThatTheirNamesSay) {
    auto const packed = [](DataKind kind) {
        auto const set = data_set(kind);
        return static_cast<double>(wire::Deflater().compress(set).size()) /
               static_cast<double>(set.size());
    };
    // Markup repeats itself most; a document has images in it that are packed already.
    EXPECT_LT(packed(DataKind::json), packed(DataKind::bitmap));
    EXPECT_LT(packed(DataKind::html), packed(DataKind::bitmap));
    EXPECT_LT(packed(DataKind::bitmap), 0.5);
    EXPECT_LT(packed(DataKind::text), packed(DataKind::document));
    EXPECT_GT(packed(DataKind::document), 0.4);
    EXPECT_GT(data_set(DataKind::text).size(), data_set_size + data_set_size / 4);
    EXPECT_EQ(wire::to_text(slice({DataKind::document, 8}, 0)), "%PDF-1.4");
    EXPECT_EQ(wire::to_text(slice({DataKind::bitmap, 2}, 0)), "BM");
}

TEST(DataSets, KeepTheirCompressedSlices) {
    auto const first = compressed_slice({DataKind::json, 1024}, 3, 15);
    EXPECT_EQ(compressed_slice({DataKind::json, 1024}, 3 + data_set_size / 1024, 15), first);
    for (int const bits : {8, 9, 15}) {
        auto const stream = compressed_slice({DataKind::text, 4096}, 1, bits);
        wire::Bytes out;
        wire::Inflater inflater(bits);
        ASSERT_EQ(inflater.feed(*stream, out, 1U << 20U), wire::InflateStatus::ok);
        ASSERT_EQ(inflater.finish(out, 1U << 20U), wire::InflateStatus::ok);
        EXPECT_EQ(out, slice({DataKind::text, 4096}, 1));
    }
}

TEST(DataSets, ArePayloads) {
    Payload const json{Data{DataKind::json, 64}};
    EXPECT_EQ(evaluate(json, 1), slice({DataKind::json, 64}, 0));
    EXPECT_EQ(evaluate(json, 2, 5), slice({DataKind::json, 64}, 5));
    EXPECT_EQ(in_words(json), "64 characters of the data set json");
    EXPECT_EQ(in_words({Data{DataKind::bitmap, 1}}), "1 byte of the data set bitmap");
}

TEST(DataSets, MayBeCountedInBytes) {
    using Unit = Data::Unit;
    Data const bytes{DataKind::text, 1000, Unit::bytes};
    EXPECT_TRUE(counts_bytes(bytes));
    auto const set = data_set(DataKind::text);
    EXPECT_TRUE(std::ranges::equal(slice(bytes, 3), set.subspan(3000, 1000)));
    Data const quarter{DataKind::text, data_set_size / 4, Unit::bytes};
    EXPECT_EQ(slice(quarter, 0), slice(quarter, 4));
    EXPECT_EQ(in_words({bytes}), "1,000 bytes of the data set text");
}

}  // namespace
}  // namespace wsproof::script
