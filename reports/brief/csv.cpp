#include <fmt/format.h>

#include "reports/brief/brief.hpp"
#include "reports/brief/escape.hpp"
#include "reports/tests/tests.hpp"

namespace wsproof::report {

std::string csv(Report const& report) {
    std::string text = "target,test,level,status,microseconds,message,rerun\r\n";
    auto const target = csv_cell(target_words(report));
    for (auto const& test : tests_of(report))
        text += fmt::format("{},{},{},{},{},{},{}\r\n", target, csv_cell(full_name(test)),
                            csv_cell(test.level), name_of(test.status), test.time.count(),
                            csv_cell(test.message), csv_cell(test.rerun));
    return text;
}

}  // namespace wsproof::report
