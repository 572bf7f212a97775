#include "fuzz/model.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fuzz/finding.hpp"
#include "fuzz/generate.hpp"
#include "fuzz/mutate.hpp"
#include "harness/script/load.hpp"
#include "harness/script/write.hpp"
#include "sessions.hpp"

namespace wsproof::fuzz {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using wire::Opcode;

class Modelled : public testing::Test {
protected:
    Judged judge(Session const& session) const { return model_.judge(session, 1); }

    std::vector<std::string> asked(Session const& session) const {
        std::vector<std::string> asked;
        for (auto const& question : judge(session).questions)
            if (!question.about.empty() && question.about != "the opening handshake")
                asked.push_back(question.about);
        return asked;
    }

    std::string signature(Session const& session, std::string_view fault, bool strict = false) {
        auto const judged = judge(session);
        auto const result = play::play(judged.variant, setting_, reference_with(fault));
        return signature_of(judged, result, {catalogue(), strict});
    }

    Model model_{catalogue(), {}};
    play::Setting setting_ = {};
};

TEST_F(Modelled, AMessageIsEchoed) {
    EXPECT_THAT(asked(session_with({frame_of(Opcode::text, "Hello")})),
                ElementsAre("the echo of a text message", "that it goes on"));
}

TEST_F(Modelled, NothingIsAskedOfAServerThatDoesNotEchoButThatItGoesOn) {
    Model const silent{catalogue(), {.echoes_text = false, .echoes_binary = false}};
    auto const judged = silent.judge(session_with({frame_of(Opcode::text, "Hello")}), 1);
    for (auto const& question : judged.questions)
        EXPECT_THAT(question.about, Not(HasSubstr("echo")));
}

TEST_F(Modelled, OfSeveralPingsTheLastOneMayDo) {
    Session session;
    session.writes = {{{frame_of(Opcode::ping, "1"), frame_of(Opcode::ping, "2")}}};
    EXPECT_THAT(asked(session), ElementsAre("that it goes on", "that it goes on"));
    EXPECT_EQ(signature(session, "answers-every-other-ping"), "");
    EXPECT_THAT(signature(session, "never-answers-pings"), HasSubstr("no answer"));
}

TEST_F(Modelled, TextIsJudgedOnlyWhenItIsWhole) {
    auto const session = session_with({frame_of(Opcode::text, "\xFF", false)});
    auto const text = script::write(judge(session).variant);
    EXPECT_THAT(text, HasSubstr(R"({ "continuation": "" })")) << text;
    EXPECT_EQ(signature(session, ""), "");
    EXPECT_THAT(signature(session, "accepts-invalid-utf8"),
                HasSubstr("the text is not UTF-8 (8.1): pong"));
}

TEST_F(Modelled, NothingIsAskedWhereTheRfcLetsAFaultOff) {
    auto frame = frame_of(Opcode::text, "Hello");
    frame.length_bits = wire::LengthForm::bits_16;
    EXPECT_THAT(asked(session_with({frame})), IsEmpty());
}

TEST_F(Modelled, NothingIsAskedBehindAFrameThatLacksItsEnd) {
    auto frame = frame_of(Opcode::text, "Hello");
    frame.declares = 100;
    EXPECT_THAT(asked(session_with({frame})), IsEmpty());
}

TEST_F(Modelled, NothingIsAskedBehindCompressedDataThatStopWithinABlock) {
    // "He" of "Hello", and no data at all: zlib takes either for what there is. The third ends with
    // its block, to the bit, so that the header of the tail's has no place (RFC 7692 7.2.1); the
    // stored block of the last takes the tail for its data.
    using namespace std::string_literals;
    for (auto const& data :
         {"\xF2\x48\xCD"s, ""s,
          "\x7a\x36\x7d\xe9\xb3\x39\x6b\xce\xed\x3a\xdf\x73\xbe\xf9\xdc\x9e\x73\x5b\x00"s,
          "\x00\x04\x00\xfb\xff"s}) {
        auto frame = frame_of(Opcode::binary, data);
        frame.rsv1 = true;
        auto session = session_with({frame, frame_of(Opcode::ping, "")});
        session.extension = "permessage-deflate";
        EXPECT_THAT(asked(session), IsEmpty());
    }
}

TEST_F(Modelled, TextThatIsNoTextIsJudgedWhereItsCompressedDataAreSound) {
    // The first code of a pair of length and distance does not exist, behind bytes that are no
    // UTF-8: either fault may be told.
    auto frame = frame_of(Opcode::text, "\xF2\x7F\x3B");
    frame.rsv1 = true;
    auto session = session_with({frame});
    session.extension = "permessage-deflate";
    EXPECT_THAT(asked(session), IsEmpty());
    frame.payload = {script::Deflate{{payload_of(wire::as_bytes("\xFF"))}}};
    session.writes = {{{frame}}};
    EXPECT_THAT(asked(session),
                ElementsAre("the end of the connection, for the text is not UTF-8 (8.1)"));
}

TEST_F(Modelled, ACodeThatNobodyMaySendMayBeTakenButNotSentBack) {
    script::FrameOutput close;
    close.opcode = Opcode::close;
    close.payload = {script::CloseBody{1005, {}}};
    auto const session = session_with({close});
    EXPECT_EQ(signature(session, "accepts-any-close-code"), "");
    EXPECT_THAT(signature(session, "echoes-any-close-code"), HasSubstr("Close 1005"));
}

TEST_F(Modelled, WhatComesBehindACloseIsNotJudgedByItself) {
    Session session;
    session.writes = {{{frame_of(Opcode::close, ""), frame_of(Opcode::text, "late")}}};
    EXPECT_THAT(asked(session),
                ElementsAre("the answer to a Close frame", "the end behind the Close frames"));
    EXPECT_EQ(signature(session, ""), "");
    EXPECT_THAT(signature(session, "answers-data-after-close"),
                HasSubstr("6455/5.5.1/nothing-after-close"));
}

TEST_F(Modelled, OnlyWholePlainMessagesComeBehindAClose) {
    Session session;
    auto compressed = frame_of(Opcode::text, "late");
    compressed.rsv1 = true;
    session.writes = {
        {{frame_of(Opcode::close, ""), frame_of(Opcode::text, "la", false),
          frame_of(Opcode::continuation, "te"), compressed, frame_of(Opcode::ping, "")}}};
    auto const text = script::write(judge(session).variant);
    EXPECT_THAT(text, Not(HasSubstr("late"))) << text;
    EXPECT_THAT(text, HasSubstr("\"ping\""));
}

TEST_F(Modelled, AnotherCodeThanTheFittingOneIsForTheStrict) {
    auto frame = frame_of(Opcode::text, "Hello");
    frame.rsv2 = true;
    EXPECT_EQ(signature(session_with({frame}), "closes-with-wrong-code"), "");
    EXPECT_NE(signature(session_with({frame}), "closes-with-wrong-code", true), "");
}

TEST_F(Modelled, TrafficComesBetweenTheOpeningHandshakeAndTheCase) {
    Session session = session_with({frame_of(Opcode::text, "before")});
    session.base = catalogue().find("framing/rsv-bit-set#text");
    if (session.base == nullptr) session.base = catalogue().of_case("framing/rsv-bit-set").front();
    session.fields = {{"X-Wsproof", {"1"}}};
    auto const text = script::write(judge(session).variant);
    EXPECT_THAT(text, HasSubstr("X-Wsproof"));
    EXPECT_LT(text.find("before"), text.find("still here?"));
    EXPECT_EQ(signature(session, ""), "");
}

TEST(SessionOfCase, IsWhatItSends) {
    auto const session =
        session_with({frame_of(Opcode::text, "Hello"), frame_of(Opcode::ping, "")});
    Model const model{catalogue(), {}};
    auto const again = session_of(model.judge(session, 1).variant);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(*again, session);
    EXPECT_FALSE(session_of(*catalogue().of_case("opening/key-missing").front()).has_value());
}

TEST(CaseOfSession, IsTheSameSessionAgainWhenItsFileIsRead) {
    Dice dice{3};
    for (int i = 0; i < 300; ++i) {
        auto session = legal_session(dice, {});
        for (auto left = dice.below(4); left > 0; --left) mutate(session, dice, {});
        std::erase_if(session.writes, [](auto const& write) { return write.outputs.empty(); });
        auto const text = script::write(case_of(session));
        auto const loaded =
            script::load_case({.path = "s.jsonc", .text = text, .id = "kept/s"}, catalogue());
        ASSERT_EQ(loaded.size(), 1U);
        auto const again = session_of(loaded.front());
        ASSERT_TRUE(again.has_value()) << text;
        ASSERT_EQ(script::write(case_of(*again)), text);
    }
}

}  // namespace
}  // namespace wsproof::fuzz
