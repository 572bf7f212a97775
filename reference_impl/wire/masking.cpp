#include "reference_impl/wire/masking.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#include "reference_impl/wire/masking_paths.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Every path works alike: the edges of a range are read before anything is written and written
// last. Vectors may then overlap, since each holds original bytes, and no byte loop is needed for
// what is left over.

namespace wsproof::wire {
namespace {

template <typename Word>
Word load(std::byte const* at) noexcept {
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

template <typename Word>
void store(std::byte* at, Word word) noexcept {
    std::memcpy(at, &word, sizeof word);
}

/// The key as it repeats over 8 bytes, beginning at byte `offset` of the payload data.
std::uint64_t repeated_key(MaskingKey key, std::size_t offset) noexcept {
    auto const once = std::bit_cast<std::uint32_t>(key);
    auto const twice = std::uint64_t{once} << 32 | once;
    auto const bits = static_cast<int>(offset % 4 * 8);
    return std::endian::native == std::endian::little ? std::rotr(twice, bits)
                                                      : std::rotl(twice, bits);
}

/// The key as seen `distance` bytes further on.
std::uint64_t advanced(std::uint64_t key, std::size_t distance) noexcept {
    return repeated_key(std::bit_cast<std::array<MaskingKey, 2>>(key)[0], distance);
}

void mask_below_16(std::byte* data, std::size_t size, std::uint64_t key) noexcept {
    if (size >= 8) {
        auto const first = load<std::uint64_t>(data) ^ key;
        auto const last = load<std::uint64_t>(data + size - 8) ^ advanced(key, size - 8);
        store(data, first);
        store(data + size - 8, last);
        return;
    }
    if (size >= 4) {
        auto const first = load<std::uint32_t>(data) ^
                           load<std::uint32_t>(reinterpret_cast<std::byte const*>(&key));
        auto const moved = advanced(key, size - 4);
        auto const last = load<std::uint32_t>(data + size - 4) ^
                          load<std::uint32_t>(reinterpret_cast<std::byte const*>(&moved));
        store(data, first);
        store(data + size - 4, last);
        return;
    }
    auto const bytes = std::bit_cast<std::array<std::byte, 8>>(key);
    for (std::size_t i = 0; i < size; ++i) data[i] ^= bytes[i];
}

/// Whole words; compilers turn the loop into vectors where the architecture has them.
void mask_portable(std::byte* data, std::size_t size, std::uint64_t key) noexcept {
    auto const last = load<std::uint64_t>(data + size - 8) ^ advanced(key, size - 8);
    for (std::size_t i = 0; i + 8 < size; i += 8)
        store(data + i, load<std::uint64_t>(data + i) ^ key);
    store(data + size - 8, last);
}

#if defined(__x86_64__)

/// 16 to 32 bytes.
void mask_short(std::byte* data, std::size_t size, std::uint64_t key) noexcept {
    auto* const front = reinterpret_cast<__m128i*>(data);
    auto* const back = reinterpret_cast<__m128i*>(data + size - 16);
    auto const front_key = _mm_set1_epi64x(static_cast<long long>(key));
    auto const back_key = _mm_set1_epi64x(static_cast<long long>(advanced(key, size - 16)));
    auto const first = _mm_xor_si128(_mm_loadu_si128(front), front_key);
    auto const last = _mm_xor_si128(_mm_loadu_si128(back), back_key);
    _mm_storeu_si128(front, first);
    _mm_storeu_si128(back, last);
}

void mask_sse2(std::byte* data, std::size_t size, std::uint64_t key) noexcept {
    auto const keys = _mm_set1_epi64x(static_cast<long long>(key));
    auto* const back = reinterpret_cast<__m128i*>(data + size - 16);
    auto const back_key = _mm_set1_epi64x(static_cast<long long>(advanced(key, size - 16)));
    auto const last = _mm_xor_si128(_mm_loadu_si128(back), back_key);
    for (std::size_t i = 0; i + 16 < size; i += 16) {
        auto* const at = reinterpret_cast<__m128i*>(data + i);
        _mm_storeu_si128(at, _mm_xor_si128(_mm_loadu_si128(at), keys));
    }
    _mm_storeu_si128(back, last);
}

/// The middle begins at an aligned address: stores that cross cache lines would
/// cost half the speed.
[[gnu::target("avx2")]] void mask_avx2(std::byte* data, std::size_t size,
                                       std::uint64_t key) noexcept {
    if (size <= 32) return mask_short(data, size, key);
    auto const front_key = _mm256_set1_epi64x(static_cast<long long>(key));
    auto const back_key = _mm256_set1_epi64x(static_cast<long long>(advanced(key, size - 32)));
    auto* const front = reinterpret_cast<__m256i*>(data);
    auto* const back = reinterpret_cast<__m256i*>(data + size - 32);
    auto const first = _mm256_xor_si256(_mm256_loadu_si256(front), front_key);
    auto const last = _mm256_xor_si256(_mm256_loadu_si256(back), back_key);

    std::size_t i = 32 - reinterpret_cast<std::uintptr_t>(data) % 32;
    auto const keys = _mm256_set1_epi64x(static_cast<long long>(advanced(key, i)));
    for (; i + 128 <= size; i += 128) {
        auto* const at = reinterpret_cast<__m256i*>(data + i);
        auto const a = _mm256_xor_si256(_mm256_load_si256(at), keys);
        auto const b = _mm256_xor_si256(_mm256_load_si256(at + 1), keys);
        auto const c = _mm256_xor_si256(_mm256_load_si256(at + 2), keys);
        auto const d = _mm256_xor_si256(_mm256_load_si256(at + 3), keys);
        _mm256_store_si256(at, a);
        _mm256_store_si256(at + 1, b);
        _mm256_store_si256(at + 2, c);
        _mm256_store_si256(at + 3, d);
    }
    for (; i + 32 < size; i += 32) {
        auto* const at = reinterpret_cast<__m256i*>(data + i);
        _mm256_store_si256(at, _mm256_xor_si256(_mm256_load_si256(at), keys));
    }
    _mm256_storeu_si256(front, first);
    _mm256_storeu_si256(back, last);
}

void mask_from_16(std::byte* data, std::size_t size, std::uint64_t key) noexcept {
    // A test of the processor at each call, since the resolvers behind target_clones run before the
    // run-time libraries of the sanitizers are ready.
    if (__builtin_cpu_supports("avx2")) return mask_avx2(data, size, key);
    mask_sse2(data, size, key);
}

#else

void mask_from_16(std::byte* data, std::size_t size, std::uint64_t key) noexcept {
    mask_portable(data, size, key);
}

#endif

}  // namespace

std::span<MaskingPath const> masking_paths() noexcept {
#if defined(__x86_64__)
    static std::array const paths{
        MaskingPath{"avx2", __builtin_cpu_supports("avx2") != 0, mask_avx2},
        MaskingPath{"sse2", true, mask_sse2}, MaskingPath{"portable", true, mask_portable}};
#else
    static std::array const paths{MaskingPath{"portable", true, mask_portable}};
#endif
    return paths;
}

void mask(std::span<std::byte> bytes, MaskingKey key, std::size_t offset) noexcept {
    auto const keys = repeated_key(key, offset);
    if (bytes.size() < 16) return mask_below_16(bytes.data(), bytes.size(), keys);
    mask_from_16(bytes.data(), bytes.size(), keys);
}

}  // namespace wsproof::wire
