#include <charconv>
#include <cstdint>

#include "harness/run/select.hpp"

namespace wsproof::run {
namespace {

constexpr unsigned most_shards = 10'000;

/// FNV-1a, and a last mixing so that the remainder depends on every bit. Never to be changed:
/// shards of one run may be played by different builds.
std::uint64_t hash(std::string_view text) {
    std::uint64_t sum = 0xcbf29ce484222325ULL;
    for (char const c : text) {
        sum ^= static_cast<unsigned char>(c);
        sum *= 0x100000001b3ULL;
    }
    sum ^= sum >> 33U;
    sum *= 0xff51afd7ed558ccdULL;
    return sum ^ (sum >> 33U);
}

std::optional<unsigned> positive(std::string_view digits) {
    unsigned number = 0;
    auto const* const end = digits.data() + digits.size();
    auto const [stop, error] = std::from_chars(digits.data(), end, number);
    bool const fits = error == std::errc{} && stop == end && number > 0 && number <= most_shards;
    return fits ? std::optional(number) : std::nullopt;
}

}  // namespace

bool Shard::has(std::string_view case_id) const {
    return hash(case_id) % of == number - 1;
}

std::optional<Shard> parse_shard(std::string_view text) {
    auto const slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    auto const number = positive(text.substr(0, slash));
    auto const of = positive(text.substr(slash + 1));
    if (!number || !of || *number > *of) return std::nullopt;
    return Shard{*number, *of};
}

std::string in_words(Shard shard) {
    return std::to_string(shard.number) + "/" + std::to_string(shard.of);
}

}  // namespace wsproof::run
