// wsproof-planted [--for SECONDS] [--without-bases] [FAULT...]: looks for each fault, prints what
// was found and the share; ends with 1 when that is less than 90 %.
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <string_view>

#include "fuzz/planted/planted.hpp"

namespace {

using namespace wsproof;

struct Wishes {
    fuzz::Search search = {};
    std::vector<reference::Fault> faults = {};
};

std::chrono::seconds seconds_of(std::string_view word) {
    int seconds = 0;
    std::from_chars(word.data(), word.data() + word.size(), seconds);
    return std::chrono::seconds{seconds};
}

Wishes read(int count, char** arguments) {
    Wishes wishes;
    for (int i = 1; i < count; ++i) {
        std::string_view const word = arguments[i];
        if (word == "--without-bases")
            wishes.search.with_bases = false;
        else if (word == "--for" && i + 1 < count)
            wishes.search.time = seconds_of(arguments[++i]);
        else if (auto const fault = reference::fault_named(word))
            wishes.faults.push_back(*fault);
    }
    if (wishes.faults.empty()) wishes.faults = fuzz::faults_in_frames();
    return wishes;
}

}  // namespace

int main(int count, char** arguments) {
    auto const wishes = read(count, arguments);
    std::size_t found = 0;
    for (auto const fault : wishes.faults) {
        auto const sought = fuzz::look_for(fault, wishes.search);
        if (sought.is_found()) ++found;
        fmt::print("{:9} {:<46} {:7} sessions {:6} ms  {}\n",
                   sought.is_found() ? "found" : "NOT FOUND", reference::name_of(fault),
                   sought.sessions, sought.took.count(), sought.signature);
        std::fflush(stdout);
    }
    auto const share =
        100.0 * static_cast<double>(found) / static_cast<double>(wishes.faults.size());
    fmt::print("{} of {} found, {:.1f} %\n", found, wishes.faults.size(), share);
    constexpr double enough = 90.0;
    return share >= enough ? 0 : 1;
}
