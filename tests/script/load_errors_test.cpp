// Every complaint of the loader: what a case may not say, and the line that the complaint names.
#include <gtest/gtest.h>

#include <ostream>

#include "harness/script/load.hpp"
#include "tests/script/support.hpp"

namespace wsproof::script {
namespace {

struct Mistake {
    std::string name;
    std::string keys;   ///< further keys of the case, in line 1
    std::string steps;  ///< begin in line 2
    std::string begin;  ///< of the complaint, line first
};

std::ostream& operator<<(std::ostream& out, Mistake const& mistake) {
    return out << mistake.name;
}

Mistake in_send(std::string name, std::string const& output, std::string begin) {
    return {std::move(name),
            {},
            "[ { \"send\":\n" + output + " }, \"alive\" ]",
            "3: " + std::move(begin)};
}

Mistake in_expect(std::string name, std::string const& pattern, std::string begin) {
    return {std::move(name),
            {},
            "[ { \"send\": \"eof\" }, { \"expect\":\n" + pattern + " } ]",
            "3: " + std::move(begin)};
}

Mistake in_payload(std::string name, std::string const& payload, std::string begin) {
    return in_send(std::move(name), "{ \"bytes\": " + payload + " }", std::move(begin));
}

class LoadRefuses : public testing::TestWithParam<Mistake> {};

TEST_P(LoadRefuses, OnItsLine) {
    auto const& mistake = GetParam();
    auto const complaint = complaint_about(case_with(mistake.steps, mistake.keys));
    EXPECT_EQ(complaint.substr(0, mistake.begin.size()), mistake.begin) << complaint;
}

std::string name_of_mistake(testing::TestParamInfo<Mistake> const& info) {
    return info.param.name;
}

std::string const alive = "[ \"alive\" ]";

INSTANTIATE_TEST_SUITE_P(
    Header, LoadRefuses,
    testing::Values(
        Mistake{
            "UnknownKey", "\n\"need\": [],", alive,
            "2: expected a key of a case (says, rule, needs, twin, faults, alias, tags, exclusive, "
            "each, found, steps, in_the_clear or at_login), found \"need\"; did you mean "
            "\"needs\"?"},
        Mistake{"KeyTwice", "\"says\": \"x\",", alive, "1: expected every key once; \"says\""},
        Mistake{"UnknownNeed", "\n\"needs\": [\"ech\"],", alive, "2: expected a need (echo, "},
        Mistake{"NeedTwice", "\"needs\": [\"tls\", \"tls\"],", alive,
                "1: expected every word of \"needs\" once"},
        Mistake{"NeedsNoList", "\"needs\": \"tls\",", alive,
                "1: expected a list of words for \"needs\", found \"tls\""},
        Mistake{"EmptyTwin", "\"twin\": \"\",", alive, "1: expected the id of a case for \"twin\""},
        Mistake{"ExclusiveNoBoolean", "\"exclusive\": 1,", alive,
                "1: expected true or false for \"exclusive\", found 1"},
        Mistake{"FoundWithoutBy", "\"found\": { \"seed\": 1 },", alive,
                "1: expected \"by\" in \"found\""},
        Mistake{"FoundUnknownKey", "\"found\": { \"by\": \"x\", \"sed\": 1 },", alive,
                "1: expected a key of \"found\" (by, seed, target, oracle, expected or detail), "
                "found \"sed\"; did you mean \"seed\"?"},
        Mistake{"FoundNoText", "\"found\": { \"by\": \"x\", \"seed\": [] },", alive,
                "1: expected a text or a number for \"seed\", found a list"},
        Mistake{"TagNoText", "\"tags\": [1],", alive, "1: expected a word in \"tags\", found 1"},
        Mistake{"AliasNoList", "\"alias\": 1,", alive,
                "1: expected [names] of all variants or { variant: names } for \"alias\", found 1"},
        Mistake{"AliasWithoutEach", "\"alias\": {\n\"a\": \"x:1\"},", alive,
                "2: expected the label of a variant in \"alias\", found \"a\""},
        Mistake{"AliasOfUnknownVariant",
                "\"each\": { \"t\": [\"ping\", \"pong\"] }, \"alias\": { \"ping\": "
                "\"x:1\",\n\"pnog\": \"x:2\"},",
                "[ { \"send\": { \"ping\": \"${t}\" } }, \"alive\" ]",
                "2: expected the label of a variant in \"alias\", found \"pnog\"; did you mean "
                "\"pong\"?"},
        Mistake{"AliasEmptyOfVariant", "\"each\": { \"t\": [\"a\"] }, \"alias\": { \"a\":\n[] },",
                "[ { \"send\": { \"ping\": \"${t}\" } }, \"alive\" ]",
                "2: expected a list of at least one word for \"alias of a\", found []"}),
    name_of_mistake);

INSTANTIATE_TEST_SUITE_P(
    Steps, LoadRefuses,
    testing::Values(
        Mistake{"NoSteps", {}, "[]", "2: expected a list of steps"},
        Mistake{
            "StepsNoList", {}, "{}", "2: expected a list of steps for \"steps\", found an object"},
        Mistake{"UnknownWord",
                {},
                "[ \"opne\" ]",
                "2: expected a step: an object or a word (open, alive, shutdown or gone), found "
                "\"opne\"; did you mean \"open\"?"},
        Mistake{"StepNoObject",
                {},
                "[ 1 ]",
                "2: expected a step: an object, or one of the words open, alive, shutdown or gone, "
                "found 1"},
        Mistake{"ShutdownWithMore",
                {},
                "[ \"alive\", { \"shutdown\": { \"signal\": 15 } }, \"alive\" ]",
                "2: expected {} for \"shutdown\""},
        Mistake{"ShutdownOnAConnection",
                {},
                "[ \"alive\", { \"shutdown\": {}, \"on\": 1 }, \"alive\" ]",
                "2: expected a key of the step \"shutdown\" (shutdown), found \"on\""},
        Mistake{"GraceWithoutNumber",
                {},
                "[ \"alive\", { \"gone\": {}, \"within\": { \"grace\": 0 } } ]",
                "2: expected per cent of the grace"},
        Mistake{
            "WithinOfAnotherKind",
            {},
            "[ \"alive\", { \"gone\": {}, \"within\": { \"grase\": 100 } } ]",
            "2: expected a key of \"within\" (grace), found \"grase\"; did you mean \"grace\"?"},
        Mistake{"UnknownVerb",
                {},
                "[ \"open\",\n{ \"exepct\": \"eof\" } ]",
                "3: expected a verb (open, send, expect, exchange, alive, wait, measure, "
                "shutdown or gone), found "
                "\"exepct\"; did you mean \"expect\"?"},
        Mistake{"TwoVerbs",
                {},
                "[ { \"alive\": {},\n \"wait\": 1 } ]",
                "3: expected one verb a step, found \"alive\" and \"wait\""},
        Mistake{"NoVerb", {}, "[ {} ]", "2: expected a verb"},
        Mistake{"SiblingsAlone",
                {},
                "[ { \"on\": 1 } ]",
                "2: expected a verb (open, send, expect, exchange, alive, wait, measure, shutdown "
                "or gone) beside \"on\""},
        Mistake{"UnknownSibling",
                {},
                "[ { \"alive\": {}, \"witin\": 5 } ]",
                "2: expected a key of the step \"alive\" (alive, on or within), found "
                "\"witin\"; did you mean \"within\"?"},
        Mistake{"MeasureWithoutMost",
                {},
                "[ { \"measure\": { \"limit\": \"fragments\" } } ]",
                "2: expected \"limit\" and \"most\" in \"measure\""},
        Mistake{"MeasureOfNothing",
                {},
                "[ { \"measure\": { \"limit\": \"fragment\", \"most\": 1 } } ]",
                "2: expected a limit (frame-size, message-size, compressed-size"},
        Mistake{"MeasureFromBeyondItsEnd",
                {},
                "[ { \"measure\": { \"limit\": \"fragments\", \"least\": 9, \"most\": 3 } } ]",
                "2: expected the least to try, at most \"most\" from 1 to 3"},
        Mistake{"MeasureOn",
                {},
                "[ { \"measure\": { \"limit\": \"fragments\", \"most\": 3 }, \"on\": 1 } ]",
                "2: expected a key of the step \"measure\""},
        Mistake{"ChopOfExpect",
                {},
                "[ { \"expect\": \"eof\", \"chop\": 1 } ]",
                "2: expected a key of the step \"expect\""},
        Mistake{"WithinOfWait",
                {},
                "[ { \"wait\": 5, \"within\": 1 }, \"alive\" ]",
                "2: expected a key of the step \"wait\""},
        Mistake{"GapWithoutChop",
                {},
                "[ { \"send\": \"eof\",\n\"gap\": 5 }, \"alive\" ]",
                "3: expected \"chop\" beside \"gap\""},
        Mistake{"ChopZero",
                {},
                "[ { \"send\": \"eof\", \"chop\": 0 }, \"alive\" ]",
                "2: expected bytes a write from 1"},
        Mistake{"WithinNegative",
                {},
                "[ { \"alive\": {}, \"within\": -1 } ]",
                "2: expected milliseconds from 1 to 600000, found -1"},
        Mistake{"WithinFraction",
                {},
                "[ { \"alive\": {}, \"within\": 0.5 } ]",
                "2: expected milliseconds from 1 to 600000, found 0.5"},
        Mistake{"OnTooFar",
                {},
                "[ { \"alive\": {}, \"on\": 5000 } ]",
                "2: expected a connection from 0 to 1024"},
        Mistake{"AliveWithWords",
                {},
                "[ { \"alive\": \"x\" } ]",
                "2: expected {} for \"alive\", found \"x\""},
        Mistake{"OpenUnknownKey",
                {},
                "[ { \"open\": { \"extensions\": \"x\" } }, \"alive\" ]",
                "2: expected a key of \"open\" (headers, target, extension or "
                "subprotocol), found \"extensions\"; did you mean \"extension\"?"},
        Mistake{"ExchangeNothing",
                {},
                "[ { \"exchange\": { \"times\": 2 } } ]",
                "2: expected either \"text\" or \"binary\" in \"exchange\""},
        Mistake{"ExchangeBoth",
                {},
                "[ { \"exchange\": { \"text\": \"\", \"binary\": \"\", \"times\": 2 } } ]",
                "2: expected either \"text\" or \"binary\""},
        Mistake{"ExchangeWithoutTimes",
                {},
                "[ { \"exchange\": { \"text\": \"\" } } ]",
                "2: expected \"times\" in \"exchange\""},
        Mistake{"ExchangeNever",
                {},
                "[ { \"exchange\": { \"text\": \"\", \"times\": 0 } } ]",
                "2: expected a number of messages from 1 to 100000, found 0"},
        Mistake{"ExchangeUnknownKey",
                {},
                "[ { \"exchange\": { \"text\": \"\", \"time\": 1 } } ]",
                "2: expected a key of \"exchange\" (text, binary, times, compressed or "
                "fragments), found \"time\"; did you mean \"times\"?"},
        Mistake{"SendNothing",
                {},
                "[ { \"send\": [] }, \"alive\" ]",
                "2: expected at least one output, found []"},
        Mistake{"ExpectNothing",
                {},
                "[ { \"expect\": [] } ]",
                "2: expected at least one pattern, found []"},
        Mistake{"JudgesNothing",
                {},
                "[ \"alive\", { \"send\": \"eof\" } ]",
                "2: expected a step that judges"},
        Mistake{"NobodyCouldPass",
                {},
                "[ { \"expect\": [ { \"eof\": {}, \"grade\": \"fail\" } ] } ]",
                "2: expected an outcome that is not graded \"fail\""}),
    name_of_mistake);

INSTANTIATE_TEST_SUITE_P(
    Outputs, LoadRefuses,
    testing::Values(
        in_send("UnknownWord", "\"eoff\"",
                "expected an output: an object or a word (eof, reset or deaf), found \"eoff\"; did "
                "you mean \"eof\"?"),
        in_send("Number", "1",
                "expected an output: an object, or one of the words eof, reset or deaf, found 1"),
        in_send("UnknownNoun", "{ \"txt\": \"a\" }",
                "expected an output (text, binary, continuation, ping, pong, close, frame, "
                "request, response or bytes), found \"txt\"; did you mean \"text\"?"),
        in_send("TwoNouns", "{ \"text\": \"a\", \"ping\": \"\" }",
                "expected one output, found \"text\" and \"ping\""),
        in_send("NoNoun", "{ \"fin\": true }", "expected an output (text"),
        in_send("UnknownModifier", "{ \"text\": \"\", \"rsv4\": true }",
                "expected a key of the output \"text\" (fin, rsv1, rsv2, rsv3, mask, length_bits, "
                "declares, cut, fragments or text), found \"rsv4\"; did you mean \"rsv1\"?"),
        in_send("FragmentsZero", "{ \"text\": \"\", \"fragments\": 0 }",
                "expected bytes a frame from 1 to 67108864, found 0"),
        in_send("FragmentsOfPing", "{ \"ping\": \"\", \"fragments\": 2 }",
                "expected \"fragments\" beside \"text\" or \"binary\" alone"),
        in_send("FragmentsAndFin", "{ \"text\": \"\", \"fragments\": 2, \"fin\": false }",
                "expected no \"fin\" beside \"fragments\""),
        in_send("OpcodeOfText", "{ \"text\": \"\", \"opcode\": 1 }",
                "expected a key of the output \"text\""),
        in_send("FrameWithoutOpcode", "{ \"frame\": \"\" }",
                "expected an \"opcode\" beside \"frame\""),
        in_send("OpcodeTooBig", "{ \"frame\": \"\", \"opcode\": 16 }",
                "expected an opcode from 0 to 15, found 16"),
        in_send("FinNoBoolean", "{ \"text\": \"\", \"fin\": 0 }",
                "expected true or false for \"fin\", found 0"),
        in_send("MaskTrue", "{ \"text\": \"\", \"mask\": true }",
                "expected false or 8 hexadecimal digits for \"mask\""),
        in_send("MaskShort", "{ \"text\": \"\", \"mask\": \"37fa\" }",
                "expected false or 8 hexadecimal digits for \"mask\""),
        in_send("LengthBits", "{ \"text\": \"\", \"length_bits\": 8 }",
                "expected 7, 16 or 64 for \"length_bits\", found 8"),
        in_send("Declares", "{ \"text\": \"\", \"declares\": -1 }",
                "expected a payload length from 0 to 18446744073709551615, found -1"),
        in_send("CloseText", "{ \"close\": \"bye\" }",
                "expected a status code, { code, reason }, { hex } or null for \"close\", found "
                "\"bye\""),
        in_send("CloseCodeTooBig", "{ \"close\": 65536 }",
                "expected a status code from 0 to 65535, found 65536"),
        in_send("CloseReasonAlone", "{ \"close\": { \"reason\": \"x\" } }",
                "expected a \"code\" beside \"reason\""),
        in_send("CloseUnknownKey", "{ \"close\": { \"code\": 1, \"reson\": \"x\" } }",
                "expected a key of \"close\" (code or reason), found \"reson\"; did you mean "
                "\"reason\"?"),
        in_send("ModifierOfRequest", "{ \"request\": {}, \"fin\": true }",
                "expected a key of the output \"request\""),
        in_send("RequestUnknownKey", "{ \"request\": { \"header\": {} } }",
                "expected a key of \"request\" (method, target, version or headers), found "
                "\"header\"; did you mean \"headers\"?"),
        in_send("RequestNoText", "{ \"request\": { \"method\": 1 } }",
                "expected a text for \"method\", found 1"),
        in_send("FieldNumber", "{ \"request\": { \"headers\": { \"A\": 13 } } }",
                "expected a text, null (no such field) or a list of texts for the field \"A\", "
                "found 13"),
        in_send("FieldEmptyList", "{ \"request\": { \"headers\": { \"A\": [] } } }",
                "expected a text, null (no such field) or a list of texts for the field \"A\", "
                "found []"),
        in_send("ResponseUnknownKey", "{ \"response\": { \"stauts\": 1 } }",
                "expected a key of \"response\" (status, phrase or headers), found \"stauts\"; did "
                "you mean \"status\"?")),
    name_of_mistake);

INSTANTIATE_TEST_SUITE_P(
    Payloads, LoadRefuses,
    testing::Values(
        in_payload(
            "Number", "1",
            "expected a payload: \"text\" or { hex, times, join, random, data, deflate or blocks: "
            "… }, found 1"),
        in_payload("UnknownForm", "{ \"hexx\": \"\" }",
                   "expected a key of a payload (hex, times, join, random, data, deflate or "
                   "blocks), found "
                   "\"hexx\"; did you mean \"hex\"?"),
        in_payload("TwoForms", "{ \"hex\": \"\", \"random\": 1 }", "expected a payload"),
        in_payload("OddHex", "{ \"hex\": \"123\" }",
                   "expected hexadecimal digits, two a byte, found \"123\""),
        in_payload("DataUnknown", "{ \"data\": \"jsn\", \"length\": 1 }",
                   "expected a data set (json, html, document, bitmap or text), found \"jsn\"; did "
                   "you mean \"json\"?"),
        in_payload("DataWithoutLength", "{ \"data\": \"json\" }",
                   "expected either \"length\" or \"bytes\" beside \"data\""),
        in_payload("DataTooLong", "{ \"data\": \"json\", \"length\": 262145 }",
                   "expected a length from 0 to 262144, found 262145"),
        in_payload("TimesAlone", "{ \"times\": 3 }",
                   "expected [count, payload] for \"times\", found 3"),
        in_payload("TimesNegative", "{ \"times\": [-1, \"a\"] }", "expected a count from 0"),
        in_payload("TooBig", "{ \"times\": [67108864, \"ab\"] }",
                   "expected a payload of at most 64 MiB"),
        in_payload("BlocksNoList", "{ \"blocks\": \"a\" }",
                   "expected a list of blocks for \"blocks\""),
        in_payload("BlockOfNoKind", "{ \"blocks\": [ { \"final\": true } ] }",
                   "expected a block: { stored: payload }, { fixed: […] } or { dynamic: […] }"),
        in_payload("BlockOfTwoKinds", "{ \"blocks\": [ { \"stored\": \"\", \"fixed\": \"\" } ] }",
                   "expected a block: { stored: payload }"),
        in_payload(
            "BlockMisspelt", "{ \"blocks\": [ { \"dynamik\": \"\" } ] }",
            "expected a key of a block (stored, fixed, dynamic or final), found \"dynamik\"; "
            "did you mean \"dynamic\"?"),
        in_payload("StoredTooLong", "{ \"blocks\": [ { \"stored\": { \"random\": 65536 } } ] }",
                   "expected a payload of at most 65,535 bytes in a stored block"),
        in_payload("StoredCopy",
                   "{ \"blocks\": [ { \"stored\": { \"length\": 3, \"distance\": 1 } } ] }",
                   "expected a payload of at most 65,535 bytes in a stored block"),
        in_payload("CopyTooShort",
                   "{ \"blocks\": [ { \"fixed\": [ { \"length\": 2, \"distance\": 1 } ] } ] }",
                   "expected the length of a copy from 3 to 258"),
        in_payload("CopyTooFar",
                   "{ \"blocks\": [ { \"fixed\": [ { \"length\": 3, \"distance\": 32769 } ] } ] }",
                   "expected the distance of a copy from 1 to 32768"),
        in_payload("CopyWithoutDistance",
                   "{ \"blocks\": [ { \"fixed\": [ { \"length\": 3 } ] } ] }",
                   "expected \"length\" and \"distance\" of a copy"),
        in_payload("TooBigTogether", "{ \"join\": [ { \"random\": 67108864 }, \"a\" ] }",
                   "expected a payload of at most 64 MiB"),
        in_payload("RandomTooBig", "{ \"random\": 67108865 }",
                   "expected a number of random bytes from 0 to 67108864"),
        in_payload("JoinNoList", "{ \"join\": \"a\" }",
                   "expected a list of payloads for \"join\", found \"a\"")),
    name_of_mistake);

INSTANTIATE_TEST_SUITE_P(
    Patterns, LoadRefuses,
    testing::Values(
        in_expect("UnknownPropertyOfCookies",
                  R"({ "response": { "headers": { "Set-Cookie": { "every": "secure" } } } })",
                  "expected a property of cookies"),
        in_expect("MeanwhileWithoutEvery", R"("closed", "meanwhile": "eof")",
                  "expected \"every\" beside \"meanwhile\""),
        in_expect("WordForWithin", R"("closed", "within": "${target.host}")",
                  "expected milliseconds or \"${target.auth_timeout}\" for \"within\""),
        in_expect(
            "UnknownWord", "\"close\"",
            "expected a pattern: an object or a word (accepted, refused, request, closed, "
            "eof, reset, silence or closed-at-once), found \"close\"; did you mean \"closed\"?"),
        in_expect(
            "UnknownNoun", "{ \"pog\": \"\" }",
            "expected a pattern (text, binary, frame, ping, pong, close, response, failed, "
            "accepted, refused, request, closed, eof, reset, silence, closed-at-once, repeats, "
            "all, grade or note), "
            "found \"pog\"; did you mean \"pong\"?"),
        in_expect("TwoNouns", "{ \"pong\": \"\", \"text\": \"\" }",
                  "expected one pattern, found \"pong\" and \"text\""),
        in_expect("NoNoun", "{ \"grade\": \"fail\" }", "expected a pattern"),
        in_expect("WordWithWords", "{ \"refused\": 403 }",
                  "expected {} for \"refused\", found 403"),
        in_expect("UnknownGrade", "[ \"eof\", { \"reset\": {}, \"grade\": \"lenint\" } ]",
                  "expected a grade (pass, lenient, strict, note or fail), found \"lenint\"; did "
                  "you mean \"lenient\"?"),
        in_expect("GradeNoteAlone", "{ \"eof\": {}, \"grade\": \"note\" }",
                  "expected a \"note\" that says what happened"),
        in_expect("NoteNoText", "{ \"eof\": {}, \"note\": 1 }",
                  "expected a sentence for \"note\", found 1"),
        in_expect("GradeWithinAll",
                  "{ \"all\": [ \"eof\", { \"pong\": \"\", \"grade\": \"fail\" } ] }",
                  "expected a pattern"),
        in_expect("AllWithinAll", "{ \"all\": [ \"eof\", { \"all\": [] } ] }",
                  "expected a pattern"),
        in_expect("AllOfOne", "{ \"all\": [ \"eof\" ] }",
                  "expected a list of two or more patterns for \"all\""),
        in_expect("CloseText", "{ \"close\": \"x\" }",
                  "expected a status code, a list, { code, reason }, null or {} for \"close\", "
                  "found \"x\""),
        in_expect("CloseNoCodes", "{ \"close\": [] }",
                  "expected at least one status code or null, found []"),
        in_expect("CloseReasonWithoutCode", "{ \"close\": { \"code\": null, \"reason\": \"x\" } }",
                  "expected status codes without null beside \"reason\""),
        in_expect("FailedWord", "{ \"failed\": {} }",
                  "expected a status code from 0 to 65535, found an object"),
        in_expect("FailedNoCodes", "{ \"failed\": [] }",
                  "expected at least one status code for \"failed\", found []"),
        in_expect("FrameUnknownKey", "{ \"frame\": { \"opcod\": 1 } }",
                  "expected a key of the pattern \"frame\" (opcode, fin, rsv1, rsv2, rsv3 or "
                  "payload), found \"opcod\"; did you mean \"opcode\"?"),
        in_expect("StatusClass", "{ \"response\": { \"status\": \"6xx\" } }",
                  "expected a status, a list of them or a class as \"4xx\", found \"6xx\""),
        in_expect("StatusTooSmall", "{ \"response\": { \"status\": 99 } }",
                  "expected a status (or a class as \"4xx\") from 100 to 999, found 99"),
        in_expect("NoStatus", "{ \"response\": { \"status\": [] } }",
                  "expected at least one status, found []"),
        in_expect("FieldList", "{ \"response\": { \"headers\": { \"A\": [] } } }",
                  "expected a text, null (absent), { \"has\": token }, { \"every\": property } or "
                  "{} (present) for the "
                  "field \"A\", found a list"),
        in_expect(
            "FieldUnknownKey", "{ \"response\": { \"headers\": { \"A\": { \"hass\": \"x\" } } } }",
            "expected a key of a field (has or every), found \"hass\"; did you mean \"has\"?")),
    name_of_mistake);

}  // namespace
}  // namespace wsproof::script
