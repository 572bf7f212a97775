#include "reference_impl/wire/http_head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsproof::wire {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string const request_line = "GET /chat HTTP/1.1\r\n";
std::string const request = request_line +
                            "Host: server.example.com\r\n"
                            "Upgrade: websocket\r\n"
                            "Connection: keep-alive, Upgrade\r\n"
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            "\r\n";

HttpHead read(std::string_view text) {
    auto const result = parse_head(as_bytes(text));
    EXPECT_EQ(result.state, HeadState::complete) << text;
    EXPECT_EQ(result.head.raw, text.substr(0, result.size));
    return result.head;
}

/// The head that these field lines make.
HttpHead with_fields(std::string_view lines) {
    return read(request_line + std::string(lines) + "\r\n");
}

TEST(HttpHead, KeepsALegalHeadAsItCame) {
    auto const result = parse_head(as_bytes(request));
    ASSERT_EQ(result.state, HeadState::complete);
    EXPECT_EQ(result.size, request.size());
    EXPECT_EQ(result.head.raw, request);
    EXPECT_EQ(result.head.start_line, "GET /chat HTTP/1.1");
    EXPECT_THAT(result.head.anomalies, IsEmpty());
    EXPECT_THAT(
        result.head.fields,
        ElementsAre(HeaderField{"Host", "server.example.com"}, HeaderField{"Upgrade", "websocket"},
                    HeaderField{"Connection", "keep-alive, Upgrade"},
                    HeaderField{"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}));
}

TEST(HttpHead, IsIncompleteAtEveryShorterLength) {
    for (std::size_t size = 0; size < request.size(); ++size)
        EXPECT_EQ(parse_head(as_bytes(request).first(size)).state, HeadState::incomplete) << size;
}

TEST(HttpHead, LeavesWhatFollowsTheEmptyLine) {
    auto const result = parse_head(as_bytes(request + "\x81\x05Hello"));
    EXPECT_EQ(result.state, HeadState::complete);
    EXPECT_EQ(result.size, request.size());
    EXPECT_EQ(result.head.raw, request);
}

TEST(HttpHead, FindsFieldsInAnyCaseAndOrder) {
    auto const head = with_fields("uPGRADE: a\r\nX: b\r\nUpgrade: c, d\r\nupgrade:\r\n");
    EXPECT_THAT(head.values_of("Upgrade"), ElementsAre("a", "c, d", ""));
    EXPECT_EQ(head.value_of("UPGRADE"), "a");
    EXPECT_THAT(head.elements_of("upgrade"), ElementsAre("a", "c", "d"));
    EXPECT_EQ(head.value_of("Host"), std::nullopt);
    EXPECT_THAT(head.values_of("Upgrad"), IsEmpty());
    EXPECT_THAT(head.elements_of("Origin"), IsEmpty());
}

TEST(HttpHead, ReadsWhiteSpaceAroundValuesAndEmptyValues) {
    auto const head = with_fields("A:1\r\nB: \t  2 \t\r\nC:\r\nD:  \r\nE: a:b\r\n");
    EXPECT_THAT(head.fields,
                ElementsAre(HeaderField{"A", "1"}, HeaderField{"B", "2"}, HeaderField{"C", ""},
                            HeaderField{"D", ""}, HeaderField{"E", "a:b"}));
    EXPECT_THAT(head.anomalies, IsEmpty());
}

TEST(HttpHead, NotesWhiteSpaceBeforeTheColon) {
    for (std::string const name : {"Upgrade ", "Upgrade\t", "Upgrade \t "}) {
        auto const head = with_fields(name + ": websocket\r\n");
        EXPECT_THAT(head.fields, ElementsAre(HeaderField{"Upgrade", "websocket"}));
        EXPECT_THAT(head.anomalies, ElementsAre("white space before the colon"));
    }
}

TEST(HttpHead, ReadsAFoldAsASpaceAndNotesIt) {
    auto const head = with_fields("Connection: keep-alive,\r\n Upgrade\r\n\t \r\nX:\r\n y\r\n");
    EXPECT_THAT(head.fields, ElementsAre(HeaderField{"Connection", "keep-alive, Upgrade"},
                                         HeaderField{"X", "y"}));
    EXPECT_THAT(head.anomalies, ElementsAre("obs-fold"));
    EXPECT_EQ(with_fields("Sec-WebSocket-Key: dGhl\r\n IHNh\r\n").value_of("sec-websocket-key"),
              "dGhl IHNh");
}

TEST(HttpHead, NeverReadsAFieldOutOfAFold) {
    auto const head = with_fields("X: y\r\n Upgrade: websocket\r\n");
    EXPECT_EQ(head.value_of("Upgrade"), std::nullopt);
    EXPECT_THAT(head.fields, ElementsAre(HeaderField{"X", "y Upgrade: websocket"}));
}

TEST(HttpHead, IgnoresWhiteSpaceBeforeTheFirstFieldAndNotesIt) {
    auto const head = with_fields(" Upgrade: websocket\r\nHost: a\r\n");
    EXPECT_THAT(head.fields, ElementsAre(HeaderField{"Host", "a"}));
    EXPECT_THAT(head.anomalies, ElementsAre("white space before the first field"));
}

TEST(HttpHead, NotesLinesThatAreNoFields) {
    EXPECT_THAT(with_fields("nonsense\r\nA: 1\r\n").anomalies, ElementsAre("line without a colon"));
    EXPECT_THAT(with_fields("nonsense\r\nA: 1\r\n").fields, ElementsAre(HeaderField{"A", "1"}));
    EXPECT_THAT(with_fields(": x\r\n").anomalies, ElementsAre("empty field name"));
    for (std::string const name : {"a b", "a/b", "a@b", "(c)", "caf\xC3\xA9", "\"a\""})
        EXPECT_THAT(with_fields(name + ": x\r\n").anomalies,
                    ElementsAre("field name that is no token"))
            << name;
}

TEST(HttpHead, AcceptsBareLineFeedsAndNotesThem) {
    auto const head = read("GET / HTTP/1.1\nHost: a\n\n");
    EXPECT_EQ(head.start_line, "GET / HTTP/1.1");
    EXPECT_THAT(head.fields, ElementsAre(HeaderField{"Host", "a"}));
    EXPECT_THAT(head.anomalies, ElementsAre("bare LF"));
    EXPECT_THAT(read("GET / HTTP/1.1\r\nHost: a\r\n\n").anomalies, ElementsAre("bare LF"));
    EXPECT_THAT(read("GET / HTTP/1.1\nHost: a\r\n\r\n").anomalies, ElementsAre("bare LF"));
}

TEST(HttpHead, NeverTakesABareCarriageReturnForALineEnd) {
    auto const head = with_fields("X: y\rUpgrade: websocket\r\n");
    EXPECT_EQ(head.value_of("Upgrade"), std::nullopt);
    EXPECT_THAT(head.fields, ElementsAre(HeaderField{"X", "y\rUpgrade: websocket"}));
    EXPECT_THAT(head.anomalies, ElementsAre("bare CR"));
    EXPECT_EQ(parse_head(as_bytes("GET / HTTP/1.1\r\rHost: a\r\r")).state, HeadState::incomplete);
    EXPECT_EQ(parse_head(as_bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\r\n")).state,
              HeadState::incomplete);
}

TEST(HttpHead, KeepsNulAndControlCharactersAndNotesThem) {
    auto const nul = with_fields(std::string_view("X: a\0b\r\n", 8));
    EXPECT_EQ(nul.value_of("X"), std::string_view("a\0b", 3));
    EXPECT_THAT(nul.anomalies, ElementsAre("NUL"));
    for (char const control : {'\x01', '\x0B', '\x7F', '\x1F'}) {
        auto const head = with_fields(std::string("X: a") + control + "b\r\n");
        EXPECT_EQ(head.value_of("X"), std::string("a") + control + "b");
        EXPECT_THAT(head.anomalies, ElementsAre("control character"));
    }
    EXPECT_THAT(with_fields(std::string_view("X\0: a\r\n", 7)).anomalies,
                ElementsAre("NUL", "field name that is no token"));
    EXPECT_THAT(with_fields("X\x01: a\r\n").anomalies,
                ElementsAre("control character", "field name that is no token"));
}

TEST(HttpHead, TakesObsTextAndTabsInValuesAsLegal) {
    auto const head = with_fields("X: \x80\xFF\ta\r\n");
    EXPECT_EQ(head.value_of("X"), "\x80\xFF\ta");
    EXPECT_THAT(head.anomalies, IsEmpty());
}

TEST(HttpHead, SkipsEmptyLinesBeforeTheStartLine) {
    auto const head = read("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(head.start_line, "GET / HTTP/1.1");
    EXPECT_THAT(head.anomalies, ElementsAre("empty line before the start line"));
}

TEST(HttpHead, NotesWhiteSpaceBeforeTheStartLine) {
    auto const head = read(" GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(head.start_line, " GET / HTTP/1.1");
    EXPECT_THAT(head.anomalies, ElementsAre("white space before the start line"));
}

TEST(HttpHead, PassesOverLinesOfBlanksBeforeTheStartLine) {
    auto const head = read("\t \r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(head.start_line, "GET / HTTP/1.1");
    EXPECT_EQ(head.value_of("Host"), "a");
    EXPECT_EQ(parse_head(as_bytes("\t \n\n")).state, HeadState::incomplete);
    EXPECT_EQ(parse_head(as_bytes("\t \n\n\x81")).state, HeadState::not_http);
}

TEST(HttpHead, ReadsAHeadWithoutFields) {
    EXPECT_THAT(read("HTTP/1.1 400 Bad Request\r\n\r\n").fields, IsEmpty());
    EXPECT_EQ(read("HTTP/1.1\r\n\r\n").start_line, "HTTP/1.1");
}

TEST(HttpHead, KnowsEarlyWhatIsNotHttp) {
    for (std::string const text : {"\x81\x05Hello", "\x16\x03\x01", "<html>", "{\"a\":1}", "\x88",
                                   "\xFF", "HT\x80", "(", "GET\x01", "\r\n\x89", "HTTP:"})
        EXPECT_EQ(parse_head(as_bytes(text)).state, HeadState::not_http) << text;
    EXPECT_EQ(parse_head(as_bytes(std::string_view("\0", 1))).state, HeadState::not_http);
    EXPECT_EQ(parse_head(as_bytes("hello\r\n")).state, HeadState::not_http);
    for (std::string const text : {"", "H", "HTTP", "HTTP/", "GET", "GET ", "\r", "\r\n", "\r\nG"})
        EXPECT_EQ(parse_head(as_bytes(text)).state, HeadState::incomplete) << text;
}

TEST(HttpHead, LooksAtNoMoreThanItsLimit) {
    EXPECT_EQ(parse_head(as_bytes(request), request.size()).state, HeadState::complete);
    EXPECT_EQ(parse_head(as_bytes(request), request.size() - 1).state, HeadState::too_long);
    EXPECT_EQ(parse_head(as_bytes(request).first(50), 50).state, HeadState::too_long);
    EXPECT_EQ(parse_head(as_bytes(request).first(50), 51).state, HeadState::incomplete);
    EXPECT_EQ(parse_head(as_bytes(std::string(2'000'000, 'a'))).state, HeadState::too_long);
    EXPECT_EQ(parse_head(as_bytes(std::string(2'000'000, '\n'))).state, HeadState::too_long);
}

TEST(HttpHead, StaysSmallAndQuickWithManyBrokenFields) {
    std::string lines;
    for (int i = 0; i < 10'000; ++i) lines += "a b : x\n";
    auto const result = parse_head(as_bytes(request_line + lines + "\r\n"), 1'000'000);
    ASSERT_EQ(result.state, HeadState::complete);
    EXPECT_THAT(result.head.fields, SizeIs(10'000));
    EXPECT_THAT(result.head.anomalies, SizeIs(3));
}

TEST(HttpHead, ComesBackFromWhatIsWritten) {
    std::vector<HeaderField> const fields{{"Host", "a"}, {"X", ""}, {"x", "b, c"}};
    auto const text = write_head("GET / HTTP/1.1", fields);
    EXPECT_EQ(text, "GET / HTTP/1.1\r\nHost: a\r\nX: \r\nx: b, c\r\n\r\n");
    EXPECT_EQ(read(text).fields, fields);
    EXPECT_EQ(write_head("HTTP/1.1 404 Not Found", {}), "HTTP/1.1 404 Not Found\r\n\r\n");
}

void expect_status(std::string_view line, std::string_view version, unsigned status,
                   std::string_view reason) {
    auto const parsed = parse_status_line(line);
    ASSERT_TRUE(parsed) << line;
    EXPECT_EQ(parsed->version, version) << line;
    EXPECT_EQ(parsed->status, status) << line;
    EXPECT_EQ(parsed->reason, reason) << line;
}

TEST(StatusLine, IsTakenApart) {
    expect_status("HTTP/1.1 101 Switching Protocols", "HTTP/1.1", 101, "Switching Protocols");
    expect_status("HTTP/1.0 404 ", "HTTP/1.0", 404, "");
    expect_status("HTTP/1.1 200", "HTTP/1.1", 200, "");
    expect_status("HTTP/2 200", "HTTP/2", 200, "");
    expect_status("HTTP/1.1 101  x", "HTTP/1.1", 101, " x");
}

TEST(StatusLine, HasStatusZeroWhenThereAreNotExactlyThreeDigits) {
    expect_status("HTTP/1.1", "HTTP/1.1", 0, "");
    expect_status("HTTP/1.1 ", "HTTP/1.1", 0, "");
    expect_status("HTTP/1.1 10", "HTTP/1.1", 0, "10");
    expect_status("HTTP/1.1 1010 x", "HTTP/1.1", 0, "1010 x");
    expect_status("HTTP/1.1 +10 x", "HTTP/1.1", 0, "+10 x");
    expect_status("HTTP/1.1  101", "HTTP/1.1", 0, " 101");
    expect_status("HTTP/1.1 101x", "HTTP/1.1", 0, "101x");
    expect_status("HTTP/", "HTTP/", 0, "");
}

TEST(StatusLine, IsNothingElse) {
    for (std::string const line : {"", "GET / HTTP/1.1", "http/1.1 101", "HTTP", " HTTP/1.1 101",
                                   "HTTPS/1.1 101", "ICY 200 OK"})
        EXPECT_FALSE(parse_status_line(line)) << line;
}

TEST(Comparing, FoldsAsciiLettersAndNothingElse) {
    EXPECT_TRUE(equals_ignoring_case("WebSocket", "wEBsOCKET"));
    EXPECT_TRUE(equals_ignoring_case("", ""));
    EXPECT_FALSE(equals_ignoring_case("websocket", "websockets"));
    EXPECT_FALSE(equals_ignoring_case("websoc\xE2\x84\xAA\x65t", "websocket"));  // KELVIN SIGN
    EXPECT_FALSE(equals_ignoring_case("[", "{"));
    EXPECT_FALSE(equals_ignoring_case("@", "`"));
    EXPECT_FALSE(equals_ignoring_case("\xC3\x89", "\xC3\xA9"));
}

TEST(Trimming, RemovesSpacesAndTabsOnly) {
    EXPECT_EQ(trim(" \t a b\t "), "a b");
    EXPECT_EQ(trim(" \t "), "");
    EXPECT_EQ(trim("\r\na"), "\r\na");
}

TEST(Tokens, AreMadeOfTcharsAlone) {
    EXPECT_TRUE(is_token("!#$%&'*+-.^_`|~0Az"));
    for (unsigned value = 0; value < 256; ++value) {
        auto const c = static_cast<char>(value);
        bool const letter_or_digit = (value >= '0' && value <= '9') ||
                                     (value >= 'A' && value <= 'Z') ||
                                     (value >= 'a' && value <= 'z');
        bool const special =
            value != 0 && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
        EXPECT_EQ(is_token(std::string_view(&c, 1)), letter_or_digit || special) << value;
    }
    EXPECT_FALSE(is_token(""));
    EXPECT_FALSE(is_token("a b"));
}

TEST(Lists, SplitAtCommasOutsideQuotes) {
    EXPECT_THAT(split_list("a, b ,\tc"), ElementsAre("a", "b", "c"));
    EXPECT_THAT(split_list(",Upgrade,,"), ElementsAre("Upgrade"));
    EXPECT_THAT(split_list(" , \t,"), IsEmpty());
    EXPECT_THAT(split_list(""), IsEmpty());
    EXPECT_THAT(split_list(R"(a="1,2", b)"), ElementsAre(R"(a="1,2")", "b"));
    EXPECT_THAT(split_list(R"("a\",b", c)"), ElementsAre(R"("a\",b")", "c"));
    EXPECT_THAT(split_list(R"(a, "b, c)"), ElementsAre("a", R"("b, c)"));
    EXPECT_THAT(split_list(R"(a\, b)"), ElementsAre(R"(a\)", "b"));
    EXPECT_THAT(split_list("\"a\\"), ElementsAre("\"a\\"));
}

}  // namespace
}  // namespace wsproof::wire
