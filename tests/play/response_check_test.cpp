#include "harness/play/response_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/play/accept_diagnosis.hpp"
#include "harness/play/opening.hpp"
#include "reference_impl/wire/opening.hpp"

namespace wsproof::play {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view key = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view good =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

wire::HttpHead head(std::string const& text) {
    auto result = wire::parse_head(wire::as_bytes(text));
    EXPECT_EQ(result.state, wire::HeadState::complete);
    return result.head;
}

Response check(std::string const& response, std::string const& offers = "") {
    auto const request =
        "GET / HTTP/1.1\r\nSec-WebSocket-Key: " + std::string{key} + "\r\n" + offers + "\r\n";
    return check_response(head(response + "\r\n"), head(request));
}

std::vector<std::string> rules(Response const& response) {
    std::vector<std::string> ids;
    for (auto const& defect : response.defects) ids.push_back(defect.rule);
    return ids;
}

std::string replaced(std::string_view from, std::string_view to) {
    std::string text{good};
    return text.replace(text.find(from), from.size(), to);
}

TEST(ResponseCheck, FindsNothingInWhatInteroperates) {
    EXPECT_THAT(rules(check(std::string{good})), IsEmpty());
    EXPECT_THAT(rules(check(replaced("websocket", "WebSocket"))), IsEmpty());
    EXPECT_THAT(rules(check(replaced(": Upgrade", ": keep-alive, upgrade"))), IsEmpty());
    EXPECT_THAT(rules(check(replaced("Switching Protocols", ""))), IsEmpty());
    EXPECT_THAT(rules(check(std::string{good} +
                            "Server: caf\xe9\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n")),
                IsEmpty());
    EXPECT_THAT(
        rules(check(std::string{good} +
                        "Sec-WebSocket-Extensions: a\r\nSec-WebSocket-Extensions: b; x=1\r\n",
                    "Sec-WebSocket-Extensions: a, b\r\n")),
        IsEmpty());
    EXPECT_THAT(rules(check(std::string{good} + "Sec-WebSocket-Protocol: chat\r\n",
                            "Sec-WebSocket-Protocol: soap, chat\r\n")),
                IsEmpty());
}

TEST(ResponseCheck, NamesTheRuleOfEachDefect) {
    EXPECT_THAT(rules(check(replaced("Upgrade: websocket\r\n", ""))),
                ElementsAre("6455/4.2.2/upgrade-field"));
    EXPECT_THAT(rules(check(replaced("websocket", "websocket, h2c"))),
                ElementsAre("6455/4.2.2/upgrade-field"));
    EXPECT_THAT(rules(check(replaced("Connection: Upgrade\r\n", ""))),
                ElementsAre("6455/4.2.2/connection-field"));
    EXPECT_THAT(rules(check(replaced("s3pP", "s3pp"))), ElementsAre("6455/4.2.2/accept-value"));
    EXPECT_THAT(rules(check(std::string{good} + "Sec-WebSocket-Protocol: chat\r\n")),
                ElementsAre("6455/4.2.2/subprotocol-among-offered"));
    EXPECT_THAT(rules(check(std::string{good} + "Sec-WebSocket-Protocol: Chat\r\n",
                            "Sec-WebSocket-Protocol: chat\r\n")),
                ElementsAre("6455/4.2.2/subprotocol-among-offered"));
    EXPECT_THAT(rules(check(std::string{good} + "Sec-WebSocket-Extensions: x\r\n")),
                ElementsAre("6455/4.2.2/extensions-among-offered"));
    EXPECT_THAT(rules(check(std::string{good} + "Sec-WebSocket-Extensions: x, x\r\n",
                            "Sec-WebSocket-Extensions: x\r\n")),
                ElementsAre("6455/4.2.2/extensions-among-offered"));
    EXPECT_THAT(rules(check(std::string{good} + "Content-Length: 0\r\n")),
                ElementsAre("9110/8.6/no-content-length-in-101"));
    EXPECT_THAT(rules(check(std::string{good} + "Transfer-Encoding: chunked\r\n")),
                ElementsAre("9112/6.1/no-transfer-encoding-in-101"));
    EXPECT_THAT(rules(check(std::string{good} + "X: a\r\n b\r\n")),
                ElementsAre("9112/2/response-syntax"));
    EXPECT_THAT(rules(check("HTTP/1.1 426 Upgrade Required\r\n")),
                ElementsAre("9110/15.5.22/426-names-upgrade"));
    EXPECT_THAT(rules(check("HTTP/1.1 405 Method Not Allowed\r\n")),
                ElementsAre("9110/15.5.6/405-names-methods"));
    EXPECT_THAT(rules(check("HTTP/1.1 401 Unauthorized\r\n")),
                ElementsAre("9110/11.6.1/401-names-challenge"));
    EXPECT_THAT(rules(check(replaced("101 Switching", "200 Switching"))),
                ElementsAre("6455/4.2.2/status-101"));
}

/// RFC 7692 7: what has to be declined explains nothing.
TEST(ResponseCheck, AnswersOfDeflateAreExplainedByValidOffersAlone) {
    auto const rules_of = [](std::string const& offers, std::string const& answer) {
        return rules(check(std::string{good} + "Sec-WebSocket-Extensions: " + answer + "\r\n",
                           "Sec-WebSocket-Extensions: " + offers + "\r\n"));
    };
    std::string const answer = "permessage-deflate; client_max_window_bits=10";
    std::string const plain = ", permessage-deflate";
    EXPECT_THAT(rules_of("permessage-deflate; client_max_window_bits" + plain, answer), IsEmpty());
    for (auto const* bad : {"; unknown", "; server_max_window_bits=16", "; server_max_window_bits",
                            "; server_no_context_takeover=1", "; client_max_window_bits"})
        EXPECT_THAT(
            rules_of("permessage-deflate; client_max_window_bits=10" + (bad + plain), answer),
            ElementsAre("7692/7.1.2.2/client-max-window-bits-only-if-offered"))
            << bad;
}

/// Whether names of extensions are compared with their case, no RFC says.
TEST(ResponseCheck, TakesTheNameOfAnExtensionInAnyCase) {
    EXPECT_THAT(rules(check(std::string{good} + "Sec-WebSocket-Extensions: permessage-deflate\r\n",
                            "Sec-WebSocket-Extensions: Permessage-Deflate\r\n")),
                IsEmpty());
}

TEST(ResponseCheck, KnowsHowVersionsAreListed) {
    std::string const refusal = "HTTP/1.1 400 Bad Request\r\nSec-WebSocket-Version: ";
    EXPECT_TRUE(rules(check(refusal + "13\r\n")).empty());
    EXPECT_TRUE(rules(check(refusal + "13, 8\r\nSec-WebSocket-Version: 7\r\n")).empty());
    for (auto const* wrong : {"13; 8", "013", "256", "13.0", "hybi-13"})
        EXPECT_THAT(rules(check(refusal + wrong + "\r\n")),
                    ElementsAre("6455/4.3/version-list-syntax"))
            << wrong;
}

TEST(ResponseCheck, TellsWhatAClientHasToFailOver) {
    EXPECT_EQ(check(std::string{good} + "Content-Length: 0\r\n").fatal_defect(), nullptr);
    EXPECT_NE(check(replaced("websocket", "h2c")).fatal_defect(), nullptr);
}

TEST(ResponseCheck, LeavesAnAcceptForNoKeyToTheCases) {
    auto const response =
        check_response(head(std::string{good} + "\r\n"), head("GET / HTTP/1.1\r\n\r\n"));
    EXPECT_THAT(rules(response), IsEmpty());
}

TEST(ResponseCheck, ReadsTheAgreedCompression) {
    auto const response = check(std::string{good} +
                                    "Sec-WebSocket-Extensions: permessage-deflate; "
                                    "server_max_window_bits=10; server_no_context_takeover\r\n",
                                "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    auto const compression = compression_in(response);
    ASSERT_TRUE(compression);
    EXPECT_EQ(compression->window_bits, 10);
    EXPECT_FALSE(compression->takes_context_over);
    EXPECT_EQ(compression_in(response, wire::Role::client)->window_bits, 15);
    EXPECT_FALSE(compression_in(check(std::string{good})));
}

TEST(AcceptDiagnosis, NamesTheMistake) {
    auto const k = std::string{key};
    auto const lacking = wire::accept_value(k, wire::guid.substr(1));
    EXPECT_THAT(diagnose_accept(key, lacking), HasSubstr("58EAFA5-"));
    EXPECT_THAT(diagnose_accept(key, "b37a4f2cc0624f1690f64606cf385945b2bec4ea"),
                HasSubstr("hexadecimal"));
    auto const decoded = wire::to_text(wire::base64_decode(key)->bytes);
    EXPECT_THAT(diagnose_accept(key, wire::accept_value(decoded)), HasSubstr("decoded the key"));
    EXPECT_THAT(diagnose_accept(key, "S3PPLMBITXAQ9KYGZZHZRBK+XOO="), HasSubstr("letter case"));
    EXPECT_THAT(diagnose_accept("AQIDBAUGBwgJCgsMDQ4PEA==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
                HasSubstr("fixed value"));
    EXPECT_THAT(diagnose_accept(key, wire::accept_value(k, "")), HasSubstr("without the GUID"));
    EXPECT_THAT(diagnose_accept(key, "s3pPLMBiTxaQ9kYGzzhZRbK-xOo"), HasSubstr("URL-safe"));
    EXPECT_EQ(diagnose_accept(key, "c29tZXRoaW5nIGVsc2UgYWx0b2c="), "");
}

TEST(RequestCheck, NamesWhatIsMissing) {
    auto const request = [](std::string const& line, std::string const& fields) {
        return check_request(head(line + "\r\n" + fields + "\r\n")).defects;
    };
    std::string const fields =
        "Host: a\r\nUpgrade: WebSocket\r\nConnection: keep-alive, "
        "Upgrade\r\nSec-WebSocket-Version: 13\r\n";
    auto const with_key = fields + "Sec-WebSocket-Key: " + std::string{key} + "\r\n";
    EXPECT_THAT(request("GET / HTTP/1.1", with_key), IsEmpty());
    EXPECT_THAT(request("POST / HTTP/1.1", with_key), ElementsAre("the method is not GET"));
    EXPECT_THAT(request("GET / HTTP/1.0", with_key), ElementsAre("the version is not HTTP/1.1"));
    EXPECT_THAT(request("GET / HTTP/1.1", fields + "Sec-WebSocket-Key: AAAA\r\n"),
                ElementsAre("Sec-WebSocket-Key is not one value of 16 bytes"));
}

}  // namespace
}  // namespace wsproof::play
