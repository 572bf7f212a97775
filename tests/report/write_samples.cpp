// Writes the sample reports into a folder, in every format.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "reports/brief/brief.hpp"
#include "reports/compare/compare.hpp"
#include "reports/html/page.hpp"
#include "reports/journal.hpp"
#include "reports/sarif/sarif.hpp"
#include "reports/tests/tests.hpp"
#include "tests/report/sample.hpp"
#include "tests/report/sample_matrix.hpp"

namespace {

using namespace wsproof::report;

void write(std::filesystem::path const& path, std::string const& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
}

void write_all(std::filesystem::path const& folder, std::string const& name, Report const& report) {
    write(folder / (name + ".json"), write_json(report));
    auto const whole = write_json(report, KeepTranscripts::all);
    write(folder / (name + "-all.json"), whole);
    write(folder / (name + ".html"), html_page(read_json(whole)));
    write(folder / (name + ".sarif"), sarif(report, {.path = "src/server.cpp", .line = 7}));
    write(folder / (name + ".junit.xml"), junit(report));
    write(folder / (name + ".tap"), tap(report));
    write(folder / (name + ".ctrf"), ctrf(report));
    write(folder / (name + ".csv"), csv(report));
    write(folder / (name + ".metrics"), metrics(report));
    write(folder / (name + ".svg"), badge_svg(report));
    write(folder / (name + ".badge"), badge_json(report));
    write(folder / (name + ".md"), markdown(report));
    auto head = report;
    head.results.clear();
    {
        Journal journal(folder / (name + ".ndjson"), head);
        for (auto const& result : report.results) journal.add(result);
    }
    std::ifstream file(folder / (name + ".ndjson"), std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    write(folder / (name + "-interrupted.json"), write_json(read_journal(text)));
}

void write_matrix(std::filesystem::path const& folder, std::string const& name,
                  Matrix const& matrix) {
    write(folder / (name + ".compare.json"), matrix_json(matrix, {}));
    write(folder / (name + ".compare.md"), matrix_markdown(matrix, {}));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "expected a folder\n";
        return 2;
    }
    std::filesystem::path const folder = argv[1];
    write_all(folder, "ordinary", sample::ordinary());
    write_all(folder, "everything", sample::everything());
    write_all(folder, "hostile", sample::hostile());
    write_all(folder, "secured", sample::secured());
    write_all(folder, "campaign", sample::campaign());
    write_all(folder, "empty", [] {
        Report report;
        report.run.started = "2026-11-22T11:05:31Z";
        return report;
    }());
    write_matrix(folder, "small", sample::small_matrix());
    write_matrix(folder, "hostile", sample::hostile_matrix());
    return 0;
}
