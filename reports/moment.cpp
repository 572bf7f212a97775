#include "reports/moment.hpp"

#include <cstdio>

namespace wsproof::report {

std::chrono::seconds moment(std::string const& words) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (std::sscanf(words.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d", &year, &month, &day, &hour, &minute,
                    &second) != 6)
        return std::chrono::seconds{0};
    std::chrono::year_month_day const date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    if (!date.ok()) return std::chrono::seconds{0};
    return std::chrono::sys_days{date}.time_since_epoch() + std::chrono::hours{hour} +
           std::chrono::minutes{minute} + std::chrono::seconds{second};
}

}  // namespace wsproof::report
