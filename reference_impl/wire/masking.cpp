#include "reference_impl/wire/masking.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

#include "reference_impl/wire/masking_paths.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Most frames are short. There the time goes into waiting: a load that follows soon on stores which
// overlap in part waits until both have reached the cache. So words and vectors of short payload
// data are written in places of their own, or twice in the same.

namespace wsproof::wire {
namespace {

template <typename Word>
std::byte* mask_word(std::byte* data, RepeatedKey key) noexcept {
    constexpr auto behind = std::endian::native == std::endian::little ? 0 : 64 - 8 * sizeof(Word);
    Word word;
    std::memcpy(&word, data, sizeof word);
    word = static_cast<Word>(word ^ static_cast<Word>(key >> behind));
    std::memcpy(data, &word, sizeof word);
    return data + sizeof word;
}

/// The last `size` % 16 bytes.
void mask_below_16(std::byte* data, std::size_t size, RepeatedKey key) noexcept {
    if ((size & 8) != 0) data = mask_word<std::uint64_t>(data, key);
    if ((size & 4) != 0) data = mask_word<std::uint32_t>(data, key);
    if ((size & 2) != 0) data = mask_word<std::uint16_t>(data, key);
    if ((size & 1) != 0) mask_word<std::uint8_t>(data, advanced_key(key, size & 2));
}

/// Whole words; compilers turn the loop into vectors where the architecture has them.
void mask_portable(std::byte* data, std::size_t size, RepeatedKey key) noexcept {
    auto* const end = data + size / 16 * 16;
    while (data != end) data = mask_word<std::uint64_t>(data, key);
    mask_below_16(data, size, key);
}

#if defined(__x86_64__)

// Vectors of 16 bytes, which every x86-64 processor has.

__m128i two_keys(RepeatedKey key) noexcept {
    return _mm_set1_epi64x(static_cast<long long>(key));
}

struct Vector {
    __m128i bits;
};

Vector load_and_mask(std::byte const* at, __m128i keys) noexcept {
    return {_mm_xor_si128(_mm_loadu_si128(reinterpret_cast<__m128i const*>(at)), keys)};
}

void store(std::byte* at, Vector vector) noexcept {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(at), vector.bits);
}

/// For n to 2n vectors, n being the number of indices: n at the front and n at the back, read
/// before and written after the others, so that those in the middle may be written twice.
template <std::size_t... i>
void mask_both_ends(std::byte* data, std::size_t size, RepeatedKey key,
                    std::index_sequence<i...> /*indices*/) noexcept {
    auto const keys = two_keys(key);
    auto* const end = data + size / 16 * 16;
    auto* const back = end - sizeof...(i) * 16;
    std::array const last{load_and_mask(back + i * 16, keys)...};
    (store(data + i * 16, load_and_mask(data + i * 16, keys)), ...);
    (store(back + i * 16, last[i]), ...);
    if (size % 16 != 0) mask_below_16(end, size, key);
}

void mask_sse2(std::byte* data, std::size_t size, RepeatedKey key) noexcept {
    auto const keys = two_keys(key);
    for (auto* const end = data + size / 16 * 16; data != end; data += 16)
        store(data, load_and_mask(data, keys));
    if (size % 16 != 0) mask_below_16(data, size, key);
}

[[gnu::target("avx2")]] __m256i load_and_mask(std::byte const* at, __m256i keys) noexcept {
    return _mm256_xor_si256(_mm256_loadu_si256(reinterpret_cast<__m256i const*>(at)), keys);
}

[[gnu::target("avx2")]] void store(std::byte* at, __m256i vector) noexcept {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(at), vector);
}

/// What is left after the blocks of 128 bytes.
[[gnu::target("avx2")]] void mask_rest(std::byte* data, std::size_t size, __m256i keys,
                                       RepeatedKey key) noexcept {
    for (auto* const end = data + size / 32 * 32; data != end; data += 32)
        store(data, load_and_mask(data, keys));
    if ((size & 16) != 0) {
        store(data, load_and_mask(data, _mm256_castsi256_si128(keys)));
        data += 16;
    }
    if (size % 16 != 0) mask_below_16(data, size, key);
}

/// From here on it pays to align the vectors: stores that cross cache lines cost half the speed.
constexpr std::size_t aligned_from = 512;

/// At least 32 bytes.
[[gnu::target("avx2")]] void mask_avx2(std::byte* data, std::size_t size,
                                       RepeatedKey key) noexcept {
    auto* const front = data;
    auto const first = load_and_mask(front, _mm256_set1_epi64x(static_cast<long long>(key)));
    bool const aligned = size >= aligned_from;
    if (aligned) {
        auto const skipped = 32 - reinterpret_cast<std::uintptr_t>(data) % 32;
        data += skipped;
        size -= skipped;
        key = advanced_key(key, skipped);
    }
    auto const keys = _mm256_set1_epi64x(static_cast<long long>(key));
    for (auto* const end = data + size / 128 * 128; data != end; data += 128) {
        auto const a = load_and_mask(data, keys);
        auto const b = load_and_mask(data + 32, keys);
        auto const c = load_and_mask(data + 64, keys);
        auto const d = load_and_mask(data + 96, keys);
        store(data, a);
        store(data + 32, b);
        store(data + 64, c);
        store(data + 96, d);
    }
    if (size % 128 != 0) mask_rest(data, size % 128, keys, key);
    // Read before the others and written after them, since it may overlap the next one.
    if (aligned) store(front, first);
}

void mask_any(std::byte* data, std::size_t size, RepeatedKey key) noexcept {
    if (size < 32) {
        if (size >= 16) store(data, load_and_mask(data, two_keys(key)));
        if (size % 16 != 0) mask_below_16(data + (size & 16), size, key);
        return;
    }
    if (size < 48) return mask_both_ends(data, size, key, std::make_index_sequence<1>{});
    if (size < 80) return mask_both_ends(data, size, key, std::make_index_sequence<2>{});
    if (size < 112) return mask_both_ends(data, size, key, std::make_index_sequence<3>{});
    if (size < 144) return mask_both_ends(data, size, key, std::make_index_sequence<4>{});
    // A test of the processor at each call, since the resolvers behind target_clones run before the
    // run-time libraries of the sanitizers are ready.
    if (__builtin_cpu_supports("avx2")) return mask_avx2(data, size, key);
    mask_sse2(data, size, key);
}

#else

void mask_any(std::byte* data, std::size_t size, RepeatedKey key) noexcept {
    mask_portable(data, size, key);
}

#endif

}  // namespace

std::span<MaskingPath const> masking_paths() noexcept {
#if defined(__x86_64__)
    static auto const paths = [] {
        std::array all{MaskingPath{"avx2", false, mask_avx2}, MaskingPath{"sse2", true, mask_sse2},
                       MaskingPath{"portable", true, mask_portable}};
        if (__builtin_cpu_supports("avx2")) all.front().supported = true;
        return all;
    }();
#else
    static std::array const paths{MaskingPath{"portable", true, mask_portable}};
#endif
    return paths;
}

void mask_from_start(std::byte* data, std::size_t size, RepeatedKey key) noexcept {
    mask_any(data, size, key);
}

}  // namespace wsproof::wire
