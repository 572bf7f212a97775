// A target without a fuzzing engine: replays files, or makes inputs by the target's own mutator. It
// takes the arguments of libFuzzer that make sense to it, so that one command serves both.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed);

namespace {

namespace files = std::filesystem;
using Clock = std::chrono::steady_clock;
using Input = std::vector<std::uint8_t>;

struct Wishes {
    unsigned long runs = 10'000;
    unsigned long seconds = 0;  ///< 0: as long as it takes
    unsigned seed = 1;
    std::size_t max_len = 4096;
    std::vector<files::path> paths = {};
};

/// The number behind "-runs="; other arguments of libFuzzer are passed over.
template <class Number>
void take(std::string_view argument, std::string_view name, Number& number) {
    if (!argument.starts_with(name)) return;
    argument.remove_prefix(name.size());
    std::from_chars(argument.data(), argument.data() + argument.size(), number);
}

Wishes read(int count, char** arguments) {
    Wishes wishes;
    for (int i = 1; i < count; ++i) {
        std::string_view const argument = arguments[i];
        if (!argument.starts_with('-')) wishes.paths.emplace_back(argument);
        take(argument, "-runs=", wishes.runs);
        take(argument, "-max_total_time=", wishes.seconds);
        take(argument, "-seed=", wishes.seed);
        take(argument, "-max_len=", wishes.max_len);
    }
    return wishes;
}

Input content_of(files::path const& path) {
    std::ifstream in(path, std::ios::binary);
    std::vector<char> const letters{std::istreambuf_iterator<char>(in), {}};
    return {letters.begin(), letters.end()};
}

std::vector<Input> inputs_at(std::vector<files::path> const& paths) {
    std::vector<Input> inputs;
    for (auto const& path : paths) {
        if (!files::is_directory(path)) {
            inputs.push_back(content_of(path));
            continue;
        }
        for (auto const& entry : files::recursive_directory_iterator(path))
            if (entry.is_regular_file()) inputs.push_back(content_of(entry.path()));
    }
    return inputs;
}

/// Each input out of one before it, so that changes add up; none for long, for nothing says here
/// which are worth it.
unsigned long make_inputs(Wishes const& wishes) {
    constexpr unsigned long generations = 8;
    auto const end = Clock::now() + std::chrono::seconds(wishes.seconds);
    Input input(wishes.max_len);
    std::size_t size = 0;
    for (unsigned long run = 0; run < wishes.runs; ++run) {
        if (wishes.seconds != 0 && Clock::now() >= end) return run;
        if (run % generations == 0) size = 0;
        auto const seed = wishes.seed * 2654435761U + static_cast<unsigned>(run);
        size = LLVMFuzzerCustomMutator(input.data(), size, input.size(), seed);
        LLVMFuzzerTestOneInput(input.data(), size);
    }
    return wishes.runs;
}

}  // namespace

int main(int count, char** arguments) {
    auto const wishes = read(count, arguments);
    auto const inputs = inputs_at(wishes.paths);
    for (auto const& input : inputs) LLVMFuzzerTestOneInput(input.data(), input.size());
    // Files alone are replayed, as by libFuzzer; a folder is a corpus to begin with.
    bool const only_files = std::ranges::none_of(
        wishes.paths, [](auto const& path) { return files::is_directory(path); });
    auto const made = only_files && !inputs.empty() ? 0 : make_inputs(wishes);
    std::printf("%zu inputs replayed, %lu made: no finding\n", inputs.size(), made);
    return 0;
}
