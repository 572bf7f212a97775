#include "harness/script/write.hpp"

#include <gtest/gtest.h>

#include "tests/script/support.hpp"

namespace wsproof::script {
namespace {

void expect_identity(Variant const& variant) {
    SourceFile const written{"cases/" + variant.id + ".jsonc", write(variant)};
    auto const again = read_case(written);
    ASSERT_EQ(again.size(), 1U) << variant.id;
    EXPECT_TRUE(without_places(again.at(0)) == without_places(variant)) << written.text;
    EXPECT_EQ(write(again.at(0)), written.text) << variant.id;
}

TEST(Write, EveryEmbeddedVariantLoadsBackToItself) {
    auto const catalogue = embedded_catalogue();
    ASSERT_FALSE(catalogue.variants.empty());
    for (auto const& variant : catalogue.variants) expect_identity(variant);
}

TEST(Write, EveryConstructLoadsBackToItself) {
    expect_identity(variant_with(
        R"([
        "open", { "open": { "headers": { "A": "x", "B": null, "C": ["1", "2"] }, "target": "/", "extension": "e", "subprotocol": "s" }, "on": 1 },
        "alive", { "alive": {}, "within": 100, "on": 2 }, { "wait": 5 },
        "shutdown", "gone", { "gone": {}, "within": 7 }, { "gone": {}, "within": { "grace": 120 } },
        { "measure": { "limit": "fragments", "most": 9 } },
        { "measure": { "limit": "idle-time", "least": 2, "most": 9, "enough": 3 }, "within": 7 },
        { "send": [ { "text": "é\u0000\u001f" }, { "binary": { "random": 3 }, "fin": false }, { "continuation": { "hex": "00ff" } },
                    { "ping": "", "rsv1": true, "rsv2": true, "rsv3": true, "mask": false },
                    { "pong": { "join": ["a", { "times": [2, { "deflate": "b" }] }] }, "mask": "00112233" },
                    { "binary": { "blocks": [ { "stored": { "random": 3 }, "final": true }, { "fixed": ["a", { "length": 3, "distance": 32768 }] },
                                              { "dynamic": [] } ] } }, { "binary": { "blocks": [] } },
                    { "text": "", "length_bits": 7 }, { "text": "", "length_bits": 16 }, { "text": "", "length_bits": 64 },
                    { "text": "abc", "fragments": 2, "rsv1": true, "mask": "00112233" },
                    { "binary": { "join": [ { "data": "json", "length": 0 }, { "data": "bitmap", "length": 262144 }, { "data": "text", "bytes": 3 } ] }, "fragments": 1 },
                    { "text": "", "declares": 18446744073709551615, "cut": 0 },
                    { "close": 1000 }, { "close": null, "fin": false }, { "close": { "code": 1, "reason": { "hex": "ff" } } },
                    { "close": { "code": 1, "reason": "" } }, { "close": { "hex": "" } }, { "close": { "times": [3, "a"] } },
                    { "frame": "x", "opcode": 8 }, { "frame": "", "opcode": 8 }, { "frame": "x", "opcode": 15 }, { "frame": "x", "opcode": 9 },
                    { "request": {} }, { "request": { "method": "GET", "target": "*", "version": "", "headers": { "": "" } } },
                    { "response": {} }, { "response": { "status": 0, "phrase": "", "headers": { "A": null } } },
                    { "bytes": "${key}" }, "eof", "reset", "deaf" ], "chop": 1, "gap": 2 },
        { "exchange": { "text": { "data": "text", "length": 5 }, "times": 1000, "compressed": true, "fragments": 256 }, "within": 5, "on": 1 },
        { "exchange": { "binary": "", "times": 1 } },
        { "expect": [ { "text": "" }, { "binary": "b" }, { "ping": "" }, { "pong": "" },
                      { "frame": {} }, { "frame": { "opcode": 15, "fin": false, "rsv1": true, "rsv2": false, "rsv3": true, "payload": "" } },
                      { "close": 1 }, { "close": [1, null] }, { "close": [null] }, { "close": {} }, { "close": { "reason": "" } },
                      { "close": { "code": [1, 2], "reason": "x" } }, { "failed": 1 }, { "failed": [1, 2] },
                      { "response": {} }, { "response": { "status": 200 } }, { "response": { "status": [200, 201] } },
                      { "response": { "status": "5xx", "headers": { "A": "", "B": null, "C": {}, "D": { "has": "" } } } },
                      { "all": [ "eof", { "pong": "x" } ] }, "accepted", "refused", "request", "closed", "eof", "reset", "silence",
                      { "eof": {}, "note": "n" }, { "eof": {}, "grade": "lenient" }, { "text": "", "grade": "strict", "note": "n" },
                      { "close": {}, "grade": "note", "note": "\"\\" }, { "all": [ "eof", "reset" ], "grade": "fail" } ], "within": 1 } ])",
        R"("needs": ["echo", "shutdown"], "twin": "a/b#c", "alias": ["x:1"], "tags": ["t"],
        "exclusive": true, "found": { "by": "b", "seed": 1, "detail": "d" },)"));
}

TEST(Write, LeavesOutWhatIsTheDefault) {
    EXPECT_EQ(write(variant_with(R"([ { "open": {} }, { "send": [ { "ping": "x", "fin": true } ] },
        { "expect": [ { "pong": "x", "grade": "pass" } ], "within": 2000, "on": 0 } ])")),
              "{\n"
              "  \"says\": \"A peer does.\",\n"
              "  \"rule\": \"6455/5.5.2/ping-answered\",\n"
              "  \"faults\": [\"f\"],\n"
              "  \"steps\": [\n"
              "    \"open\",\n"
              "    { \"send\": { \"ping\": \"x\" } },\n"
              "    { \"expect\": { \"pong\": \"x\" } }\n"
              "  ]\n"
              "}\n");
}

}  // namespace
}  // namespace wsproof::script
