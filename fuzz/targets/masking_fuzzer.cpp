// Masking by every path of the processor and in pieces: what a loop over bytes does, and nothing
// outside (RFC 6455 5.3).
#include "fuzz/target.hpp"
#include "fuzz/targets/input.hpp"
#include "reference_impl/wire/masking_paths.hpp"

namespace wsproof::fuzz {
namespace {

constexpr std::size_t margin = 64;  // before and behind what is masked

struct MaskedFrame {
    wire::MaskingKey key = {};
    std::size_t offset = 0;
    std::size_t alignment = 0;
    wire::Bytes payload = {};
};

wire::Bytes masked_by_bytes(MaskedFrame const& frame) {
    auto bytes = frame.payload;
    for (std::size_t at = 0; at < bytes.size(); ++at)
        bytes[at] ^= frame.key[(frame.offset + at) % 4];
    return bytes;
}

template <typename Mask>
void check_path(MaskedFrame const& frame, std::string_view name, Mask const& mask) {
    auto const begin = margin + frame.alignment;
    wire::Bytes place(begin + frame.payload.size() + margin, std::byte{0xA5});
    auto const untouched = place;
    auto const inside = std::span(place).subspan(begin, frame.payload.size());
    std::ranges::copy(frame.payload, inside.begin());
    mask(inside);
    require(wire::equal(inside, masked_by_bytes(frame)), "the bytes of a plain loop",
            [&] { return "others by the path " + std::string(name); });
    std::ranges::copy(wire::ByteView(untouched).subspan(begin, inside.size()), inside.begin());
    require(place == untouched, "nothing masked outside",
            [&] { return "bytes beside it by the path " + std::string(name); });
}

}  // namespace

/// The key, the offset within the payload data, the alignment, where to cut, how often the rest is
/// repeated, the rest.
WSPROOF_FUZZ_TARGET(masking) {
    Input input(data);
    MaskedFrame frame;
    for (auto& byte : frame.key) byte = static_cast<std::byte>(input.byte());
    frame.offset = input.byte();
    frame.alignment = input.byte() % 64;
    auto const cut = input.byte();
    auto const times = 1 + input.byte() % 32;
    for (unsigned time = 0; time < times; ++time) wire::append(frame.payload, input.rest());

    check_path(frame, "mask", [&](auto bytes) { wire::mask(bytes, frame.key, frame.offset); });
    check_path(frame, "mask in pieces", [&](auto bytes) {
        auto const first = std::min<std::size_t>(cut, bytes.size());
        wire::mask(bytes.first(first), frame.key, frame.offset);
        wire::mask(bytes.subspan(first), frame.key, frame.offset + first);
    });
    if (frame.payload.size() < 32) return;
    auto const key = wire::advanced_key(wire::repeated_key(frame.key), frame.offset);
    for (auto const& path : wire::masking_paths())
        if (path.supported)
            check_path(frame, path.name,
                       [&](auto bytes) { path.mask(bytes.data(), bytes.size(), key); });
}

}  // namespace wsproof::fuzz
