#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reference_impl/wire/opening.hpp"
#include "tests/reference/kit.hpp"

namespace wsproof::reference {
namespace {

using namespace kit;
using ::testing::HasSubstr;

/// A client that has sent its request, and the accept value it waits for.
struct Asking {
    explicit Asking(Options const& options = {}, Faults const& faults = {})
        : endpoint{wire::Role::client, options, faults} {
        request = wire::to_text(endpoint.take_output());
        auto const head = wire::parse_head(wire::as_bytes(request)).head;
        accept = wire::accept_value(head.value_of("Sec-WebSocket-Key").value_or(""));
    }

    State answer(std::string const& response_text) {
        outcome = feed(endpoint, wire::as_bytes(response_text));
        return endpoint.state();
    }
    State answer(Fields const& changes) { return answer(response(changes, accept)); }

    Endpoint endpoint;
    std::string request;
    std::string accept;
    Outcome outcome;
};

TEST(OpeningClient, AsksAsTheRfcWantsIt) {
    Options const options{.subprotocols = {"a", "b"},
                          .host = "server.test:8080",
                          .resource_name = "/chat?x",
                          .extra_fields = {{"Origin", "http://a.test"}}};
    Asking const asking{options};
    EXPECT_TRUE(asking.request.starts_with("GET /chat?x HTTP/1.1\r\nHost: server.test:8080\r\n"));
    for (auto const* line :
         {"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Protocol: a, b", "Origin: http://a.test",
          "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"})
        EXPECT_THAT(asking.request, HasSubstr("\r\n" + std::string{line} + "\r\n"));
}

TEST(OpeningClient, OpensOnACorrectResponse) {
    EXPECT_EQ(Asking{}.answer(Fields{}), State::open);
    EXPECT_EQ(Asking{}.answer({{"Upgrade", "WebSocket"}}), State::open);
    EXPECT_EQ(Asking{}.answer({{"Connection", "keep-alive, upgrade"}}), State::open);
    EXPECT_EQ(Asking{}.answer({{"Set-Cookie", "a=b"}}), State::open);
    EXPECT_EQ(Asking{}.answer({{"Sec-WebSocket-Extensions", "permessage-deflate"}}), State::open);
    Asking spaced;
    EXPECT_EQ(spaced.answer({{"Sec-WebSocket-Accept", "  " + spaced.accept + "\t"}}), State::open);
    Asking chatty{{.subprotocols = {"a", "b"}}};
    EXPECT_EQ(chatty.answer(Fields{{"Sec-WebSocket-Protocol", "b"}}), State::open);
}

TEST(OpeningClient, PassesOverInterimResponses) {
    Asking asking;
    EXPECT_EQ(asking.answer(
                  "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" +
                  response({}, asking.accept)),
              State::open);
}

TEST(OpeningClient, ReadsFramesBehindTheResponse) {
    Asking asking;
    asking.answer(response({}, asking.accept) + std::string{"\x81\x02hi", 4});
    EXPECT_EQ(asking.outcome.events.back(), "text 6869");
}

TEST(OpeningClient, RefusesOtherResponses) {
    std::vector<Fields> const changes{
        {{"Upgrade", "h2c"}},
        {{"Upgrade", "websocket, h2c"}},
        {{"Upgrade", "websocketx"}},
        {{"Connection", "close"}},
        {{"Connection", "upgraded"}},
        {{"Sec-WebSocket-Accept", ""}},
        {{"Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="}},
        {{"Sec-WebSocket-Extensions", "x-unasked"}},
        {{"Sec-WebSocket-Extensions", "permessage-deflate, permessage-deflate"}},
        {{"Sec-WebSocket-Extensions", "permessage-deflate, x-unasked"}},
        {{"Sec-WebSocket-Extensions", "permessage-deflate; ;"}},
        {{"Sec-WebSocket-Extensions", ","}},
        {{"Sec-WebSocket-Extensions", "permessage-deflate; foo"}},
        {{"Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits"}},
        {{"Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=16"}},
        {{"Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=08"}},
        {{"Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"}},
        {{"Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits=7"}},
        {{"Sec-WebSocket-Extensions", "permessage-deflate; server_no_context_takeover=1"}},
        {{"Sec-WebSocket-Extensions",
          "permessage-deflate; server_no_context_takeover; server_no_context_takeover"}},
        {{"Sec-WebSocket-Protocol", "c"}},
        {{"Sec-WebSocket-Protocol", "A"}},
        {{"Sec-WebSocket-Protocol", ""}},
        {{"Sec-WebSocket-Protocol", "a, b"}},
    };
    for (auto const& change : changes) {
        Asking asking{{.subprotocols = {"a", "b"}}};
        EXPECT_EQ(asking.answer(change), State::closed) << change.front().value;
        EXPECT_TRUE(asking.outcome.transport_closes) << change.front().value;
        EXPECT_TRUE(asking.outcome.output.empty());
    }
}

TEST(OpeningClient, RefusesResponsesOfOtherKinds) {
    for (std::string const text :
         {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 426 Upgrade Required\r\n\r\n",
          "220 mail.test ESMTP\r\n", "HTTP/1.1 1 x\r\n\r\n", "\x16\x03\x03", "\x81\x02hi",
          "HTTP/1.1 101 S\r\nUpgrade websocket\r\n\r\n", "HTTP/1.1 101 S\n\n"}) {
        Asking asking;
        EXPECT_EQ(asking.answer(text), State::closed) << text;
        EXPECT_TRUE(asking.outcome.transport_closes);
    }
    Asking old;
    auto text = response({}, old.accept);
    EXPECT_EQ(old.answer(text.replace(0, 8, "HTTP/1.0")), State::closed);
    Asking twice;
    text = response({}, twice.accept);
    text.insert(text.size() - 2, "Sec-WebSocket-Accept: " + twice.accept + "\r\n");
    EXPECT_EQ(twice.answer(text), State::closed);
}

TEST(OpeningClient, TellsTheStatusItGot) {
    Asking asking;
    asking.answer("HTTP/1.1 403 Forbidden\r\n\r\n");
    EXPECT_THAT(asking.outcome.events.back(), HasSubstr("refused 403"));
}

TEST(OpeningClient, GivesUpOnEndlessHeads) {
    Asking asking;
    EXPECT_EQ(asking.answer("HTTP/1.1 101 S\r\nX: " + std::string(1U << 20U, 'x')), State::closed);
    Asking interim;
    std::string endless;
    for (int i = 0; i < 5000; ++i) endless += "HTTP/1.1 100 Continue\r\n\r\n";
    EXPECT_EQ(interim.answer(endless), State::closed);
}

TEST(OpeningClient, RefusesADeflateAnswerThatIgnoresTheOffer) {
    Options options;
    options.deflate.server_no_context_takeover = true;
    EXPECT_EQ(Asking{options}.answer({{"Sec-WebSocket-Extensions", "permessage-deflate"}}),
              State::closed);
    options = {};
    options.deflate.server_max_window_bits = 10;
    auto const answer = [&](std::string const& value) {
        return Asking{options}.answer({{"Sec-WebSocket-Extensions", value}});
    };
    EXPECT_EQ(answer("permessage-deflate"), State::closed);
    EXPECT_EQ(answer("permessage-deflate; server_max_window_bits=11"), State::closed);
    EXPECT_EQ(answer("permessage-deflate; server_max_window_bits=10"), State::open);
    EXPECT_EQ(answer("permessage-deflate; server_max_window_bits=\"9\""), State::open);
}

}  // namespace
}  // namespace wsproof::reference
