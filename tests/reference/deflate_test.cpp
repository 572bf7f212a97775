#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reference_impl/protocol/permessage_deflate.hpp"
#include "reference_impl/wire/deflate.hpp"
#include "reference_impl/wire/extensions.hpp"
#include "tests/reference/kit.hpp"

namespace wsproof::reference {
namespace {

using namespace kit;
using ::testing::ElementsAre;

constexpr std::string_view plain_offer = "permessage-deflate";

/// The value of Sec-WebSocket-Extensions that answers this offer; "" for none.
std::string answer_to(std::string_view offer, DeflateOptions const& options = {}) {
    auto const offers = wire::parse_extensions(offer);
    auto const answer = accept_offer(offers.value(), options, {});
    return answer ? wire::write_extensions({answer->element}) : "";
}

TEST(PermessageDeflate, AnswersEveryParameter) {
    std::vector<std::pair<std::string, std::string>> const answers{
        {"", ""},
        {"; client_max_window_bits", ""},
        {"; client_no_context_takeover", ""},
        {"; server_no_context_takeover", "; server_no_context_takeover"},
        {"; server_max_window_bits=8", "; server_max_window_bits=8"},
        {"; server_max_window_bits=\"12\"", "; server_max_window_bits=12"},
        {"; server_max_window_bits=\"1\\2\"", "; server_max_window_bits=12"},
        {"; server_max_window_bits=15", "; server_max_window_bits=15"},
        {"; client_max_window_bits=9", "; client_max_window_bits=9"},
        {"; client_max_window_bits=15", ""},
    };
    for (auto const& [offer, answer] : answers)
        EXPECT_EQ(answer_to("permessage-deflate" + offer), "permessage-deflate" + answer) << offer;
}

TEST(PermessageDeflate, DeclinesOffersThatBreakTheRules) {
    for (auto const* parameters :
         {"unknown", "foo=bar", "server_no_context_takeover=1", "client_no_context_takeover=true",
          "server_no_context_takeover; server_no_context_takeover",
          "client_max_window_bits; client_max_window_bits=10", "server_max_window_bits",
          "server_max_window_bits=7", "server_max_window_bits=16", "server_max_window_bits=08",
          "server_max_window_bits=015", "server_max_window_bits=1e1", "server_max_window_bits=10.0",
          "server_max_window_bits=+10", "server_max_window_bits=-8",
          "server_max_window_bits=99999999999999999999", "client_max_window_bits=0",
          "client_max_window_bits=16", "client_max_window_bits=abc"})
        EXPECT_EQ(answer_to("permessage-deflate; " + std::string{parameters}), "") << parameters;
    EXPECT_EQ(answer_to("x-webkit-deflate-frame"), "");
}

TEST(PermessageDeflate, TakesTheFirstOfferThatWillDo) {
    EXPECT_EQ(answer_to("permessage-deflate; bogus, permessage-deflate; server_max_window_bits=9, "
                        "permessage-deflate"),
              "permessage-deflate; server_max_window_bits=9");
}

TEST(PermessageDeflate, KeepsToItsOwnLimits) {
    DeflateOptions const options{.server_no_context_takeover = true,
                                 .client_no_context_takeover = true,
                                 .server_max_window_bits = 10,
                                 .client_max_window_bits = 11};
    EXPECT_EQ(
        answer_to("permessage-deflate; client_max_window_bits; server_max_window_bits=12", options),
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
        "server_max_window_bits=10; client_max_window_bits=11");
    EXPECT_EQ(answer_to(plain_offer, options),
              "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
              "server_max_window_bits=10");
}

TEST(PermessageDeflate, IsLeftOutWhenSwitchedOff) {
    Options options;
    options.deflate.enabled = false;
    Endpoint endpoint{wire::Role::server, options};
    auto const outcome = feed(
        endpoint, wire::as_bytes(request({{"Sec-WebSocket-Extensions", "permessage-deflate"}})));
    EXPECT_EQ(outcome.events.front(), "opened - false");
}

std::vector<std::string> messages_from(std::vector<std::string_view> const& payloads,
                                       std::string_view extensions = plain_offer) {
    auto endpoint = server({}, {}, extensions);
    wire::Bytes bytes;
    for (auto const payload : payloads)
        wire::append(bytes, masked(compressed(Frame{wire::Opcode::text, hex(payload)})));
    return feed(endpoint, bytes).events;
}

TEST(PermessageDeflate, InflatesEveryFormOfBlock) {
    auto const hello = "text " + wire::to_hex(wire::as_bytes("Hello"));
    for (auto const* payload :
         {"f248cdc9c90700", "000500faff48656c6c6f00", "f24805000000ffffcac9c90700",
          "f348cdc9c9070000", "f3480500cac9c90700", "f248cdc9c907000000ffff"})
        EXPECT_THAT(messages_from({payload}), ElementsAre(hello)) << payload;
    EXPECT_THAT(messages_from({"00"}), ElementsAre("text "));
    EXPECT_THAT(messages_from({"0200"}), ElementsAre("text "));
    EXPECT_THAT(messages_from({"f248cdc9c90700", "f200110000"}), ElementsAre(hello, hello));
    EXPECT_THAT(messages_from({"f348cdc9c9070000", "f200110000"}), ElementsAre(hello, hello));
}

TEST(PermessageDeflate, FailsOnWhatCannotBeInflated) {
    for (auto const* payload : {"06", "000500faf048656c6c6f00", "4a04620000", "ffffffff"})
        EXPECT_TRUE(messages_from({payload}).back().starts_with("failed 1007")) << payload;
}

TEST(PermessageDeflate, ForgetsTheContextWhenSoAgreed) {
    DeflateOptions deflate{.client_no_context_takeover = true};
    auto endpoint = server({.deflate = deflate}, {}, plain_offer);
    auto const outcome =
        feed(endpoint, joined({masked(compressed(Frame{wire::Opcode::text, hex("f248cdc9c90700")})),
                               masked(compressed(Frame{wire::Opcode::text, hex("f200110000")}))}));
    EXPECT_TRUE(outcome.events.back().starts_with("failed 1007"));
}

TEST(PermessageDeflate, LeavesOtherFramesAndMessagesAlone) {
    auto endpoint = server({}, {}, plain_offer);
    auto const bytes =
        joined({masked(first(compressed(Frame{wire::Opcode::text, hex("f248cd")}))),
                masked(ping("abc")), masked(first(continuation("\xC9\xC9"))),
                masked(Frame{wire::Opcode::continuation, hex("0700")}), masked(text("plain")),
                masked(compressed(Frame{wire::Opcode::text, hex("f200110000")}))});
    EXPECT_THAT(feed(endpoint, bytes).events, ElementsAre("pinged 616263", "text 48656c6c6f",
                                                          "text 706c61696e", "text 48656c6c6f"));
}

TEST(PermessageDeflate, BoundsWhatInflates) {
    wire::Deflater deflater;
    auto const bomb = deflater.compress(wire::Bytes(16U << 20U));
    auto endpoint = server({.max_message_size = 1U << 20U}, {}, plain_offer);
    auto const outcome = feed(endpoint, masked(compressed(Frame{wire::Opcode::binary, bomb})));
    EXPECT_EQ(close_code_in(outcome.output), 1009U);
}

TEST(PermessageDeflate, BoundsMessagesThatAreNotCompressed) {
    auto endpoint = server({.max_message_size = 10}, {}, plain_offer);
    EXPECT_THAT(feed(endpoint, masked(text("0123456789"))).events,
                ElementsAre("text 30313233343536373839"));
    auto const pieces = joined({masked(first(text("0123456"))), masked(continuation("7890"))});
    EXPECT_EQ(close_code_in(feed(endpoint, pieces).output), 1009U);
}

TEST(PermessageDeflate, FailsAtTheFirstImpossibleByteOfInflatedText) {
    wire::Deflater deflater;
    auto const payload = deflater.compress(wire::as_bytes("a\xFF" + std::string(1000, 'b')));
    auto frame = masked(compressed(Frame{wire::Opcode::text, payload}));
    frame.pop_back();  // the end never comes
    auto endpoint = server({}, {}, plain_offer);
    EXPECT_EQ(close_code_in(feed(endpoint, frame).output), 1007U);
}

/// The two ends of one connection, joined until both are silent.
void pump(Endpoint& a, Endpoint& b) {
    while (a.has_output() || b.has_output()) {
        b.receive(a.take_output());
        a.receive(b.take_output());
    }
}

std::vector<std::string> received_by(Endpoint& endpoint) {
    std::vector<std::string> all;
    for (auto const& event : endpoint.take_events())
        if (auto const* received = std::get_if<event::Received>(&event))
            all.push_back(wire::to_text(received->message.data));
    return all;
}

/// Text that repeats itself at short and long distances.
std::string repetitive(std::size_t size, std::size_t period) {
    std::string text;
    std::uint32_t state = 1;
    while (text.size() < size) {
        if (text.size() >= period) {
            text += text[text.size() - period];
            continue;
        }
        state = state * 1664525U + 1013904223U;
        text += static_cast<char>('a' + (state >> 24U) % 26);
    }
    return text;
}

TEST(PermessageDeflate, WorksBetweenTheTwoRolesInEveryConfiguration) {
    std::vector<std::string> const messages{"",
                                            "Hello",
                                            "Hello",
                                            repetitive(5000, 200),
                                            repetitive(70000, 300),
                                            repetitive(70000, 20000),
                                            "Hello"};
    for (int const server_bits : {8, 9, 12, 15})
        for (int const client_bits : {8, 10, 15})
            for (unsigned flags = 0; flags < 4; ++flags) {
                DeflateOptions const deflate{.server_no_context_takeover = (flags & 1U) != 0,
                                             .client_no_context_takeover = (flags & 2U) != 0,
                                             .server_max_window_bits = server_bits,
                                             .client_max_window_bits = client_bits};
                Endpoint client{wire::Role::client, {.deflate = deflate, .seed = 1}};
                Endpoint server_end{wire::Role::server, {.seed = 2}};
                pump(client, server_end);
                ASSERT_EQ(client.state(), State::open);
                for (auto const& message : messages) {
                    client.send({MessageKind::text, wire::to_bytes(message)});
                    server_end.send({MessageKind::text, wire::to_bytes(message)});
                }
                pump(client, server_end);
                EXPECT_EQ(received_by(client), messages);
                EXPECT_EQ(received_by(server_end), messages);
                client.close(1000);
                pump(client, server_end);
                EXPECT_TRUE(server_end.transport_should_close());
            }
}

/// Compressed messages of a server that has agreed to this.
std::vector<wire::Bytes> sent_after(std::string_view offer,
                                    std::vector<std::string> const& messages) {
    auto endpoint = server({}, {}, offer);
    for (auto const& message : messages)
        endpoint.send({MessageKind::text, wire::to_bytes(message)});
    std::vector<wire::Bytes> payloads;
    for (auto const& frame : frames_in(endpoint.take_output())) {
        EXPECT_TRUE(frame.rsv1);
        payloads.push_back(frame.payload);
    }
    return payloads;
}

TEST(PermessageDeflate, KeepsItsDistancesWithinTheAgreedWindow) {
    for (int bits = 8; bits <= 15; ++bits) {
        auto const offer = "permessage-deflate; server_max_window_bits=" + std::to_string(bits);
        for (std::size_t const period : {100U, 400U, 3000U, 30000U}) {
            auto const payloads = sent_after(offer, {repetitive(65536, period)});
            EXPECT_LE(wire::walk_blocks(payloads.at(0)).longest_distance, 1U << bits) << period;
        }
    }
}

TEST(PermessageDeflate, SendsMessagesThatStandAloneWhenSoAgreed) {
    auto const text = repetitive(1000, 999);
    auto const alone = sent_after("permessage-deflate; server_no_context_takeover", {text, text});
    EXPECT_EQ(alone.at(0), alone.at(1));
    auto const kept = sent_after(plain_offer, {text, text});
    EXPECT_LT(kept.at(1).size(), kept.at(0).size() / 4);
}

TEST(PermessageDeflate, NeverCompressesControlFrames) {
    auto endpoint = server({}, {}, plain_offer);
    auto const frames = frames_in(feed(endpoint, masked(ping("aaaaaaaaaa"))).output);
    EXPECT_THAT(frames, ElementsAre(pong("aaaaaaaaaa")));
}

}  // namespace
}  // namespace wsproof::reference
