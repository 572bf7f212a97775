#include "cli/values.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace wsproof::cli {
namespace {

[[noreturn]] void bad_value(Value const& value, std::string_view what) {
    throw UsageError(fmt::format("{}: '{}' is not {}", value.place, value.words.back(), what));
}

}  // namespace

std::optional<std::uint64_t> parse_number(std::string_view text, int base) {
    std::uint64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data(), end, number, base);
    if (error != std::errc{} || stop != end || text.empty()) return std::nullopt;
    return number;
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    auto const digits = text.find_first_not_of("0123456789.");
    if (digits == std::string_view::npos || digits == 0) return std::nullopt;
    double count = 0;
    auto const [stop, error] = std::from_chars(text.data(), text.data() + digits, count);
    if (error != std::errc{} || stop != text.data() + digits) return std::nullopt;
    auto const unit = text.substr(digits);
    double factor = 0;
    if (unit == "ms") factor = 1;
    if (unit == "s") factor = 1000;
    if (unit == "m") factor = 60'000;
    if (unit == "h") factor = 3'600'000;
    auto const time = count * factor;
    constexpr double longest = 1e12;
    if (factor == 0 || time > longest) return std::nullopt;
    return std::chrono::milliseconds(std::llround(time));
}

std::optional<bool> parse_flag(std::string_view text) {
    if (text == "1" || text == "true" || text == "yes" || text == "on") return true;
    if (text.empty() || text == "0" || text == "false" || text == "no" || text == "off")
        return false;
    return std::nullopt;
}

void Values::set(std::string_view name, Value value) {
    auto const at = values_.find(name);
    if (at != values_.end() && at->second.source < value.source) return;
    values_.insert_or_assign(std::string(name), std::move(value));
}

Value const* Values::find(std::string_view name) const {
    auto const at = values_.find(name);
    return at == values_.end() || at->second.words.empty() ? nullptr : &at->second;
}

std::string Values::text(std::string_view name, std::string_view otherwise) const {
    auto const* const value = find(name);
    return value == nullptr ? std::string(otherwise) : value->words.back();
}

std::vector<std::string> Values::list(std::string_view name) const {
    auto const* const value = find(name);
    return value == nullptr ? std::vector<std::string>{} : value->words;
}

bool Values::flag(std::string_view name, bool otherwise) const {
    auto const* const value = find(name);
    if (value == nullptr) return otherwise;
    auto const flag = parse_flag(value->words.back());
    if (!flag) bad_value(*value, "yes or no");
    return *flag;
}

std::uint64_t Values::number(std::string_view name, std::uint64_t otherwise) const {
    auto const* const value = find(name);
    if (value == nullptr) return otherwise;
    auto const number = parse_number(value->words.back());
    if (!number) bad_value(*value, "a whole number");
    return *number;
}

double Values::scale(std::string_view name, double otherwise) const {
    auto const* const value = find(name);
    if (value == nullptr) return otherwise;
    auto const& text = value->words.back();
    double number = 0;
    auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || stop != text.data() + text.size() || !(number > 0) || number > 1000)
        bad_value(*value, "a factor such as 0.5 or 3 (above 0, at most 1000)");
    return number;
}

std::chrono::milliseconds Values::duration(std::string_view name,
                                           std::chrono::milliseconds otherwise) const {
    auto const* const value = find(name);
    if (value == nullptr) return otherwise;
    auto const time = parse_duration(value->words.back());
    if (!time) bad_value(*value, "a duration: write 500ms, 5s, 2m or 1h");
    return *time;
}

std::uint64_t Values::hexadecimal(std::string_view name, std::uint64_t otherwise) const {
    auto const* const value = find(name);
    if (value == nullptr) return otherwise;
    auto const number = parse_number(value->words.back(), 16);
    if (!number) bad_value(*value, "a hexadecimal number of at most 16 digits");
    return *number;
}

}  // namespace wsproof::cli
