#include <fmt/format.h>

#include "reports/brief/brief.hpp"
#include "reports/tests/tests.hpp"

namespace wsproof::report {
namespace {

/// As a workflow command reads it: data, and with ':' and ',' the values of its properties.
std::string for_workflow(std::string_view text, bool is_property) {
    std::string result;
    for (auto const c : text) {
        bool const separates = c == ':' || c == ',';
        if (c == '%' || c == '\r' || c == '\n' || (is_property && separates))
            result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        else
            result += c;
    }
    return result;
}

std::string annotation(Test const& test, SarifLocation const& location) {
    auto const* const kind = test.status == Test::Status::failed ? "error" : "warning";
    return fmt::format("::{} file={},line={},title={}::{}\n", kind,
                       for_workflow(location.path, true), location.line,
                       for_workflow(full_name(test), true),
                       for_workflow(test.message + "\nrerun: " + test.rerun, false));
}

}  // namespace

std::string github_annotations(Report const& report, SarifLocation const& location,
                               std::size_t most) {
    auto const tests = tests_of(report);
    std::string lines;
    for (auto const status : {Test::Status::failed, Test::Status::error}) {
        std::size_t count = 0;
        for (auto const& test : tests)
            if (test.status == status && ++count <= most) lines += annotation(test, location);
        if (count > most)
            lines +=
                fmt::format("::{}::{} more in the report\n",
                            status == Test::Status::failed ? "error" : "warning", count - most);
    }
    if (report.baseline)
        if (auto const words = unexplained_words(*report.baseline); !words.empty())
            lines += fmt::format("::warning file={},line={},title=baseline::{}\n",
                                 for_workflow(report.baseline->path, true),
                                 unexplained(*report.baseline).front()->line, words);
    return lines;
}

}  // namespace wsproof::report
