// What every implementation is measured with: the same sizes, bytes and texts.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <random>
#include <string>
#include <vector>

namespace wsproof::bench {

inline void masking_sizes(benchmark::internal::Benchmark* benchmark) {
    for (std::int64_t const size :
         {16, 64, 125, 128, 256, 1024, 4096, 16384, 65536, 262144, 1 << 20})
        benchmark->Arg(size);
}

inline void text_sizes(benchmark::internal::Benchmark* benchmark) {
    for (std::int64_t const size : {64, 1024, 4096, 16384, 65536}) benchmark->Arg(size);
}

inline void count_bytes(benchmark::State& state, std::size_t bytes_each) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                            static_cast<std::int64_t>(bytes_each));
}

/// Bytes that begin `offset` bytes after a cache line, as payload data do behind a header.
class Payload {
public:
    Payload(std::size_t size, std::size_t offset)
        : size_(size), offset_(offset), storage_(size + offset + line) {
        auto const address = reinterpret_cast<std::uintptr_t>(storage_.data());
        skipped_ = (line - address % line) % line;
    }

    std::uint8_t* data() { return storage_.data() + skipped_ + offset_; }
    std::size_t size() const { return size_; }

private:
    static constexpr std::size_t line = 64;
    std::size_t size_ = 0;
    std::size_t offset_ = 0;
    std::size_t skipped_ = 0;
    std::vector<std::uint8_t> storage_;
};

/// Lengths of 16 to 125 bytes in no order, as many as fit into `most` bytes.
class ShortLengths {
public:
    explicit ShortLengths(std::size_t most) {
        std::mt19937 random(6455);
        for (std::size_t next = 16; sum_ + next <= most; next = 16 + random() % 110) {
            all_.push_back(next);
            sum_ += next;
        }
    }

    std::vector<std::size_t> const& all() const { return all_; }
    std::size_t sum() const { return sum_; }

private:
    std::vector<std::size_t> all_ = {};
    std::size_t sum_ = 0;
};

enum class Alphabet { ascii, mixed };

/// One character: of one byte in ASCII, of 1, 2 or 3 bytes with equal chances in mixed text.
inline std::string random_character(Alphabet alphabet, std::mt19937& random) {
    auto const tail = [&] { return static_cast<char>(0x80 + random() % 64); };
    auto const bytes = alphabet == Alphabet::ascii ? 1 : 1 + random() % 3;
    if (bytes == 1) return {static_cast<char>(' ' + random() % 95)};
    if (bytes == 2) return {static_cast<char>(0xC3 + random() % 28), tail()};
    return {static_cast<char>(0xE1 + random() % 12), tail(), tail()};
}

/// Different valid texts of one size, 256 KiB together: with one short text the branch predictor
/// would learn it by heart.
class Texts {
public:
    Texts(Alphabet alphabet, std::size_t size) {
        std::mt19937 random(6455);
        for (std::size_t total = 0; total < 256 * 1024; total += size) {
            std::string text;
            while (text.size() + 3 <= size) text += random_character(alphabet, random);
            text.resize(size, '.');
            texts_.push_back(std::move(text));
        }
    }

    std::string const& next() {
        at_ = at_ + 1 < texts_.size() ? at_ + 1 : 0;
        return texts_[at_];
    }

private:
    std::vector<std::string> texts_ = {};
    std::size_t at_ = 0;
};

inline void stop_unless(bool valid) {
    if (!valid) std::abort();
}

constexpr std::size_t chunk_size = 1021;

/// Measures a validator that takes whole texts: bool validate(char const*, std::size_t).
template <typename Validate>
void measure_texts(benchmark::State& state, Alphabet alphabet, Validate validate) {
    auto const size = static_cast<std::size_t>(state.range(0));
    Texts texts(alphabet, size);
    for (auto _ : state) {
        auto const& text = texts.next();
        stop_unless(validate(text.data(), text.size()));
    }
    count_bytes(state, size);
}

/// Measures a validator that takes pieces: it has `feed(char const*, std::size_t)` and
/// `complete()`.
template <typename Validator>
void measure_chunks(benchmark::State& state) {
    auto const size = static_cast<std::size_t>(state.range(0));
    Texts texts(Alphabet::mixed, size);
    for (auto _ : state) {
        auto const& text = texts.next();
        Validator validator;
        for (std::size_t at = 0; at < text.size(); at += chunk_size)
            stop_unless(validator.feed(text.data() + at, std::min(chunk_size, text.size() - at)));
        stop_unless(validator.complete());
    }
    count_bytes(state, size);
}

}  // namespace wsproof::bench
