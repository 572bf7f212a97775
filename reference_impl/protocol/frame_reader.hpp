// Frames out of a stream of bytes (RFC 6455 5.2, 6.2): decodes header after header, holds each
// against the table of rules, and unmasks payload data where it lies.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "reference_impl/protocol/rules.hpp"
#include "reference_impl/wire/frame.hpp"
#include "reference_impl/wire/masking.hpp"

namespace wsproof::reference {

/// A frame, or as much of it as has come.
struct FramePiece {
    wire::Opcode opcode = wire::Opcode::continuation;
    bool fin = true;
    bool rsv1 = false;
    bool begins = true;                 ///< the first piece of its frame
    bool ends = true;                   ///< the last piece of its frame
    std::span<std::byte> payload = {};  ///< unmasked
};

/// `Sink` has `bool on_piece(FramePiece const&)`, which says whether to read on, and
/// `bool on_violation(Violation const&)`, which says whether to read on all the same.
class FrameReader {
public:
    explicit FrameReader(Receiving receiving, Faults const& faults = {});

    /// Reads all of it unless the sink stops; `bytes` is scratch space for unmasking.
    template <typename Sink>
    void read(std::span<std::byte> bytes, Sink& sink);

    /// True when no frame is begun and not ended.
    bool between_frames() const noexcept { return !in_payload_ && carried_ == 0; }
    /// True for a frame whose payload data a mutant loses.
    bool loses_payload() const noexcept { return loses_payload_; }
    /// From now on there is no message under way.
    void forget_message() noexcept {
        receiving_.message_under_way = false;
        receiving_.message_size = 0;
    }

private:
    struct Cursor {
        std::byte* at;
        std::byte* end;
        std::size_t left() const noexcept { return static_cast<std::size_t>(end - at); }
    };

    template <typename Sink>
    bool read_whole_frames(Cursor& cursor, Sink& sink);
    template <typename Sink>
    bool begin_frame(Sink& sink);
    template <typename Sink>
    bool read_payload(Cursor& cursor, Sink& sink);

    bool take_header(Cursor& cursor) noexcept;
    void misread_header();
    void misread_first_byte() noexcept;
    void miscount_frame() noexcept;
    void misread_length(std::uint64_t length);
    std::size_t key_offset() const noexcept;
    std::span<std::byte> unmaskable(std::span<std::byte> payload) const noexcept;
    void count_frame(wire::Opcode opcode, bool fin, std::uint64_t payload_length) noexcept;

    Receiving receiving_;
    Faults faults_;
    bool honest_;
    bool in_payload_ = false;
    std::size_t carried_ = 0;  ///< bytes of a header that is not complete
    std::array<std::byte, wire::max_header_size> carry_{};
    wire::FrameHeader header_{};
    wire::MaskingKey first_key_{};
    std::uint64_t payload_read_ = 0;
    std::uint64_t unmasked_before_ = 0;  ///< in earlier frames; only a mutant asks
    std::uint64_t last_length_ = 0;
    bool loses_payload_ = false;
};

namespace detail {

inline std::uint64_t load_8(std::byte const* from) noexcept {
    std::uint64_t value = 0;
    std::memcpy(&value, from, sizeof value);
    return value;
}

inline void store_8(std::byte* to, std::uint64_t value) noexcept {
    std::memcpy(to, &value, sizeof value);
}

/// Short payload data are unmasked here, where a call costs as much as the work: eight bytes at a
/// time, the last eight read before the others and written behind them, since they may overlap.
inline void unmask(std::byte* at, std::size_t size, std::byte const* key) noexcept {
    constexpr std::size_t worth_a_call = 126;
    wire::MaskingKey bytes;
    std::memcpy(bytes.data(), key, bytes.size());
    if (size >= worth_a_call) return wire::mask({at, size}, bytes);
    if (size < 8) {
        for (std::size_t i = 0; i < size; ++i) at[i] ^= bytes[i % 4];
        return;
    }
    auto const half = std::bit_cast<std::uint32_t>(bytes);
    auto const whole = (std::uint64_t{half} << 32U) | half;
    auto const turn = static_cast<int>(size % 4 * 8);
    bool const is_little = std::endian::native == std::endian::little;
    auto const last =
        load_8(at + size - 8) ^ (is_little ? std::rotr(whole, turn) : std::rotl(whole, turn));
    for (std::size_t i = 0; i + 8 < size; i += 8) store_8(at + i, load_8(at + i) ^ whole);
    store_8(at + size - 8, last);
}

/// A length in its minimal form; `header_size` is 0 where it is not, or not yet there.
struct Length {
    std::size_t header_size = 0;  ///< without the masking key
    std::size_t length = 0;
};

inline Length length_in(std::size_t form, std::byte const* at, std::size_t left) noexcept {
    if (form <= 125) [[likely]]
        return {2, form};
    if (form > 127 || left < 10) return {};
    std::size_t const size = form == 126 ? 2 : 8;
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < size; ++i)
        length = length << 8U | std::to_integer<std::uint64_t>(at[2 + i]);
    bool const is_minimal = form == 126 ? length > 125 : length > 0xFFFF;
    if (!is_minimal || (length >> 63U) != 0) return {};
    return {2 + size, static_cast<std::size_t>(length)};
}

}  // namespace detail

template <typename Sink>
void FrameReader::read(std::span<std::byte> bytes, Sink& sink) {
    Cursor cursor{bytes.data(), bytes.data() + bytes.size()};
    while (cursor.at != cursor.end) {
        if (!in_payload_) {
            if (carried_ == 0 && honest_ && !read_whole_frames(cursor, sink)) return;
            if (cursor.at == cursor.end || !take_header(cursor)) return;
            if (!begin_frame(sink)) return;
        }
        if (!read_payload(cursor, sink)) return;
    }
}

/// Most frames are legal and here as a whole: a few comparisons and a look into a table say what
/// the rules would say, then comes the next one. Leaves the cursor where that is not so.
template <typename Sink>
bool FrameReader::read_whole_frames(Cursor& cursor, Sink& sink) {
    bool const masked = receiving_.role == wire::Role::server;
    auto const mask_bit = masked ? std::byte{0x80} : std::byte{0};
    while (cursor.left() >= 2) {
        auto const first = std::to_integer<std::size_t>(cursor.at[0]);
        auto const form = std::to_integer<std::size_t>(cursor.at[1] ^ mask_bit);
        auto const in_form = detail::length_in(form, cursor.at, cursor.left());
        auto const header_size = in_form.header_size + (masked ? 4U : 0U);
        if (in_form.header_size == 0 || cursor.left() < header_size) return true;
        auto const length = in_form.length;
        if (cursor.left() - header_size < length) return true;
        if (!legal_first_bytes[shortcut_index(receiving_)][first]) return true;
        if (length > 125 && (first & 0x08U) != 0) return true;
        if (receiving_.message_size + length > receiving_.max_message_size) return true;
        auto* const payload = cursor.at + header_size;
        if (masked) detail::unmask(payload, length, payload - 4);
        FramePiece const piece{.opcode = static_cast<wire::Opcode>(first & 0x0FU),
                               .fin = (first & 0x80U) != 0,
                               .rsv1 = (first & 0x40U) != 0,
                               .payload = {payload, length}};
        cursor.at = payload + length;
        count_frame(piece.opcode, piece.fin, length);
        if (!sink.on_piece(piece)) return false;
    }
    return true;
}

template <typename Sink>
bool FrameReader::begin_frame(Sink& sink) {
    if (!honest_) misread_header();
    if (auto const broken = broken_rule(header_, receiving_, faults_))
        if (!sink.on_violation(*broken)) return false;
    count_frame(header_.opcode, header_.fin, header_.payload_length);
    if (!honest_) miscount_frame();
    payload_read_ = 0;
    FramePiece const piece{.opcode = header_.opcode,
                           .fin = header_.fin,
                           .rsv1 = header_.rsv1,
                           .ends = header_.payload_length == 0};
    in_payload_ = !piece.ends;
    return sink.on_piece(piece);
}

template <typename Sink>
bool FrameReader::read_payload(Cursor& cursor, Sink& sink) {
    if (!in_payload_) return true;
    auto const wanted = header_.payload_length - payload_read_;
    auto const size = wanted < cursor.left() ? static_cast<std::size_t>(wanted) : cursor.left();
    if (size == 0) return true;
    std::span<std::byte> const payload{cursor.at, size};
    if (header_.masking_key) wire::mask(unmaskable(payload), *header_.masking_key, key_offset());
    cursor.at += size;
    payload_read_ += size;
    in_payload_ = payload_read_ != header_.payload_length;
    return sink.on_piece({.opcode = header_.opcode,
                          .fin = header_.fin,
                          .rsv1 = header_.rsv1,
                          .begins = false,
                          .ends = !in_payload_,
                          .payload = payload});
}

inline void FrameReader::count_frame(wire::Opcode opcode, bool fin,
                                     std::uint64_t payload_length) noexcept {
    if (is_control(opcode)) return;
    receiving_.message_under_way = !fin;
    receiving_.message_size = fin ? 0 : receiving_.message_size + payload_length;
}

}  // namespace wsproof::reference
