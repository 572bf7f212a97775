#include "fuzz/kit/include/wsproof/kit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "fuzz/kit/input.hpp"
#include "harness/script/load.hpp"
#include "reference_impl/protocol/endpoint.hpp"
#include "sessions.hpp"

namespace wsproof::kit {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using wire::Opcode;

/// The reference with one fault as an implementation in process.
Factory server_with(std::string_view fault) {
    reference::Faults faults;
    if (auto const known = reference::fault_named(fault)) faults.add(*known);
    return [faults] {
        auto endpoint =
            std::make_shared<reference::Endpoint>(wire::Role::server, reference::Options{}, faults);
        return [endpoint](std::optional<ByteView> arrived) {
            arrived ? endpoint->receive(*arrived) : endpoint->receive_end();
            for (auto const& event : endpoint->take_events())
                if (auto const* const received = std::get_if<reference::event::Received>(&event))
                    endpoint->send(received->message);
            auto output = endpoint->take_output();
            return Answer{std::move(output), endpoint->transport_should_close()};
        };
    };
}

std::string input_of(std::vector<script::FrameOutput> const& frames) {
    return *text_of(fuzz::session_with(frames), 4096);
}

std::string mutated(Target const& target, std::string const& input, unsigned seed,
                    std::size_t max_size = 4096) {
    std::vector<std::uint8_t> buffer(std::max(max_size, input.size()));
    std::ranges::copy(input, buffer.begin());
    buffer.resize(target.mutate(buffer.data(), input.size(), max_size, seed));
    return {buffer.begin(), buffer.end()};
}

TEST(Kit, PassesOverWhatIsNoSession) {
    Target const target({}, server_with(""));
    for (auto const* const text : {"", "\n", "{", "{}", "GET / HTTP/1.1"}) {
        auto const judgement = target.judge(text);
        EXPECT_FALSE(judgement.is_session) << text;
        EXPECT_TRUE(judgement) << text;
    }
}

TEST(Kit, WantsAFactory) {
    EXPECT_THROW(Target({}, Factory{}), std::invalid_argument);
}

TEST(Kit, ReportsWhatWasExpectedAndWhatCame) {
    auto frame = fuzz::frame_of(Opcode::text, "Hello");
    frame.rsv2 = true;
    Target const target({}, server_with("accepts-rsv2"));
    auto const judgement = target.judge(input_of({frame}));
    EXPECT_TRUE(judgement.is_session);
    EXPECT_THAT(judgement.signature, HasSubstr("6455/5.2/rsv-without-meaning-fails"));
    EXPECT_THAT(judgement.report, HasSubstr("expected"));
    EXPECT_THAT(judgement.report, HasSubstr("came"));
    EXPECT_THAT(judgement.report, HasSubstr("in whole writes"));
}

TEST(Kit, ItsFindingIsACaseThatCanBePlayed) {
    auto frame = fuzz::frame_of(Opcode::text, "Hello");
    frame.rsv2 = true;
    Target const target({}, server_with("accepts-rsv2"));
    auto const file = target.judge(input_of({frame})).finding;
    auto const loaded =
        script::load_case({.path = "f.jsonc", .text = file, .id = "found/f"}, fuzz::catalogue());
    ASSERT_THAT(loaded, SizeIs(1)) << file;
    auto const result = play::play(loaded.front(), {}, fuzz::reference_with("accepts-rsv2"));
    EXPECT_EQ(result.verdict, play::Verdict::fail);
    EXPECT_EQ(play::play(loaded.front(), {}, fuzz::reference_with("")).verdict,
              play::Verdict::pass);
}

TEST(Kit, FindsWhatOnlyPiecesShow) {
    auto const input = input_of({fuzz::frame_of(Opcode::text, "Hello")});
    Target const target({}, server_with("needs-whole-frames"));
    auto const judgement = target.judge(input);
    EXPECT_THAT(judgement.signature, Not(IsEmpty()));
    EXPECT_THAT(judgement.report, HasSubstr("byte by byte"));
}

TEST(Kit, LeavesOutWhatIsKnown) {
    auto frame = fuzz::frame_of(Opcode::text, "Hello");
    frame.rsv2 = true;
    Options options;
    options.known = {{"6455/5.2/rsv-without-meaning-fails", "\"text\"", "for this test"}};
    EXPECT_TRUE(Target(options, server_with("accepts-rsv2")).judge(input_of({frame})));
    options.known.front().input = "\"binary\"";
    EXPECT_FALSE(Target(options, server_with("accepts-rsv2")).judge(input_of({frame})));
}

TEST(Kit, TakesAnExceptionForAFinding) {
    Target const target({}, [] {
        return [](std::optional<ByteView>) -> Answer { throw std::runtime_error("out of luck"); };
    });
    auto const judgement = target.judge(input_of({fuzz::frame_of(Opcode::ping, "")}));
    EXPECT_THAT(judgement.signature, HasSubstr("out of luck"));
}

TEST(Kit, EndsTheProgramWithAFinding) {
    auto frame = fuzz::frame_of(Opcode::text, "Hello");
    frame.rsv2 = true;
    auto const input = input_of({frame});
    auto const run = [&](std::string_view fault) {
        Target const target({}, server_with(fault));
        target.run(reinterpret_cast<std::uint8_t const*>(input.data()), input.size());
    };
    run("");
    EXPECT_DEATH(run("accepts-rsv2"), "rsv-without-meaning-fails");
}

/// A library of frames alone: it gets what comes behind the opening handshake.
TEST(Kit, AnswersTheOpeningHandshakeForWhoHasNone) {
    for (auto const* const fault : {"", "accepts-rsv2"}) {
        auto const whole = server_with(fault);
        Factory const frames_alone = [&whole] {
            auto const server = whole();
            constexpr std::string_view request =
                "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                "Connection: Upgrade\r\nSec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n"
                "Sec-WebSocket-Version: 13\r\n\r\n";
            server(wire::as_bytes(request));
            return server;
        };
        Target const target({.has_opening = false}, frames_alone);
        auto frame = fuzz::frame_of(Opcode::text, "Hello");
        EXPECT_TRUE(target.judge(input_of({frame})));
        frame.rsv2 = true;
        EXPECT_EQ(static_cast<bool>(target.judge(input_of({frame}))), std::string(fault).empty());
    }
}

TEST(Kit, NeverAccusesTheReference) {
    Target const target({.offers_deflate = true, .strict = true}, server_with(""));
    std::string input;
    for (unsigned seed = 0; seed < 1'500; ++seed) {
        input = mutated(target, seed % 8 == 0 ? "" : input, seed);
        auto const judgement = target.judge(input);
        ASSERT_TRUE(judgement.is_session) << input;
        ASSERT_TRUE(judgement) << judgement.report;
    }
}

TEST(Kit, NeverAccusesTheReferenceOverItsSeeds) {
    Target const target({.offers_deflate = true, .strict = true}, server_with(""));
    auto const inputs = seeds();
    EXPECT_GT(inputs.size(), 500U);
    for (auto const& input : inputs) {
        auto const judgement = target.judge(input);
        ASSERT_TRUE(judgement) << judgement.report;
    }
}

TEST(Kit, MutatesTheSameWayFromTheSameSeed) {
    Target const target({}, server_with(""));
    auto const input = mutated(target, "", 1);
    EXPECT_EQ(input, mutated(target, "", 1));
    EXPECT_NE(input, mutated(target, "", 2));
    EXPECT_EQ(mutated(target, input, 3), mutated(target, input, 3));
}

TEST(Kit, KeepsWithinTheSizeItIsGiven) {
    Target const target({}, server_with(""));
    for (unsigned seed = 0; seed < 300; ++seed) {
        auto const input = mutated(target, "", seed, 300);
        ASSERT_LE(input.size(), 300U);
        ASSERT_TRUE(session_in(input).has_value()) << input;
    }
    EXPECT_EQ(mutated(target, "x", 1, 1), "x");
}

TEST(Kit, CrossesTwoSessions) {
    Target const target({}, server_with(""));
    auto const one = input_of({fuzz::frame_of(Opcode::text, "one")});
    auto const other = input_of({fuzz::frame_of(Opcode::text, "other")});
    std::vector<std::uint8_t> out(4096);
    bool both = false;
    for (unsigned seed = 0; seed < 50; ++seed) {
        auto const size = target.cross(one, other, out.data(), out.size(), seed);
        std::string const text(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size));
        both = both ||
               (text.find("one") != std::string::npos && text.find("other") != std::string::npos);
    }
    EXPECT_TRUE(both);
    EXPECT_EQ(target.cross(one, "no session", out.data(), out.size(), 1), 0U);
}

}  // namespace
}  // namespace wsproof::kit
