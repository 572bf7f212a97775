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

/// The key, repeated over 8 bytes, as seen `distance` bytes further on.
std::uint64_t advanced(std::uint64_t key, std::size_t distance) noexcept {
    auto const bits = static_cast<int>(distance % 4 * 8);
    return std::endian::native == std::endian::little ? std::rotr(key, bits) : std::rotl(key, bits);
}

std::uint64_t repeated(MaskingKey key) noexcept {
    auto const once = std::bit_cast<std::uint32_t>(key);
    return std::uint64_t{once} << 32 | once;
}

void mask_below_16(std::byte* data, std::size_t size, std::uint64_t key) noexcept {
    if (size >= 8) {
        auto const first = load<std::uint64_t>(data) ^ key;
        auto const last = load<std::uint64_t>(data + size - 8) ^ advanced(key, size);
        store(data, first);
        store(data + size - 8, last);
        return;
    }
    if (size >= 4) {
        auto const first = load<std::uint32_t>(data) ^
                           load<std::uint32_t>(reinterpret_cast<std::byte const*>(&key));
        auto const moved = advanced(key, size);
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
    auto const last = load<std::uint64_t>(data + size - 8) ^ advanced(key, size);
    for (std::size_t i = 0; i + 8 < size; i += 8)
        store(data + i, load<std::uint64_t>(data + i) ^ key);
    store(data + size - 8, last);
}

#if defined(__x86_64__)

struct Vector {
    __m128i bits;
};

Vector two_times(std::uint64_t key) noexcept {
    return {_mm_set1_epi64x(static_cast<long long>(key))};
}

Vector load_and_mask(std::byte const* at, Vector key) noexcept {
    return {_mm_xor_si128(_mm_loadu_si128(reinterpret_cast<__m128i const*>(at)), key.bits)};
}

void store(std::byte* at, Vector vector) noexcept {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(at), vector.bits);
}

/// For `half` * 16 to `half` * 32 bytes, half of the vectors at either end: most frames are short,
/// and a loop would cost them more than the masking.
template <std::size_t half>
void mask_both_ends(std::byte* data, std::size_t size, std::uint64_t key) noexcept {
    auto const front_key = two_times(key);
    auto const back_key = two_times(advanced(key, size));
    auto* const back = data + size - half * 16;
    std::array<Vector, half> last;
    for (std::size_t i = 0; i < half; ++i) last[i] = load_and_mask(back + i * 16, back_key);
    for (std::size_t i = 0; i < half; ++i)
        store(data + i * 16, load_and_mask(data + i * 16, front_key));
    for (std::size_t i = 0; i < half; ++i) store(back + i * 16, last[i]);
}

void mask_sse2(std::byte* data, std::size_t size, std::uint64_t key) noexcept {
    auto const keys = two_times(key);
    auto const last = load_and_mask(data + size - 16, two_times(advanced(key, size)));
    for (std::size_t i = 0; i + 16 < size; i += 16) store(data + i, load_and_mask(data + i, keys));
    store(data + size - 16, last);
}

/// The same with vectors of 32 bytes.
struct WideVector {
    __m256i bits;
};

[[gnu::target("avx2")]] WideVector four_times(std::uint64_t key) noexcept {
    return {_mm256_set1_epi64x(static_cast<long long>(key))};
}

[[gnu::target("avx2")]] WideVector load_and_mask(std::byte const* at, WideVector key) noexcept {
    return {_mm256_xor_si256(_mm256_loadu_si256(reinterpret_cast<__m256i const*>(at)), key.bits)};
}

[[gnu::target("avx2")]] void store(std::byte* at, WideVector vector) noexcept {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(at), vector.bits);
}

/// 64 to 128 bytes.
[[gnu::target("avx2")]] void mask_both_wide_ends(std::byte* data, std::size_t size,
                                                 std::uint64_t key) noexcept {
    auto const front_key = four_times(key);
    auto const back_key = four_times(advanced(key, size));
    auto* const back = data + size - 64;
    auto const next_to_last = load_and_mask(back, back_key);
    auto const last = load_and_mask(back + 32, back_key);
    store(data, load_and_mask(data, front_key));
    store(data + 32, load_and_mask(data + 32, front_key));
    store(back, next_to_last);
    store(back + 32, last);
}

constexpr std::size_t aligned_from = 512;

/// At least 64 bytes.
[[gnu::target("avx2")]] void mask_avx2(std::byte* data, std::size_t size,
                                       std::uint64_t key) noexcept {
    if (size <= 128) return mask_both_wide_ends(data, size, key);
    auto const first = load_and_mask(data, four_times(key));
    auto const last = load_and_mask(data + size - 32, four_times(advanced(key, size)));
    // Stores that cross cache lines cost half the speed, so the middle begins at an aligned
    // address; in short payload data it overlaps the front too much for that to pay.
    std::size_t i = 32;
    if (size >= aligned_from) i -= reinterpret_cast<std::uintptr_t>(data) % 32;
    auto const keys = four_times(advanced(key, i));
    for (; i + 128 <= size; i += 128) {
        auto const a = load_and_mask(data + i, keys);
        auto const b = load_and_mask(data + i + 32, keys);
        auto const c = load_and_mask(data + i + 64, keys);
        auto const d = load_and_mask(data + i + 96, keys);
        store(data + i, a);
        store(data + i + 32, b);
        store(data + i + 64, c);
        store(data + i + 96, d);
    }
    for (; i + 32 < size; i += 32) store(data + i, load_and_mask(data + i, keys));
    store(data, first);
    store(data + size - 32, last);
}

void mask_from_16(std::byte* data, std::size_t size, std::uint64_t key) noexcept {
    if (size == 16) return store(data, load_and_mask(data, two_times(key)));
    if (size <= 32) return mask_both_ends<1>(data, size, key);
    if (size <= 64) return mask_both_ends<2>(data, size, key);
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
    auto const keys = advanced(repeated(key), offset);
    if (bytes.size() < 16) return mask_below_16(bytes.data(), bytes.size(), keys);
    mask_from_16(bytes.data(), bytes.size(), keys);
}

}  // namespace wsproof::wire
