// What the user wants, option by option: the words as given, and where each came from.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace wsproof::cli {

/// Exit code 2: a flag, a config key or an environment variable that cannot be used.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Later sources give way to earlier ones.
enum class Source : std::uint8_t { flag, environment, target_section, run_section, builtin };

struct Value {
    std::vector<std::string> words = {};  ///< one, or several for options that repeat
    Source source = Source::builtin;
    std::string place = {};  ///< "--jobs", "WSPROOF_JOBS", "wsproof.toml:12"
};

class Values {
public:
    /// Keeps whatever source has priority.
    void set(std::string_view name, Value value);
    Value const* find(std::string_view name) const;
    bool is_set(std::string_view name) const { return find(name) != nullptr; }

    std::string text(std::string_view name, std::string_view otherwise = {}) const;
    std::vector<std::string> list(std::string_view name) const;
    bool flag(std::string_view name, bool otherwise = false) const;
    std::uint64_t number(std::string_view name, std::uint64_t otherwise) const;
    double scale(std::string_view name, double otherwise) const;
    std::chrono::milliseconds duration(std::string_view name,
                                       std::chrono::milliseconds otherwise) const;
    std::uint64_t hexadecimal(std::string_view name, std::uint64_t otherwise) const;

    std::vector<std::string> positionals = {};

private:
    std::map<std::string, Value, std::less<>> values_ = {};
};

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);
std::optional<bool> parse_flag(std::string_view text);
std::optional<std::uint64_t> parse_number(std::string_view text, int base = 10);

}  // namespace wsproof::cli
