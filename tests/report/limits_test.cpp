#include "reports/limits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/html/page.hpp"
#include "reports/json.hpp"
#include "reports/text.hpp"
#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

using testing::HasSubstr;
using testing::Not;

Report measured() {
    auto report = sample::ordinary();
    report.results[0].metrics = {{"frame-size", 1'048'576}, {"status-code", 1009}};
    report.results[1].metrics = {{"connections", 256}, {"at-least", 1}};
    return report;
}

TEST(Limits, AreNumbersWithUnitAndStatusCode) {
    auto const limits = limits_of(measured());
    ASSERT_EQ(limits.size(), 2U);
    EXPECT_EQ(limits[0].words, "largest message in one frame");
    EXPECT_EQ(limits[0].number, "1,048,576");
    EXPECT_EQ(limits[0].unit, "bytes");
    EXPECT_EQ(limits[0].status, "1009");
    EXPECT_EQ(limits[1].number, "256 or more");
    EXPECT_EQ(limits[1].status, "");
}

TEST(Limits, HaveASectionInTheText) {
    EXPECT_THAT(text(measured()), HasSubstr("1,048,576 bytes   then 1009"));
    EXPECT_THAT(text(sample::ordinary()), Not(HasSubstr("\nlimits\n")));
}

TEST(Limits, HaveASectionInThePage) {
    auto const page = html_page(measured());
    EXPECT_THAT(page, HasSubstr("<h3 id=\"measured\">Limits</h3>"));
    EXPECT_THAT(page,
                HasSubstr("<td class=\"number\">1,048,576</td>\n<td>bytes</td>\n<td>1009</td>"));
    EXPECT_THAT(html_page(sample::ordinary()), HasSubstr("No limit was measured"));
}

TEST(Limits, SurviveTheJsonReport) {
    auto const report = measured();
    auto const again = read_json(write_json(report));
    EXPECT_EQ(again.results[0].metrics, report.results[0].metrics);
    EXPECT_EQ(again.results[1].metrics, report.results[1].metrics);
    EXPECT_THAT(write_json(report), HasSubstr("\"frame-size\": 1048576"));
}

}  // namespace
}  // namespace wsproof::report
