#include "reports/html/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "harness/script/catalogue.hpp"
#include "reference_impl/wire/deflate.hpp"
#include "reference_impl/wire/opening.hpp"
#include "reports/digest.hpp"
#include "reports/html/html.hpp"
#include "reports/json.hpp"
#include "tests/report/golden.hpp"
#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count(std::string const& text, std::string_view what) {
    std::size_t found = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
}

TEST(Html, EscapesTextAndAttributes) {
    Html html;
    html.put("p", {{"title", "\"><b>"}}, "<i>&'\"\x1b");
    EXPECT_EQ(html.take(),
              "<!doctype html>\n<p title=\"&quot;&gt;&lt;b&gt;\">&lt;i&gt;&amp;&#39;&quot;"
              "\\x1b</p>\n");
}

TEST(Html, WritesATreeForTheScript) {
    Html html(Html::Form::tree);
    {
        auto const outer = html.in("p", {{"class", "a\"b"}, {"id", "left out", false}});
        html.text("<i>\\");
        html.put("b", "x");
    }
    auto const tree = nlohmann::json::parse(html.take());
    EXPECT_EQ(tree, nlohmann::json::parse(R"(["p", {"class": "a\"b"}, "<i>\\", ["b", {}, "x"]])"));
}

TEST(Html, ClosesWhatItOpened) {
    Html html;
    {
        auto const outer = html.in("div");
        auto const inner = html.in("b");
        html.text("x");
    }
    EXPECT_EQ(html.take(), "<!doctype html>\n<div><b>x</b></div>\n");
}

TEST(Sha256, GivesThePublishedDigests) {
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_base64("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

TEST(HtmlPage, IsTheSameFromMemoryAndFromJson) {
    auto const report = sample::ordinary();
    EXPECT_TRUE(same_text(html_page(read_json(write_json(report, KeepTranscripts::all))),
                          html_page(report)));
}

TEST(HtmlPage, TellsWhatHappenedAndHowToSeeItAgain) {
    auto const page = html_page(sample::ordinary());
    EXPECT_THAT(page, HasSubstr("1 must failure, 1 standing rule broken"));
    EXPECT_THAT(page, HasSubstr("the peer sent the reserved code itself"));
    EXPECT_THAT(page, HasSubstr("Close 1002, then the end of the connection"));
    EXPECT_THAT(page, HasSubstr("<code>37 fa 21 3d</code><small>masking key</small>"));
    EXPECT_THAT(page,
                HasSubstr("<code>34 17</code><span class=\"clear\">unmasked <code>03 ed</code>"
                          "</span><small>status code 1005</small>"));
    EXPECT_THAT(page, HasSubstr("closing/reserved-code-not-sent#1005&#39; --seed"));
    EXPECT_THAT(page, HasSubstr("needs-capability:permessage-deflate"));
    EXPECT_THAT(page, HasSubstr("Server: echo/1.4<i> bare LF</i>"));
    EXPECT_THAT(page, HasSubstr("What passing does not prove"));
}

TEST(HtmlPage, AllowsItsOwnStyleAndScriptAlone) {
    auto const page = html_page(sample::ordinary());
    EXPECT_THAT(page, HasSubstr("default-src &#39;none&#39;"));
    EXPECT_THAT(
        page, HasSubstr("script-src &#39;sha256-" + sha256_base64(report_script_file()) + "&#39;"));
    EXPECT_THAT(
        page, HasSubstr("style-src &#39;sha256-" + sha256_base64(report_style_sheet()) + "&#39;"));
    EXPECT_THAT(page, Not(HasSubstr(" style=")));
}

TEST(HtmlPage, NamesWhatStandsBesideIt) {
    auto const page = html_page(sample::ordinary(), Assets::external, "mine");
    EXPECT_THAT(page, HasSubstr("<link rel=\"stylesheet\" href=\"mine.css\">"));
    EXPECT_THAT(page, HasSubstr("<script src=\"mine.js\"></script>"));
    EXPECT_THAT(page, Not(HasSubstr("<style")));
    EXPECT_THAT(page, Not(HasSubstr("<template")));
}

TEST(HtmlPage, RunsNothingWithoutAssets) {
    auto const page = html_page(sample::ordinary(), Assets::none);
    EXPECT_THAT(page, HasSubstr("script-src &#39;none&#39;"));
    for (auto const* const tag : {"<script", "<template", "<dialog", "<link"})
        EXPECT_THAT(page, Not(HasSubstr(tag)));
}

TEST(HtmlPage, PacksWhatDidNotDepart) {
    auto report = sample::ordinary();
    report.results.push_back(report.results.front());
    report.results.back().variant = "control/quiet";
    report.results.back().verdict = play::Verdict::pass;
    auto const page = html_page(report);
    constexpr std::string_view begin = "<template data-pack=\"control\">";
    auto const at = page.find(begin) + begin.size();
    auto const pack = page.substr(at, page.find("</template>", at) - at);
    auto const compressed = wire::base64_decode(pack);
    ASSERT_TRUE(compressed);
    wire::Bytes text;
    wire::Inflater inflater;
    EXPECT_EQ(inflater.feed(compressed->bytes, text, 1U << 20U), wire::InflateStatus::ok);
    auto const trees = nlohmann::json::parse(wire::as_text(text));
    EXPECT_EQ(trees.begin().value().at(0), "div");
    EXPECT_THAT(std::string(wire::as_text(text)), HasSubstr("GET / HTTP/1.1"));
}

TEST(HtmlPage, ShowsTheCaseFileThatTheDigestNames) {
    auto report = sample::ordinary();
    auto const catalogue = script::embedded_catalogue();
    auto const& variant = *catalogue.of_case("framing/unmasked-frame").front();
    report.cases.push_back(describe(variant, catalogue));
    report.results.push_back({.variant = variant.id, .verdict = play::Verdict::fail});
    EXPECT_THAT(html_page(report), HasSubstr("The case as a file"));
    report.cases.back().digest = "sha256:00";
    EXPECT_THAT(html_page(report), Not(HasSubstr("The case as a file")));
}

TEST(HtmlPage, HasNoMarkupOfThePeer) {
    auto const plain = html_page(sample::ordinary());
    auto const page = html_page(sample::hostile());
    for (auto const* const tag : {"<script", "<img", "<svg", "<style", "<iframe", "<link"})
        EXPECT_EQ(count(page, tag), count(plain, tag)) << tag;
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;document.title"));
    EXPECT_THAT(page, Not(HasSubstr("\x1b")));
    EXPECT_THAT(page, Not(HasSubstr("\xe2\x80\xae")));
}

TEST(HtmlPage, KeepsCredentialsOut) {
    EXPECT_THAT(html_page(sample::ordinary()), Not(HasSubstr("s3cr3t")));
}

TEST(HtmlPage, IsWholeForAnEmptyReport) {
    EXPECT_THAT(html_page(Report{}), HasSubstr("No case was played."));
}

}  // namespace
}  // namespace wsproof::report
