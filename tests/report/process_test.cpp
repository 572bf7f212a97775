// What the process of a target used: a line in the terminal, a row of the page, numbers in JSON.
#include "reports/process.hpp"

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

Report watched() {
    auto report = sample::ordinary();
    report.target.process = play::ProcessSpan{.pid = 4711,
                                              .before = {12U << 20U, 9, 2},
                                              .highest = {29U << 19U, 1'041, 3},
                                              .after = {12U << 20U, 10, 2}};
    return report;
}

TEST(ProcessFigures, AreNumbersAndNoVerdict) {
    EXPECT_EQ(in_words(*watched().target.process),
              "memory 12.0 MiB, at most 14.5 MiB, then 12.0 MiB; descriptors 9, at most 1,041, "
              "then 10; threads 2, at most 3, then 2");
    EXPECT_EQ(exit_code_of(watched()), exit_code_of(sample::ordinary()));
}

TEST(ProcessFigures, StandInEveryReport) {
    EXPECT_THAT(text(watched()), HasSubstr("\nprocess  memory 12.0 MiB, at most 14.5 MiB"));
    EXPECT_THAT(text(sample::ordinary()), Not(HasSubstr("\nprocess")));
    EXPECT_THAT(html_page(watched()), HasSubstr("descriptors 9, at most 1,041, then 10"));
    auto const json = write_json(watched());
    EXPECT_THAT(json, HasSubstr("\"pid\": 4711"));
    EXPECT_EQ(read_json(json).target.process, watched().target.process);
    EXPECT_EQ(read_json(write_json(sample::ordinary())).target.process, std::nullopt);
}

}  // namespace
}  // namespace wsproof::report
