#include "harness/play/reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/play/assembler.hpp"
#include "harness/play/outgoing.hpp"
#include "reference_impl/wire/deflate.hpp"
#include "tests/play/kit.hpp"

namespace wsproof::play {
namespace {

using kit::hex;
using wire::Opcode;

template <class T>
T take(Reader& reader) {
    auto item = reader.next();
    EXPECT_TRUE(item && std::holds_alternative<T>(*item));
    return item && std::holds_alternative<T>(*item) ? std::get<T>(std::move(*item)) : T{};
}

TEST(Reader, ReadsFramesHoweverTheyAreCut) {
    auto const bytes =
        hex("818537fa213d7f9f4d5158"
            "8900");
    Reader reader{Reader::Mode::frames};
    std::vector<Frame> frames;
    for (auto const byte : bytes) {
        reader.feed(wire::ByteView{&byte, 1});
        while (auto item = reader.next()) frames.push_back(std::get<Frame>(std::move(*item)));
    }
    ASSERT_EQ(frames.size(), 2U);
    EXPECT_EQ(wire::to_text(frames[0].payload), "Hello");
    EXPECT_EQ(frames[1].header.opcode, Opcode::ping);
    EXPECT_EQ(reader.unfinished(), 0U);
}

TEST(Reader, PassesOverTheContentOfARefusal) {
    for (std::string_view const content :
         {"Content-Length: 5\r\n\r\nHello",
          "Transfer-Encoding: chunked\r\n\r\n3\r\nHel\r\n2;x=1\r\nlo\r\n0\r\nTrailer: t\r\n\r\n"}) {
        auto const text = "HTTP/1.1 400 Bad Request\r\n" + std::string{content} +
                          "HTTP/1.1 101 Switching Protocols\r\n\r\n";
        Reader reader{Reader::Mode::response};
        reader.feed(wire::as_bytes(text));
        auto const head = take<wire::HttpHead>(reader);
        reader.read_body(head);
        EXPECT_EQ(wire::to_text(take<Body>(reader).bytes), "Hello");
        EXPECT_EQ(take<wire::HttpHead>(reader).start_line, "HTTP/1.1 101 Switching Protocols");
    }
}

TEST(Reader, TakesContentWithoutLengthToTheEnd) {
    Reader reader{Reader::Mode::response};
    reader.feed(wire::as_bytes("HTTP/1.1 404 Not Found\r\n\r\n<html>"));
    reader.read_body(take<wire::HttpHead>(reader));
    EXPECT_EQ(wire::to_text(take<Body>(reader).bytes), "<html>");
    EXPECT_EQ(reader.mode(), Reader::Mode::body_to_the_end);
}

TEST(Reader, SaysNothingMoreBehindTheUnreadable) {
    Reader reader{Reader::Mode::response};
    reader.feed(hex("160301"));
    EXPECT_FALSE(take<Unreadable>(reader).words.empty());
    reader.feed(wire::as_bytes("HTTP/1.1 101 x\r\n\r\n"));
    EXPECT_FALSE(reader.next());
}

wire::FrameHeader part(Opcode opcode, bool fin, bool rsv1 = false) {
    wire::FrameHeader header{.fin = fin, .rsv1 = rsv1, .opcode = opcode};
    return header;
}

TEST(Assembler, JoinsFragments) {
    Assembler assembler;
    EXPECT_FALSE(assembler.add(part(Opcode::text, false), wire::as_bytes("Hel")));
    auto const assembled = assembler.add(part(Opcode::continuation, true), wire::as_bytes("lo"));
    ASSERT_TRUE(assembled);
    EXPECT_EQ(wire::to_text(assembled->message.payload), "Hello");
    EXPECT_FALSE(assembler.add(part(Opcode::continuation, true), wire::as_bytes("!")));
}

TEST(Assembler, InflatesWithTheWindowOfEarlierMessages) {
    Assembler assembler;
    assembler.compressed({});
    auto const first = assembler.add(part(Opcode::text, true, true), hex("f248cdc9c90700"));
    auto const second = assembler.add(part(Opcode::text, true, true), hex("f200110000"));
    ASSERT_TRUE(first && second);
    EXPECT_EQ(wire::to_text(first->message.payload), "Hello");
    EXPECT_EQ(wire::to_text(second->message.payload), "Hello");
}

TEST(Assembler, HoldsThePeerToItsPromiseOfNoContextTakeover) {
    Assembler assembler;
    assembler.compressed({.takes_context_over = false});
    EXPECT_TRUE(assembler.add(part(Opcode::text, true, true), hex("f248cdc9c90700"))->inflates);
    EXPECT_FALSE(assembler.add(part(Opcode::text, true, true), hex("f200110000"))->inflates);
}

TEST(Outgoing, KnowsWhereWeStand) {
    Outgoing ours{wire::Role::client};
    ours.add(hex("818537fa"), true);
    EXPECT_FALSE(ours.between_frames());
    ours.add(hex("213d7f9f4d5158"), true);
    EXPECT_TRUE(ours.between_messages());
    EXPECT_TRUE(ours.sent_message(wire::as_bytes("Hello")));
    ours.add(hex("018037fa213d"), true);
    EXPECT_TRUE(ours.between_frames());
    EXPECT_FALSE(ours.between_messages());
    EXPECT_FALSE(ours.close_sent());
    ours.add(hex("8802"
                 "03e8"),
             true);  // unmasked: nobody has to take it for a Close
    EXPECT_FALSE(ours.close_sent());
    ours.add(hex("888200000000"
                 "03e9"),
             true);
    EXPECT_TRUE(ours.close_sent());
    EXPECT_EQ(ours.close_code(), 1001);
}

TEST(Outgoing, RemembersThePingThatStandsLast) {
    Outgoing ours{wire::Role::server};
    ours.add(hex("890161"), true);
    EXPECT_EQ(ours.ping_sent_last(), hex("61"));
    ours.add(hex("890162"), false);  // of the harness itself
    EXPECT_TRUE(ours.take_answered_ping(hex("61")));
    EXPECT_FALSE(ours.take_answered_ping(hex("61")));
    EXPECT_FALSE(ours.take_answered_ping(hex("62")));
    ours.add(hex("8100"), true);
    EXPECT_FALSE(ours.ping_sent_last());
}

}  // namespace
}  // namespace wsproof::play
