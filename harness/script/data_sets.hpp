// The data sets of the case language: five kinds of content, made by code, always the same, each
// 2^18 characters or bytes, so that slices of a power of two come round again.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "reference_impl/wire/bytes.hpp"

namespace wsproof::script {

enum class DataKind : std::uint8_t { json, html, document, bitmap, text };

/// In the order of DataKind.
inline constexpr std::array<std::string_view, 5> data_set_names{"json", "html", "document",
                                                                "bitmap", "text"};
inline constexpr std::size_t data_set_size = std::size_t{1} << 18U;  // characters or bytes

/// A slice of a data set; an `exchange` takes the next one with every message.
struct Data {
    DataKind kind = DataKind::json;
    std::size_t length = 0;
    enum class Unit : std::uint8_t {
        of_the_set,  ///< characters of texts, bytes of the others
        bytes,       ///< even where it cuts characters; of the first 2^18 bytes of the set
    } unit = Unit::of_the_set;
    auto operator<=>(Data const&) const = default;
};

std::string_view name_of(DataKind kind) noexcept;
bool counts_bytes(Data const& data) noexcept;

/// The whole set; made when it is first asked for.
wire::ByteView data_set(DataKind kind);

/// The `nth` of the slices of this length that follow one another round and round.
wire::Bytes slice(Data const& data, std::size_t nth);

/// The same slice as the payload data of a message that is compressed on its own (RFC 7692 7.2.1).
/// Streams that were made once are kept, in all a few MiB, for every connection of the process.
std::shared_ptr<wire::Bytes const> compressed_slice(Data const& data, std::size_t nth,
                                                    int window_bits);

}  // namespace wsproof::script
