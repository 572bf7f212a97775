#include "harness/script/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/script/support.hpp"

namespace wsproof::script {
namespace {

using testing::ElementsAre;

template <typename T>
T sole_output(std::string const& json) {
    return std::get<T>(outputs_of(json).at(0));
}

template <typename T>
T sole_pattern(std::string const& json) {
    return std::get<T>(outcomes_of(json).at(0).pattern);
}

Payload text(std::string const& content) {
    return {Literal{content}};
}

TEST(Load, ReadsTheHeaderOfACase) {
    auto const variant = variant_with(
        R"([ "open", "alive" ])",
        R"("needs": ["echo", "tls"], "twin": "a/b", "alias": ["autobahn:3.2"], "tags": ["slow"],
           "exclusive": true, "found": { "by": "wsproof fuzz", "seed": 7331, "expected": "echo" },)");
    EXPECT_EQ(variant.id, "test/example");
    EXPECT_EQ(variant.case_id, "test/example");
    EXPECT_EQ(variant.says, "A peer does.");
    EXPECT_EQ(variant.rule, "6455/5.5.2/ping-answered");
    EXPECT_THAT(variant.faults, ElementsAre("f"));
    EXPECT_THAT(variant.needs, ElementsAre("echo", "tls"));
    EXPECT_EQ(variant.twin, "a/b");
    EXPECT_THAT(variant.aliases, ElementsAre("autobahn:3.2"));
    EXPECT_THAT(variant.tags, ElementsAre("slow"));
    EXPECT_TRUE(variant.exclusive);
    EXPECT_EQ(variant.found, (Found{"wsproof fuzz", "seed 7331; expected echo"}));
}

TEST(Load, TheIdIsThePathBelowCases) {
    EXPECT_EQ(case_id_of("cases/framing/unmasked-frame.jsonc"), "framing/unmasked-frame");
    EXPECT_EQ(case_id_of("/anywhere/cases/found/7f3a.jsonc"), "found/7f3a");
    EXPECT_EQ(case_id_of("/anywhere/mine.jsonc"), "mine");
    EXPECT_EQ(case_id_of("testcases/mine.jsonc"), "mine");
}

TEST(Load, AFileOfOneVariantKeepsTheIdsOfCaseAndVariant) {
    auto file = case_with(R"([ "alive" ])");
    file.path = "cases/framing/unmasked-frame#ping.jsonc";
    auto const variant = read_case(file).at(0);
    EXPECT_EQ(variant.id, "framing/unmasked-frame#ping");
    EXPECT_EQ(variant.case_id, "framing/unmasked-frame");
}

TEST(Load, EveryStepKnowsItsPlace) {
    auto const variant = variant_with("[\n\"open\",\n{ \"alive\": {} } ]");
    EXPECT_EQ(variant.at, (Place{"cases/test/example.jsonc", 1}));
    EXPECT_EQ(variant.steps.at(0).at, (Place{"cases/test/example.jsonc", 3}));
    EXPECT_EQ(variant.steps.at(1).at, (Place{"cases/test/example.jsonc", 4}));
}

TEST(Load, ReadsEveryVerb) {
    auto const steps = variant_with(R"([
        "open", { "open": { "headers": { "Cookie": "a" }, "target": "/x", "extension": "e", "subprotocol": "s" } },
        "alive", { "alive": {}, "on": 1, "within": 500 }, { "wait": 300 },
        { "send": "eof", "chop": 3, "gap": 20 }, { "expect": "closed", "within": 5000, "on": 2 } ])")
                           .steps;
    EXPECT_EQ(std::get<Open>(steps.at(0).action), Open{});
    EXPECT_EQ(std::get<Open>(steps.at(1).action), (Open{{{"Cookie", {"a"}}}, "/x", "e", "s"}));
    EXPECT_EQ(std::get<Alive>(steps.at(2).action), Alive{});
    EXPECT_EQ(steps.at(2).within, 2000ms);
    EXPECT_EQ(steps.at(2).on, 0U);
    EXPECT_EQ(steps.at(3).within, 500ms);
    EXPECT_EQ(steps.at(3).on, 1U);
    EXPECT_EQ(std::get<Wait>(steps.at(4).action).time, 300ms);
    EXPECT_EQ(std::get<Send>(steps.at(5).action), (Send{{EofOutput{}}, 3, 20ms}));
    EXPECT_EQ(std::get<Expect>(steps.at(6).action).any_of.at(0).pattern, Pattern{Word::closed});
    EXPECT_EQ(steps.at(6).within, 5000ms);
    EXPECT_EQ(steps.at(6).on, 2U);
}

TEST(Load, ReadsEveryKindOfFrame) {
    auto const all = outputs_of(R"([ { "text": "a" }, { "binary": "a" }, { "continuation": "a" },
                                     { "ping": "a" }, { "pong": "a" }, { "frame": "a", "opcode": 11 } ])");
    std::vector<int> opcodes;
    for (auto const& output : all) {
        auto const& frame = std::get<FrameOutput>(output);
        opcodes.push_back(static_cast<int>(frame.opcode));
        EXPECT_EQ(frame.payload, text("a"));
        EXPECT_TRUE(frame.fin);
        EXPECT_EQ(frame.mask, FrameOutput::Mask::by_role);
    }
    EXPECT_THAT(opcodes, ElementsAre(1, 2, 0, 9, 10, 11));
}

TEST(Load, ReadsEveryModifierOfFrames) {
    auto const frame = sole_output<FrameOutput>(
        R"({ "text": "", "fin": false, "rsv1": true, "rsv2": true, "rsv3": true, "mask": "37fa213d",
             "length_bits": 64, "declares": 18446744073709551615, "cut": 4 })");
    EXPECT_FALSE(frame.fin);
    EXPECT_TRUE(frame.rsv1);
    EXPECT_TRUE(frame.rsv2);
    EXPECT_TRUE(frame.rsv3);
    EXPECT_EQ(frame.mask, FrameOutput::Mask::key);
    EXPECT_EQ(wire::to_hex(frame.masking_key), "37fa213d");
    EXPECT_EQ(frame.length_bits, wire::LengthForm::bits_64);
    EXPECT_EQ(frame.declares, UINT64_MAX);
    EXPECT_EQ(frame.cut, 4U);
    EXPECT_EQ(sole_output<FrameOutput>(R"({ "ping": "", "mask": false })").mask,
              FrameOutput::Mask::none);
}

TEST(Load, ReadsEveryBodyOfAClose) {
    auto const body = [](std::string const& json) {
        auto const frame = sole_output<FrameOutput>("{ \"close\": " + json + " }");
        EXPECT_EQ(frame.opcode, wire::Opcode::close);
        return frame.payload;
    };
    EXPECT_EQ(body("1000"), (Payload{CloseBody{1000, {}}}));
    EXPECT_EQ(body(R"({ "code": 0, "reason": "bye" })"), (Payload{CloseBody{0, {text("bye")}}}));
    EXPECT_EQ(body(R"({ "code": 65535 })"), (Payload{CloseBody{65535, {}}}));
    EXPECT_EQ(body(R"({ "hex": "03" })"), (Payload{Hex{{std::byte{3}}}}));
    EXPECT_EQ(body("null"), text(""));
}

TEST(Load, ReadsHeadsBytesAndEnds) {
    auto const request = sole_output<RequestOutput>(
        R"({ "request": { "method": "POST", "target": "/", "version": "HTTP/1.0",
                          "headers": { "A": "x", "B": null, "C": ["1", "2"] } } })");
    EXPECT_EQ(request, (RequestOutput{
                           "POST", "/", "HTTP/1.0", {{"A", {"x"}}, {"B", {}}, {"C", {"1", "2"}}}}));
    EXPECT_EQ(sole_output<ResponseOutput>(
                  R"({ "response": { "status": 200, "phrase": "OK", "headers": { "A": "x" } } })"),
              (ResponseOutput{200U, "OK", {{"A", {"x"}}}}));
    EXPECT_EQ(sole_output<RequestOutput>(R"({ "request": {} })"), RequestOutput{});
    EXPECT_EQ(sole_output<BytesOutput>(R"({ "bytes": { "hex": "81 80" } })").bytes,
              (Payload{Hex{wire::to_bytes("\x81\x80")}}));
    EXPECT_EQ(outputs_of(R"([ "eof", "reset" ])"),
              (std::vector<Output>{EofOutput{}, ResetOutput{}}));
}

TEST(Load, ReadsEveryPayload) {
    auto const payload = [](std::string const& json) {
        return sole_output<BytesOutput>("{ \"bytes\": " + json + " }").bytes;
    };
    EXPECT_EQ(payload(R"("a€")"), text("a€"));
    EXPECT_EQ(payload(R"({ "times": [3, "a"] })"), (Payload{Times{3, {text("a")}}}));
    EXPECT_EQ(payload(R"({ "join": ["a", { "hex": "00" }] })"),
              (Payload{Join{{text("a"), {Hex{{std::byte{0}}}}}}}));
    EXPECT_EQ(payload(R"({ "random": 9 })"), Payload{Random{9}});
    EXPECT_EQ(payload(R"({ "deflate": "a" })"), (Payload{Deflate{{text("a")}}}));
    Block const stored{wire::BlockKind::stored, true, {{{text("a")}, {}}}};
    Block const fixed{wire::BlockKind::fixed, false, {{{text("b")}, {}}, {{}, {3, 1}}}};
    EXPECT_EQ(payload(R"({ "blocks": [ { "stored": "a", "final": true },
                                       { "fixed": ["b", { "length": 3, "distance": 1 }] } ] })"),
              (Payload{Blocks{{stored, fixed}}}));
    EXPECT_EQ(payload(R"({ "blocks": [ { "dynamic": "b" } ] })"),
              (Payload{Blocks{{{wire::BlockKind::dynamic, false, {{{text("b")}, {}}}}}}}));
}

TEST(Load, ReadsWordsAsPatterns) {
    auto const all = outcomes_of(
        R"([ "accepted", "refused", "request", "closed", "eof", "reset", "silence", { "refused": {} },
            "closed-at-once" ])");
    std::vector<Word> words;
    for (auto const& outcome : all) words.push_back(std::get<Word>(outcome.pattern));
    EXPECT_THAT(words,
                ElementsAre(Word::accepted, Word::refused, Word::request, Word::closed, Word::eof,
                            Word::reset, Word::silence, Word::refused, Word::closed_at_once));
}

TEST(Load, ReadsMessageControlAndFramePatterns) {
    EXPECT_EQ(sole_pattern<MessagePattern>(R"({ "text": "a" })"),
              (MessagePattern{wire::Opcode::text, text("a")}));
    EXPECT_EQ(sole_pattern<MessagePattern>(R"({ "binary": "a" })"),
              (MessagePattern{wire::Opcode::binary, text("a")}));
    EXPECT_EQ(sole_pattern<ControlPattern>(R"({ "ping": "a" })"),
              (ControlPattern{wire::Opcode::ping, text("a")}));
    EXPECT_EQ(sole_pattern<ControlPattern>(R"({ "pong": "a" })"),
              (ControlPattern{wire::Opcode::pong, text("a")}));
    EXPECT_EQ(sole_pattern<FramePattern>(R"({ "frame": {} })"), FramePattern{});
    EXPECT_EQ(
        sole_pattern<FramePattern>(
            R"({ "frame": { "opcode": 1, "fin": true, "rsv1": false, "rsv2": true, "rsv3": false, "payload": "" } })"),
        (FramePattern{wire::Opcode::text, true, false, true, false, text("")}));
}

TEST(Load, ReadsEveryFormOfClosePatterns) {
    using Codes = std::vector<MaybeCode>;
    EXPECT_EQ(sole_pattern<ClosePattern>(R"({ "close": 1000 })").codes, Codes{1000});
    EXPECT_EQ(sole_pattern<ClosePattern>(R"({ "close": [1000, null] })").codes,
              (Codes{1000, std::nullopt}));
    EXPECT_EQ(sole_pattern<ClosePattern>(R"({ "close": null })").codes, Codes{std::nullopt});
    EXPECT_EQ(sole_pattern<ClosePattern>(R"({ "close": {} })"), ClosePattern{});
    EXPECT_EQ(sole_pattern<ClosePattern>(R"({ "close": { "code": [1000, 1001], "reason": "x" } })"),
              (ClosePattern{{1000, 1001}, text("x")}));
    EXPECT_EQ(sole_pattern<FailedPattern>(R"({ "failed": 1002 })").codes,
              std::vector<wire::StatusCode>{1002});
    EXPECT_EQ(sole_pattern<FailedPattern>(R"({ "failed": [1002, 1007] })").codes,
              (std::vector<wire::StatusCode>{1002, 1007}));
}

TEST(Load, ReadsRepetitionsAndPropertiesOfCookies) {
    EXPECT_EQ(sole_pattern<RepeatsPattern>(R"({ "repeats": "a" })").text, text("a"));
    auto const response = sole_pattern<ResponsePattern>(
        R"({ "response": { "headers": { "Set-Cookie": { "every": "Secure" } } } })");
    EXPECT_EQ(response.headers,
              (std::vector<FieldPattern>{{"Set-Cookie", FieldPattern::Kind::every, "Secure"}}));
}

TEST(Load, ReadsWhatIsSentWhileAStepWaits) {
    auto const steps = variant_with(R"([ { "send": "eof" }, { "expect": "closed",
        "within": "${target.auth_timeout}", "meanwhile": { "ping": "a" }, "every": 1000 } ])")
                           .steps;
    auto const& expect = std::get<Expect>(steps.at(1).action);
    EXPECT_TRUE(expect.to_auth_timeout);
    ASSERT_TRUE(expect.meanwhile);
    EXPECT_EQ(expect.meanwhile->every, 1000ms);
    EXPECT_EQ(std::get<FrameOutput>(expect.meanwhile->output).opcode, wire::Opcode::ping);
}

TEST(Load, ReadsEveryFormOfResponsePatterns) {
    EXPECT_EQ(sole_pattern<ResponsePattern>(R"({ "response": {} })"), ResponsePattern{});
    EXPECT_EQ(sole_pattern<ResponsePattern>(R"({ "response": { "status": 403 } })").statuses,
              std::vector<unsigned>{403});
    EXPECT_EQ(sole_pattern<ResponsePattern>(R"({ "response": { "status": [400, 426] } })").statuses,
              (std::vector<unsigned>{400, 426}));
    auto const response = sole_pattern<ResponsePattern>(
        R"({ "response": { "status": "4xx", "headers": { "A": "x", "B": null, "C": { "has": "13" }, "D": {} } } })");
    EXPECT_EQ(response.status_class, 4U);
    EXPECT_THAT(response.headers,
                ElementsAre(FieldPattern{"A", FieldPattern::Kind::equals, "x"},
                            FieldPattern{"B", FieldPattern::Kind::absent, ""},
                            FieldPattern{"C", FieldPattern::Kind::has_token, "13"},
                            FieldPattern{"D", FieldPattern::Kind::present, ""}));
}

TEST(Load, ReadsAllGradesAndNotes) {
    auto const all = sole_pattern<AllPattern>(R"({ "all": [ { "pong": "" }, "closed" ] })");
    EXPECT_EQ(all.patterns.size(), 2U);
    EXPECT_EQ(std::get<Word>(all.patterns.at(1)), Word::closed);
    auto const outcomes = outcomes_of(R"([ { "closed": {}, "grade": "pass", "note": "n" },
        { "closed": {}, "grade": "lenient" }, { "closed": {}, "grade": "strict" },
        { "closed": {}, "grade": "note", "note": "n" }, { "closed": {}, "grade": "fail" } ])");
    std::vector<Grade> grades;
    for (auto const& outcome : outcomes) grades.push_back(outcome.grade);
    EXPECT_THAT(grades,
                ElementsAre(Grade::pass, Grade::lenient, Grade::strict, Grade::note, Grade::fail));
    EXPECT_EQ(outcomes.at(0).note, "n");
    EXPECT_EQ(outcomes.at(1).note, "");
}

TEST(Load, PlaceholdersReachEveryNoun) {
    auto const variants = read_case(case_with(
        R"([ { "send": "${out}" }, { "expect": { "close": "${code}" }, "within": "${time}" } ])",
        R"("each": { "out": [ { "close": 1005 } ], "code": [1005, [1000, null]], "time": [100] },)"));
    ASSERT_EQ(variants.size(), 2U);
    EXPECT_EQ(variants.at(1).id, "test/example#close,1000,100");
    auto const& expect = std::get<Expect>(variants.at(1).steps.at(1).action);
    EXPECT_EQ(std::get<ClosePattern>(expect.any_of.at(0).pattern).codes.size(), 2U);
    EXPECT_EQ(variants.at(1).steps.at(1).within, 100ms);
}

TEST(Load, ReadsRulesAndFaults) {
    auto const rules = read_rules(
        {"cases/rules.jsonc", R"({ "6455/5.1/a-b": { "binds": "client", "level": "should",
        "statements": ["6455-5.1-02", "7692-7.1.2.1-05"], "text": "A client does." } })"});
    auto const& rule = rules.at("6455/5.1/a-b");
    EXPECT_EQ(rule.binds, Binds::client);
    EXPECT_EQ(rule.level, Level::should);
    EXPECT_EQ(rule.statements.size(), 2U);
    EXPECT_EQ(rule.document(), "RFC 6455");
    EXPECT_EQ(rule.section(), "5.1");
    auto const faults = read_faults(
        {"cases/faults.jsonc",
         R"({ "a-b": { "does": "d", "effect": "e", "fix": "f" }, "c": { "does": "d", "effect": "e" } })"});
    EXPECT_EQ(faults.at("a-b").fix, "f");
    EXPECT_EQ(faults.at("c").fix, "");
    EXPECT_EQ(faults.at("c").id, "c");
}

TEST(Load, GivesEachVariantItsOwnAlias) {
    auto const variants =
        read_case(case_with(R"([ { "send": { "text": "${t}", "fin": "${f}" } }, "alive" ])",
                            R"("each": { "t": ["a", "b"], "f": [true, false] },
           "alias": { "a,true": "x:1", "b,false": ["x:2", "x:3"] },)"));
    ASSERT_EQ(variants.size(), 4U);
    EXPECT_THAT(variants[0].aliases, ElementsAre("x:1"));
    EXPECT_THAT(variants[1].aliases, ElementsAre());
    EXPECT_THAT(variants[2].aliases, ElementsAre());
    EXPECT_THAT(variants[3].aliases, ElementsAre("x:2", "x:3"));
}

TEST(Load, ReadsAnExchange) {
    auto const variant = variant_with(
        R"([ { "exchange": { "binary": { "data": "bitmap", "length": 16 }, "times": 1000,
                             "compressed": true, "fragments": 256 }, "within": 5 } ])");
    auto const& step = variant.steps.at(0);
    EXPECT_TRUE(sends(step));
    EXPECT_EQ(step.within, 5ms);
    Exchange const expected{wire::Opcode::binary, {Data{DataKind::bitmap, 16}}, 1000, true, 256};
    EXPECT_EQ(std::get<Exchange>(step.action), expected);
}

}  // namespace
}  // namespace wsproof::script
